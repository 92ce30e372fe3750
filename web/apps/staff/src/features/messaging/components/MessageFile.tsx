import { fileSize } from "@hutong/i18n";
import type { StoredFile } from "@hutong/realtime";
import { shortName } from "@hutong/ui/fileName";
import { useLingui } from "@lingui/react/macro";
import { IconDownload, IconFile, IconFileSpreadsheet, IconFileText, IconFileTypePdf, IconFileZip, IconMovie, IconMusic, IconPhoto, IconPresentation } from "@tabler/icons-react";
import type { TablerIcon } from "@tabler/icons-react";

import classes from "./Message.module.css";

const ICONS: readonly [RegExp, TablerIcon][] = [
  [/\.pdf$/i, IconFileTypePdf],
  [/\.(xlsx?|csv|ods|numbers|et)$/i, IconFileSpreadsheet],
  [/\.(pptx?|odp|key|dps)$/i, IconPresentation],
  [/\.(docx?|txt|md|odt|rtf|wps|pages)$/i, IconFileText],
  [/\.(zip|rar|7z|gz|tar|xz)$/i, IconFileZip],
  [/\.(mp4|mov|avi|mkv|webm)$/i, IconMovie],
  [/\.(mp3|wav|m4a|ogg|flac|amr)$/i, IconMusic],
  [/\.(png|jpe?g|gif|webp|bmp|heic|svg)$/i, IconPhoto],
];

export function FileIcon({ name, size }: { name: string; size: number }) {
  const Icon = ICONS.find(([pattern]) => pattern.test(name))?.[1] ?? IconFile;
  return <Icon size={size} stroke={1.5} aria-hidden />;
}

/** Columns of its two lines; while it is on its way its progress stands beside them. */
const WIDE = 40;
const NARROW = 28;

interface MessageFileProps {
  file: StoredFile;
  /** null: it is not on the server yet. */
  href: string | null;
  /** In place of its size. */
  lines?: readonly string[];
  /** It can be shown in place. */
  onOpen?: () => void;
}

export function MessageFile({ file, href, lines = [fileSize(file.size)], onOpen }: MessageFileProps) {
  const { t } = useLingui();
  const inside = (
    <>
      <span className={classes.fileIcon}>
        <FileIcon name={file.name} size={24} />
      </span>
      <span className={classes.fileLines}>
        <span className={classes.fileName} title={file.name}>
          {shortName(file.name, href ? WIDE : NARROW)}
        </span>
        {lines.map((line) => (
          <span key={line} className={classes.fileSize}>{line}</span>
        ))}
      </span>
      {href && !onOpen ? <IconDownload size={18} stroke={1.7} className={classes.fileDownload} aria-hidden /> : null}
    </>
  );
  if (!href) return <div className={classes.file}>{inside}</div>;
  if (onOpen) {
    return (
      <div className={classes.openable}>
        <button type="button" className={classes.file} aria-label={t`打开文件 ${file.name}，${fileSize(file.size)}`} onClick={onOpen}>
          {inside}
        </button>
        <a className={classes.fileSave} href={href} download={file.name} aria-label={t`下载文件 ${file.name}，${fileSize(file.size)}`}>
          <IconDownload size={18} stroke={1.7} aria-hidden />
        </a>
      </div>
    );
  }
  return (
    <a className={classes.file} href={href} download={file.name} aria-label={t`下载文件 ${file.name}，${fileSize(file.size)}`}>
      {inside}
    </a>
  );
}
