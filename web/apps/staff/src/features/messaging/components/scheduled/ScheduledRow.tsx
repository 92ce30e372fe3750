import type { ScheduledMessage } from "@hutong/api";
import { comingTime, fullTime } from "@hutong/i18n";
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Menu } from "@mantine/core";
import { IconClock, IconDots, IconPencil, IconSend2, IconTrash } from "@tabler/icons-react";
import { useEffect, useState } from "react";

import { useLanguage } from "../../../../app/language";
import { useInbox, useMessenger } from "../../hooks/useMessenger";
import { useScheduling, useStopText } from "../../hooks/useScheduled";
import { mentionsIn } from "../../state/mentions";
import { conversationTitle } from "../../state/selectors";
import classes from "./Scheduled.module.css";
import { WhenDialog } from "./WhenDialog";

/** Words that wait, when they will be said or why they were not, and what may be done with them. */
export function ScheduledRow({ item, showsPlace }: { item: ScheduledMessage; showsPlace: boolean }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { sendNow, drop, change } = useScheduling();
  const stopText = useStopText();
  const title = useTitle(item.conversation_id);
  const [isChanging, setIsChanging] = useState(false);
  const save = (text: string, at: Date) =>
    change(item.id, { text, mentions: mentionsIn(text, item.mentions ?? undefined, t`所有人`) ?? null, send_at: at.toISOString() });
  return (
    <li className={classes.row}>
      <span className={classes.lines}>
        {showsPlace ? <span className={classes.place}>{title}</span> : null}
        <span className={classes.text}>{item.text}</span>
        {item.stopped_code === null ? (
          <time className={classes.time} dateTime={item.send_at} title={fullTime(item.send_at, language)}>
            <IconClock size={14} stroke={1.8} aria-hidden /> {comingTime(item.send_at, language)}
          </time>
        ) : (
          <span className={classes.problem}>{stopText(item.stopped_code)}</span>
        )}
      </span>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={40} aria-label={t`定时消息操作：${item.text}`}>
            <IconDots size={20} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={18} stroke={1.7} aria-hidden />} onClick={() => setIsChanging(true)}>
            {t`修改内容和时间`}
          </Menu.Item>
          <Menu.Item leftSection={<IconSend2 size={18} stroke={1.7} aria-hidden />} onClick={() => void sendNow(item.id)}>
            {t`立即发送`}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<IconTrash size={18} stroke={1.7} aria-hidden />} onClick={() => void drop(item.id)}>
            {t`删除`}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isChanging ? <WhenDialog title={t`修改定时消息`} action={t`保存`} text={item.text} at={item.send_at} onDone={save} onClose={() => setIsChanging(false)} /> : null}
    </li>
  );
}

/** A conversation that was not told of, being an old one, is asked for; one that is not there any more has no name. */
function useTitle(id: string): string {
  const { t } = useLingui();
  const messenger = useMessenger();
  const isKnown = useInbox((state) => state.conversations[id] !== undefined);
  useEffect(() => {
    if (!isKnown) void messenger.loadConversation(id).catch(() => undefined);
  }, [messenger, id, isKnown]);
  return useInbox((state) => (state.conversations[id] ? conversationTitle(state.conversations[id], state) : t`已离开的会话`));
}
