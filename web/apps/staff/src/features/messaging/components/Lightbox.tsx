import type { Id, StoredFile } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { IconChevronLeft, IconChevronRight, IconDownload, IconX } from "@tabler/icons-react";
import { useEffect, useMemo, useRef, type KeyboardEvent, type ReactNode } from "react";

import { fileUrl, thumbnailUrl } from "../api/messaging";
import type { Bubble, Row } from "../state/rows";
import classes from "./Lightbox.module.css";

interface LightboxProps {
  conversationId: Id;
  rows: readonly Row[];
  openKey: string | null;
  onChange: (key: string | null) => void;
}

/** A picture as large as the window; the arrows go on to the next one, Escape back to the talk. */
export function Lightbox({ conversationId, rows, openKey, onChange }: LightboxProps) {
  const images = useMemo(() => imagesOf(rows), [rows]);
  const at = images.findIndex((it) => it.key === openKey);
  const image = images[at];
  if (!image?.file) return null;
  return (
    <Stage
      conversationId={conversationId}
      file={image.file}
      previous={images[at - 1]?.key ?? null}
      next={images[at + 1]?.key ?? null}
      onChange={onChange}
    />
  );
}

interface StageProps {
  conversationId: Id;
  file: StoredFile;
  previous: string | null;
  next: string | null;
  onChange: (key: string | null) => void;
  /** Beside the button that downloads it. */
  tools?: ReactNode;
}

export function Stage({ conversationId, file, previous, next, onChange, tools }: StageProps) {
  const { t } = useLingui();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const opener = document.activeElement as HTMLElement | null;
    // The browser's own modal dialog: it keeps the focus inside and gives Escape its meaning.
    dialog.current?.showModal();
    return () => opener?.focus({ preventScroll: true });
  }, []);
  const close = () => onChange(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.key === "ArrowLeft" ? previous : event.key === "ArrowRight" ? next : null;
    if (target !== null) onChange(target);
  };
  return (
    <dialog ref={dialog} className={classes.dialog} aria-label={t`查看图片`} onClose={close} onKeyDown={onKeyDown}>
      <div className={classes.bar}>
        <span className={classes.name}>{file.name}</span>
        {tools}
        <a className={classes.button} href={fileUrl(conversationId, file.id)} download={file.name} aria-label={t`下载图片`}>
          <IconDownload size={22} stroke={1.7} aria-hidden />
        </a>
        <button type="button" className={classes.button} aria-label={t`关闭图片`} onClick={close}>
          <IconX size={22} stroke={1.7} aria-hidden />
        </button>
      </div>
      {/* A click beside the picture closes it; the button and Escape do the same for the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
      <div className={classes.stage} onClick={(event) => (event.target === event.currentTarget ? close() : undefined)}>
        <img
          key={file.id}
          src={fileUrl(conversationId, file.id)}
          alt={file.name}
          width={file.width ?? undefined}
          height={file.height ?? undefined}
          style={{ backgroundImage: `url("${thumbnailUrl(conversationId, file.id)}")` }}
        />
      </div>
      {previous !== null ? (
        <button type="button" className={classes.button} data-side="left" aria-label={t`上一张`} onClick={() => onChange(previous)}>
          <IconChevronLeft size={28} aria-hidden />
        </button>
      ) : null}
      {next !== null ? (
        <button type="button" className={classes.button} data-side="right" aria-label={t`下一张`} onClick={() => onChange(next)}>
          <IconChevronRight size={28} aria-hidden />
        </button>
      ) : null}
    </dialog>
  );
}

function imagesOf(rows: readonly Row[]): readonly Bubble[] {
  const bubbles = rows.flatMap((row) => (row.type === "bubble" ? [row.bubble] : []));
  return bubbles.filter((it) => it.kind === "image" && it.seq !== null && it.file !== null);
}
