import type { StoredFile } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { IconPhoto } from "@tabler/icons-react";
import { useState } from "react";

import classes from "./Message.module.css";

const LARGEST = 280;
const SMALLEST = 64;

interface MessageImageProps {
  file: StoredFile;
  /** Where the thumbnail is; null when nobody can show it yet. */
  src: string | null;
  onOpen: (() => void) | null;
}

/** The place has the picture's size before a byte of it has come, so nothing jumps. */
export function MessageImage({ file, src, onOpen }: MessageImageProps) {
  const { t } = useLingui();
  const [isBroken, setIsBroken] = useState(false);
  const { width, height } = boxFor(file);
  const picture =
    src && !isBroken ? (
      <img src={src} alt={file.name} width={width} height={height} loading="lazy" decoding="async" draggable={false} onError={() => setIsBroken(true)} />
    ) : (
      <span className={classes.noPicture}>
        <IconPhoto size={28} stroke={1.5} aria-hidden />
      </span>
    );
  const style = { width, aspectRatio: `${width} / ${height}` };
  if (!onOpen) return <div className={classes.image} style={style}>{picture}</div>;
  return (
    <button type="button" className={classes.image} style={style} aria-label={t`查看图片 ${file.name}`} onClick={onOpen}>
      {picture}
    </button>
  );
}

export function boxFor({ width, height }: StoredFile): { width: number; height: number } {
  if (!width || !height) return { width: 220, height: 165 };
  const scale = Math.min(1, LARGEST / Math.max(width, height));
  return { width: Math.max(SMALLEST, Math.round(width * scale)), height: Math.max(SMALLEST, Math.round(height * scale)) };
}
