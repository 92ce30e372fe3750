import { useLingui } from "@lingui/react/macro";
import { IconAlertCircle } from "@tabler/icons-react";

import { useMessenger } from "../hooks/useMessenger";
import type { Bubble } from "../state/rows";
import classes from "./Message.module.css";

/** Why it was not sent, and what to do: again, or away with it. */
export function FailureNote({ bubble }: { bubble: Bubble }) {
  const { t } = useLingui();
  const { client, uploads } = useMessenger();
  const { upload, clientId } = bubble;
  const reason = (upload ? upload.reason : bubble.failure?.message) || t`没有发出去`;
  const again = () => (upload ? uploads.retry(upload.id) : client.retry(clientId));
  const drop = () => (upload ? uploads.cancel(upload.id) : client.discard(clientId));
  return (
    <div className={classes.failure} role="alert">
      <IconAlertCircle size={16} aria-hidden />
      <span>{reason}</span>
      <button type="button" onClick={again}>{t`重新发送`}</button>
      <button type="button" onClick={drop}>{t`删除`}</button>
    </div>
  );
}
