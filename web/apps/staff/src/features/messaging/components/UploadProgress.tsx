import { fileSize } from "@hutong/i18n";
import { useLingui } from "@lingui/react/macro";
import { IconX } from "@tabler/icons-react";

import { useMessenger } from "../hooks/useMessenger";
import type { Upload } from "../state/uploads";
import classes from "./Message.module.css";

/** How far the bytes have got; lies over what is being sent, so its coming and going moves nothing. */
export function UploadProgress({ upload }: { upload: Upload }) {
  const { t } = useLingui();
  const { uploads } = useMessenger();
  const { file } = upload;
  const share = file.size > 0 ? Math.min(100, Math.round((upload.sent_bytes / file.size) * 100)) : 0;
  if (upload.status === "failed") return null;
  return (
    <div className={classes.upload} data-kind={upload.isImage ? "image" : "file"}>
      <div role="progressbar" aria-label={t`${file.name} 的上传进度`} aria-valuemin={0} aria-valuemax={100} aria-valuenow={share} className={classes.track}>
        <span style={{ width: `${share}%` }} />
      </div>
      <span className={classes.uploadText}>{upload.isImage ? t`${share}%，共 ${fileSize(file.size)}` : `${share}%`}</span>
      <button type="button" className={classes.uploadCancel} aria-label={t`取消上传 ${file.name}`} onClick={() => uploads.cancel(upload.id)}>
        <IconX size={16} aria-hidden />
      </button>
    </div>
  );
}
