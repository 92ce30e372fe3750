import { useEffect, useRef, useState, type RefObject } from "react";

import type { PdfPageOf } from "../state/pdf";
import classes from "./PdfPages.module.css";

interface PdfPageProps {
  page: PdfPageOf;
  width: number;
  scroller: RefObject<HTMLDivElement | null>;
  label: string;
  /** This one is what the window shows. */
  onShown: (number: number) => void;
}

/** One page in its place, which has its size before it is drawn. Far from the window it is let go: a phone has little memory. */
export function PdfPage({ page, width, scroller, label, onShown }: PdfPageProps) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [ratio, setRatio] = useState(page.ratio);
  const [isNear, setIsNear] = useState(false);

  useEffect(() => {
    const place = box.current;
    if (!place) return undefined;
    // Of several the last holds: who flings comes and goes between two tellings.
    const near = new IntersectionObserver((entries) => setIsNear(entries.at(-1)!.isIntersecting), { root: scroller.current, rootMargin: "800px" });
    const middle = new IntersectionObserver((entries) => (entries.at(-1)!.isIntersecting ? onShown(page.number) : undefined), { root: scroller.current, rootMargin: "-50% 0px" });
    near.observe(place);
    middle.observe(place);
    return () => {
      near.disconnect();
      middle.disconnect();
    };
  }, [page, scroller, onShown]);

  useEffect(() => {
    if (!isNear || !canvas.current) return undefined;
    return page.draw(canvas.current, width, setRatio);
  }, [page, width, isNear]);

  return (
    <div ref={box} className={classes.page} style={{ width, height: Math.round(width * ratio) }}>
      {isNear ? <canvas ref={canvas} role="img" aria-label={label} /> : null}
    </div>
  );
}
