import { comingTime } from "@hutong/i18n";
import type { Id } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { Modal } from "@mantine/core";
import { IconAlertTriangle, IconClock } from "@tabler/icons-react";
import { useState } from "react";

import { useLanguage } from "../../../../app/language";
import { useScheduled } from "../../hooks/useScheduled";
import classes from "./Scheduled.module.css";
import { ScheduledRow } from "./ScheduledRow";

/** Above the field: what waits to be said here. */
export function ScheduledBar({ conversationId }: { conversationId: Id }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const items = useScheduled(conversationId);
  const [isOpen, setIsOpen] = useState(false);
  const [first] = items;
  if (!first && isOpen) setIsOpen(false);
  if (!first) return null;
  const count = items.length;
  const stopped = items.filter((it) => it.stopped_code !== null).length;
  const next = items.find((it) => it.stopped_code === null);
  const when = next ? comingTime(next.send_at, language) : "";
  return (
    <>
      <button type="button" className={classes.bar} data-stopped={stopped > 0 || undefined} aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        {stopped > 0 ? <IconAlertTriangle size={17} stroke={1.7} aria-hidden /> : <IconClock size={17} stroke={1.7} aria-hidden />}
        <span>{stopped > 0 ? t`${stopped} 条定时消息没有发出` : count > 1 ? t`${count} 条定时消息，最早 ${when}` : t`定时消息：${when}`}</span>
        <span className={classes.go}>{t`查看`}</span>
      </button>
      <Modal opened={isOpen} onClose={() => setIsOpen(false)} title={t`定时消息`} size={480} transitionProps={{ duration: 0 }} closeButtonProps={{ "aria-label": t`关闭` }}>
        <ul className={classes.list} aria-label={t`定时消息`}>
          {items.map((item) => (
            <ScheduledRow key={item.id} item={item} showsPlace={false} />
          ))}
        </ul>
      </Modal>
    </>
  );
}
