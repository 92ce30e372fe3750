import type { Id, StoredFile } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { IconMusic } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";

import { fileUrl, thumbnailUrl } from "../api/messaging";
import classes from "./Lightbox.module.css";

/** pdf.js is half a megabyte: it comes with the first PDF that somebody opens. */
const PdfPages = lazy(() => import("./PdfPages").then(({ PdfPages: it }) => ({ default: it })));

interface StageBodyProps {
  conversationId: Id;
  file: StoredFile;
  onClose: () => void;
}

/** A picture, a video, sound or the pages of a PDF. */
export function StageBody({ conversationId, file, onClose }: StageBodyProps) {
  const { t } = useLingui();
  const [hasFailed, setHasFailed] = useState(false);
  const src = fileUrl(conversationId, file.id);
  const fail = () => setHasFailed(true);
  if (file.shown_as === "pdf" && !hasFailed) {
    return (
      <Suspense fallback={<p className={classes.sentence} role="status">{t`正在打开…`}</p>}>
        <PdfPages src={src} name={file.name} onFail={fail} />
      </Suspense>
    );
  }
  const shown = hasFailed ? (
    <p className={classes.sentence} role="alert">{t`这里放不了这个文件，请下载后打开。`}</p>
  ) : file.shown_as === "video" ? (
    // What people film has no subtitles.
    // eslint-disable-next-line jsx-a11y/media-has-caption
    <video src={src} controls autoPlay playsInline data-first-focus aria-label={file.name} onError={fail} />
  ) : file.shown_as === "sound" ? (
    <div className={classes.sound}>
      <IconMusic size={56} stroke={1.2} aria-hidden />
      {/* eslint-disable-next-line jsx-a11y/media-has-caption */}
      <audio src={src} controls autoPlay data-first-focus aria-label={file.name} onError={fail} />
    </div>
  ) : (
    <img
      src={src}
      alt={file.name}
      width={file.width ?? undefined}
      height={file.height ?? undefined}
      style={{ backgroundImage: `url("${thumbnailUrl(conversationId, file.id)}")` }}
    />
  );
  // A click beside it closes it; the button and Escape do the same for the keyboard.
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <div className={classes.stage} onClick={(event) => (event.target === event.currentTarget ? onClose() : undefined)}>
      {shown}
    </div>
  );
}
