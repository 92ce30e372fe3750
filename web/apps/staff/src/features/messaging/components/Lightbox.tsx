import type { Id, StoredFile } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { IconChevronLeft, IconChevronRight, IconDownload, IconX } from "@tabler/icons-react";
import { useEffect, useMemo, useRef, type KeyboardEvent, type ReactNode } from "react";

import { fileUrl } from "../api/messaging";
import type { Bubble, Row } from "../state/rows";
import { FileName } from "./FileName";
import classes from "./Lightbox.module.css";
import { StageBody } from "./StageBody";

interface LightboxProps {
  conversationId: Id;
  rows: readonly Row[];
  openKey: string | null;
  onChange: (key: string | null) => void;
}

/** A picture or a video as large as the window, sound, or a PDF; the arrows go on to the next picture or video, Escape back to the talk. */
export function Lightbox({ conversationId, rows, openKey, onChange }: LightboxProps) {
  const bubbles = useMemo(() => shownOf(rows), [rows]);
  const open = bubbles.find((it) => it.key === openKey);
  if (!open?.file) return null;
  // Who opens a PDF reads it, and does not leaf on to the next one.
  const row = isSeen(open) ? bubbles.filter(isSeen) : [open];
  const at = row.indexOf(open);
  return (
    <Stage
      conversationId={conversationId}
      file={open.file}
      previous={row[at - 1]?.key ?? null}
      next={row[at + 1]?.key ?? null}
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
    dialog.current?.querySelector<HTMLElement>("[data-first-focus]")?.focus();
    return () => opener?.focus({ preventScroll: true });
  }, []);
  const close = () => onChange(null);
  const isPicture = !file.shown_as;
  const onKeyDown = (event: KeyboardEvent) => {
    // What plays is wound by them.
    if (event.target instanceof HTMLMediaElement) return;
    const target = event.key === "ArrowLeft" ? previous : event.key === "ArrowRight" ? next : null;
    if (target !== null) onChange(target);
  };
  return (
    <dialog ref={dialog} className={classes.dialog} aria-label={isPicture ? t`查看图片` : t`查看文件`} onClose={close} onKeyDown={onKeyDown}>
      <div className={classes.bar}>
        <span className={classes.name}>
          <FileName name={file.name} />
        </span>
        {tools}
        <a className={classes.button} href={fileUrl(conversationId, file.id)} download={file.name} aria-label={isPicture ? t`下载图片` : t`下载文件`}>
          <IconDownload size={22} stroke={1.7} aria-hidden />
        </a>
        <button type="button" className={classes.button} aria-label={isPicture ? t`关闭图片` : t`关闭`} onClick={close}>
          <IconX size={22} stroke={1.7} aria-hidden />
        </button>
      </div>
      <StageBody key={file.id} conversationId={conversationId} file={file} onClose={close} />
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

const isSeen = ({ kind, file }: Bubble) => kind === "image" || file?.shown_as === "video";

function shownOf(rows: readonly Row[]): readonly Bubble[] {
  const bubbles = rows.flatMap((row) => (row.type === "bubble" ? [row.bubble] : []));
  return bubbles.filter((it) => it.seq !== null && it.file !== null && (it.kind === "image" || (it.kind === "file" && it.file.shown_as !== undefined)));
}
