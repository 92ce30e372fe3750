import type { Id } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";

import { useInbox, useMessenger, useReceipt } from "../hooks/useMessenger";
import classes from "./Message.module.css";

/** 发送中 → 已发送 → 已读. */
export function MessageMark({ conversationId, seq }: { conversationId: Id; seq: number | null }) {
  const { t } = useLingui();
  const peerReadSeq = useInbox((state) => state.conversations[conversationId]?.peer_read_seq ?? 0);
  if (seq === null) return <span className={classes.mark} data-mark="sending">{t`发送中`}</span>;
  if (peerReadSeq >= seq) return <span className={classes.mark} data-mark="read">{t`已读`}</span>;
  return <span className={classes.mark} data-mark="sent">{t`已发送`}</span>;
}

interface GroupMarkProps {
  conversationId: Id;
  seq: number;
  onOpenReaders: (seq: number) => void;
}

/** How many have not read it; asked for while it is in view. Opens who they are. */
export function GroupMark({ conversationId, seq, onOpenReaders }: GroupMarkProps) {
  const { t } = useLingui();
  const { receipts } = useMessenger();
  const receipt = useReceipt(conversationId, seq);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    let unwatch: (() => void) | undefined;
    const observer = new IntersectionObserver(([entry]) => {
      unwatch?.();
      unwatch = entry?.isIntersecting ? receipts.watch(conversationId, seq) : undefined;
    });
    observer.observe(button.current!);
    return () => {
      observer.disconnect();
      unwatch?.();
    };
  }, [receipts, conversationId, seq]);
  const unread = receipt?.unread_count ?? 0;
  const isRead = receipt !== undefined && unread === 0 && receipt.read_count > 0;
  return (
    <button ref={button} type="button" className={classes.mark} data-mark={isRead ? "read" : unread > 0 ? "unread" : "sent"} aria-haspopup="dialog" onClick={() => onOpenReaders(seq)}>
      {isRead ? t`全部已读` : unread > 0 ? t`${unread} 人未读` : t`已发送`}
    </button>
  );
}
