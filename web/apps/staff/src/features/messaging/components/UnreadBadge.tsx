import type { Conversation } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";

import { useInbox } from "../hooks/useMessenger";
import { isMarkedUnread, isMuted } from "../state/settings";
import classes from "./ConversationList.module.css";

/** How much is unread; grey where one does not want to be disturbed, and a dot for what was only marked so. */
export function UnreadBadge({ conversation }: { conversation: Conversation }) {
  const { t } = useLingui();
  const marked = useInbox((state) => isMarkedUnread(state, conversation.id));
  const muted = useInbox((state) => isMuted(state, conversation.id));
  const unread = conversation.unread_count;
  if (unread === 0 && !marked) return null;
  return (
    <span className={classes.badge} data-muted={muted || undefined} data-dot={unread === 0 || undefined}>
      <span aria-hidden="true">{unread > 99 ? "99+" : unread || ""}</span>
      <span className={classes.hidden}>{unread > 0 ? t`${unread} 条未读` : t`标为未读`}</span>
    </span>
  );
}
