import { useLingui } from "@lingui/react/macro";
import { IconZoomIn, IconZoomOut } from "@tabler/icons-react";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";

import { openPdf, type Pdf } from "../state/pdf";
import { PdfPage } from "./PdfPage";
import classes from "./PdfPages.module.css";

const STEP = 1.25;
const LEAST = 0.5;
const MOST = 5;

interface PdfPagesProps {
  src: string;
  name: string;
  onFail: () => void;
}

/** All pages below each other; drawn are those near the window. Larger with +, smaller with −, as wide as the window with 0. */
export function PdfPages({ src, name, onFail }: PdfPagesProps) {
  const { t } = useLingui();
  const scroller = useRef<HTMLDivElement>(null);
  const [pdf, setPdf] = useState<Pdf | null>(null);
  const [zoom, setZoom] = useState(1);
  const [shown, setShown] = useState(1);
  const [width, setWidth] = useState(0);

  useEffect(() => {
    const opening = openPdf(src);
    opening.done.then(setPdf, () => onFail());
    return () => opening.close();
    // The same file as long as this is shown.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [src]);

  useEffect(() => {
    const box = scroller.current;
    if (!box) return undefined;
    const watch = new ResizeObserver(() => setWidth(box.clientWidth));
    watch.observe(box);
    box.focus({ preventScroll: true });
    return () => watch.disconnect();
  }, []);

  /** What is in the middle of the window stays there. */
  const zoomTo = (wanted: number) => {
    const box = scroller.current;
    const next = Math.min(MOST, Math.max(LEAST, wanted));
    if (!box || next === zoom) return;
    const middle = { x: (box.scrollLeft + box.clientWidth / 2) / box.scrollWidth, y: (box.scrollTop + box.clientHeight / 2) / box.scrollHeight };
    setZoom(next);
    requestAnimationFrame(() => box.scrollTo(middle.x * box.scrollWidth - box.clientWidth / 2, middle.y * box.scrollHeight - box.clientHeight / 2));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const wanted = { "+": zoom * STEP, "=": zoom * STEP, "-": zoom / STEP, "0": 1 }[event.key];
    if (wanted === undefined || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    zoomTo(wanted);
  };
  const count = pdf?.pages.length ?? 0;
  const fitting = Math.max(200, Math.min(width - 24, 1000));
  const percent = Math.round(zoom * 100);
  return (
    <div className={classes.frame}>
      {/* Scrollable by keyboard, as every scrolling region must be. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions */}
      <div ref={scroller} className={classes.scroller} tabIndex={0} data-first-focus role="region" aria-label={name} onKeyDown={onKeyDown}>
        {pdf ? null : <p className={classes.opening} role="status">{t`正在打开…`}</p>}
        {pdf && width > 0
          ? pdf.pages.map((page) => (
              <PdfPage key={page.number} page={page} width={Math.round(fitting * zoom)} scroller={scroller} label={t`第 ${page.number} 页，共 ${count} 页`} onShown={setShown} />
            ))
          : null}
      </div>
      <div className={classes.tools} role="toolbar" aria-label={t`缩放`}>
        <span className={classes.place}>{count > 0 ? `${shown} / ${count}` : ""}</span>
        <button type="button" aria-label={t`缩小`} disabled={zoom <= LEAST} onClick={() => zoomTo(zoom / STEP)}>
          <IconZoomOut size={20} stroke={1.7} aria-hidden />
        </button>
        <button type="button" className={classes.percent} aria-label={t`${percent}%，恢复到页宽`} onClick={() => zoomTo(1)}>
          {percent}%
        </button>
        <button type="button" aria-label={t`放大`} disabled={zoom >= MOST} onClick={() => zoomTo(zoom * STEP)}>
          <IconZoomIn size={20} stroke={1.7} aria-hidden />
        </button>
      </div>
    </div>
  );
}
