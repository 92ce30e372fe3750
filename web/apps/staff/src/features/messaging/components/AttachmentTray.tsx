import { fileSize } from "@hutong/i18n";
import { useLingui } from "@lingui/react/macro";
import { IconX } from "@tabler/icons-react";

import type { Attachments } from "../hooks/useAttachments";
import classes from "./Composer.module.css";
import { FileName } from "./FileName";

/** What will go with the next "send"; each can still be taken back. */
export function AttachmentTray({ attachments }: { attachments: Attachments }) {
  const { t } = useLingui();
  if (attachments.items.length === 0) return null;
  return (
    <ul className={classes.tray} aria-label={t`待发送的附件`}>
      {attachments.items.map(({ id, file, preview }) => (
        <li key={id} className={classes.attachment}>
          {preview ? (
            <img src={preview} alt={file.name} width={64} height={64} />
          ) : (
            <span className={classes.attachedFile}>
              <FileName name={file.name} />
              <span>{fileSize(file.size)}</span>
            </span>
          )}
          <button type="button" className={classes.detach} aria-label={t`移除附件 ${file.name}`} onClick={() => attachments.remove(id)}>
            <IconX size={15} aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  );
}
