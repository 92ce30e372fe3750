import type { Id } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";

import { useInbox } from "../hooks/useMessenger";
import classes from "./Message.module.css";

/** 发送中 → 已发送 → 已读. Who has read in a group is not told here. */
export function MessageMark({ conversationId, seq }: { conversationId: Id; seq: number | null }) {
  const { t } = useLingui();
  const peerReadSeq = useInbox((state) => state.conversations[conversationId]?.peer_read_seq ?? 0);
  if (seq === null) return <span className={classes.mark} data-mark="sending">{t`发送中`}</span>;
  if (peerReadSeq >= seq) return <span className={classes.mark} data-mark="read">{t`已读`}</span>;
  return <span className={classes.mark} data-mark="sent">{t`已发送`}</span>;
}
