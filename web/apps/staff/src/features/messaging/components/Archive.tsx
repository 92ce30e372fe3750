import type { Conversation } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { IconArchive, IconChevronLeft } from "@tabler/icons-react";
import { useEffect, useRef } from "react";

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

/** The heading of the list while it shows what is archived, and the way back. */
export function ArchiveTitle({ onBack }: { onBack: () => void }) {
  const { t } = useLingui();
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => back.current?.focus({ preventScroll: true }), []);
  return (
    <span className={classes.archiveTitle}>
      <ActionIcon ref={back} variant="subtle" color="gray" size={36} aria-label={t`回到全部会话`} onClick={onBack}>
        <IconChevronLeft size={22} aria-hidden />
      </ActionIcon>
      {t`已归档`}
    </span>
  );
}
