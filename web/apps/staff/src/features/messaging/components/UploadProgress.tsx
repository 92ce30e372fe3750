import { fileSize } from "@hutong/i18n";
import { useLingui } from "@lingui/react/macro";
import { IconPlayerPause, IconPlayerPlay, IconX } from "@tabler/icons-react";

import { useMessenger } from "../hooks/useMessenger";
import type { Upload } from "../state/uploads";
import classes from "./Message.module.css";

/** How far the bytes have got; lies over what is being sent, so its coming and going moves nothing. */
export function UploadProgress({ upload }: { upload: Upload }) {
  const { t } = useLingui();
  const { uploads } = useMessenger();
  const { file, id } = upload;
  const share = shareOf(upload);
  if (upload.status === "failed") return null;
  const isPaused = upload.status === "paused";
  return (
    <div className={classes.upload} data-kind={upload.isImage ? "image" : "file"}>
      <div role="progressbar" aria-label={t`${file.name} 的上传进度`} aria-valuemin={0} aria-valuemax={100} aria-valuenow={share} className={classes.track}>
        <span style={{ width: `${share}%` }} />
      </div>
      <span className={classes.uploadText}>{upload.isImage ? t`${share}%，共 ${fileSize(file.size)}` : `${share}%`}</span>
      {upload.canPause ? (
        <button
          type="button"
          className={classes.uploadButton}
          aria-label={isPaused ? t`继续上传 ${file.name}` : t`暂停上传 ${file.name}`}
          onClick={() => (isPaused ? uploads.resume(id) : uploads.pause(id))}
        >
          {isPaused ? <IconPlayerPlay size={16} aria-hidden /> : <IconPlayerPause size={16} aria-hidden />}
        </button>
      ) : null}
      <button type="button" className={classes.uploadButton} aria-label={t`取消上传 ${file.name}`} onClick={() => uploads.cancel(id)}>
        <IconX size={16} aria-hidden />
      </button>
    </div>
  );
}

/** What stands below the name of a large file while it is on its way: how much of how much, how fast, how long yet. */
export function useUploadLines(): (upload: Upload) => readonly string[] {
  const { t } = useLingui();
  return ({ file, sent_bytes, status, rate, canPause }) => {
    const whole = fileSize(file.size);
    const sizes = sent_bytes > 0 ? `${fileSize(sent_bytes)} / ${whole}` : whole;
    if (status === "waiting") return [sizes, t`等待前面的文件`];
    if (!canPause || status === "failed") return [whole];
    if (status === "paused") return [sizes, t`已暂停`];
    if (status === "away") return [sizes, t`网络断了，恢复后自动继续`];
    if (sent_bytes === file.size) return [sizes, t`正在保存…`];
    if (rate === null) return [sizes, t`正在上传…`];
    const seconds = Math.ceil((file.size - sent_bytes) / rate);
    const minutes = Math.round(seconds / 60);
    const hours = Math.round(minutes / 60);
    const left = seconds < 90 ? t`剩 ${seconds} 秒` : minutes < 90 ? t`剩 ${minutes} 分钟` : t`剩 ${hours} 小时`;
    return [sizes, t`每秒 ${fileSize(rate)}，${left}`];
  };
}

function shareOf({ file, sent_bytes }: Upload): number {
  return file.size > 0 ? Math.min(100, Math.floor((sent_bytes / file.size) * 100)) : 0;
}
