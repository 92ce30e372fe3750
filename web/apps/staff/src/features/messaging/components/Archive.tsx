import type { Conversation } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { IconArchive } from "@tabler/icons-react";

import classes from "./ConversationList.module.css";

/** The last row of the list, where something is archived. */
export function ArchiveEntry({ archived, onOpen }: { archived: readonly Conversation[]; onOpen: () => void }) {
  const { t } = useLingui();
  const unread = archived.reduce((sum, it) => sum + it.unread_count, 0);
  const count = archived.length;
  if (count === 0) return null;
  return (
    <button type="button" className={`${classes.row} ${classes.archive}`} onClick={onOpen}>
      <IconArchive size={20} stroke={1.7} aria-hidden />
      {t`已归档 ${count}`}
      {unread > 0 ? (
        <span className={classes.badge} data-muted>
          <span aria-hidden="true">{unread > 99 ? "99+" : unread}</span>
          <span className={classes.hidden}>{t`${unread} 条未读`}</span>
        </span>
      ) : null}
    </button>
  );
}
