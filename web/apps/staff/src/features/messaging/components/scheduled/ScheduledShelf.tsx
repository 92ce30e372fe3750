import { EmptyState } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { IconClock } from "@tabler/icons-react";

import { useScheduled } from "../../hooks/useScheduled";
import search from "../search/Search.module.css";
import classes from "./Scheduled.module.css";
import { ScheduledRow } from "./ScheduledRow";

/** Above the chats, where something waits to be said. */
export function ScheduledEntry({ onOpen }: { onOpen: () => void }) {
  const { t } = useLingui();
  const items = useScheduled();
  const count = items.length;
  if (count === 0) return null;
  const label = t`定时消息，${count} 条`;
  const isStopped = items.some((it) => it.stopped_code !== null);
  return (
    <ActionIcon variant="subtle" color={isStopped ? "red" : "gray"} size={36} radius={10} aria-label={label} title={label} onClick={onOpen}>
      <IconClock size={20} stroke={1.7} aria-hidden />
    </ActionIcon>
  );
}

/** In the place of the chats: all that waits, the next one first. */
export function ScheduledShelf() {
  const { t } = useLingui();
  const items = useScheduled();
  if (items.length === 0) {
    return <EmptyState icon={<IconClock size={26} stroke={1.6} />} title={t`没有定时消息`} hint={t`写好消息，从发送按钮旁边选择时间，到时会自动发出。`} />;
  }
  return (
    <div className={search.scroller}>
      <ul className={`${classes.list} ${classes.shelf}`} aria-label={t`定时消息`}>
        {items.map((item) => (
          <ScheduledRow key={item.id} item={item} showsPlace />
        ))}
      </ul>
    </div>
  );
}
