import { messageTime } from "@hutong/i18n";
import type { Conversation, Message } from "@hutong/realtime";
import { Face } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Modal } from "@mantine/core";
import { IconPin, IconPinnedOff } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { useLanguage } from "../../../app/language";
import { useDeeds } from "../hooks/useDeeds";
import { useInbox } from "../hooks/useMessenger";
import { usePins } from "../hooks/usePins";
import { usePreviewText } from "../hooks/useWords";
import { mayPin } from "../state/groups";
import { personName } from "../state/selectors";
import classes from "./PinBar.module.css";

/** Over the messages: the latest that is put up, and all of them. Each leads to its place. */
export function PinBar({ conversation }: { conversation: Conversation }) {
  const { t } = useLingui();
  const { items } = usePins(conversation.id);
  const [isOpen, setIsOpen] = useState(false);
  const goTo = useGoTo(conversation, () => setIsOpen(false));
  const [latest] = items;
  if (!latest && isOpen) setIsOpen(false);
  if (!latest) return null;
  const count = items.length;
  return (
    <div className={classes.bar} role="region" aria-label={t`置顶消息`}>
      <button type="button" className={classes.latest} onClick={() => goTo(latest)}>
        <IconPin size={18} stroke={1.7} aria-hidden />
        <Words message={latest} />
      </button>
      <button type="button" className={classes.all} aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        {t`全部 ${count} 条`}
      </button>
      <Modal opened={isOpen} onClose={() => setIsOpen(false)} title={t`置顶消息`} size={480} closeButtonProps={{ "aria-label": t`关闭` }}>
        <ul className={classes.list} aria-label={t`置顶消息`}>
          {items.map((message) => (
            <Pinned key={message.seq} conversation={conversation} message={message} onGo={() => goTo(message)} />
          ))}
        </ul>
      </Modal>
    </div>
  );
}

function Words({ message }: { message: Message }) {
  const { t } = useLingui();
  const previewText = usePreviewText();
  const name = useInbox((state) => personName(state, message.sender_id));
  return <span className={classes.words}>{t`${name}：${previewText(message)}`}</span>;
}

function Pinned({ conversation, message, onGo }: { conversation: Conversation; message: Message; onGo: () => void }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const previewText = usePreviewText();
  const deeds = useDeeds(conversation.id);
  const person = useInbox((state) => state.people[message.sender_id]);
  const name = useInbox((state) => personName(state, message.sender_id));
  const allowed = useInbox((state) => mayPin(conversation, state.personId));
  const text = previewText(message);
  return (
    <li>
      <button type="button" className={classes.pinned} onClick={onGo}>
        <Face person={person ?? { id: message.sender_id, name }} size={32} />
        <span className={classes.said}>
          <span className={classes.who}>
            <span>{name}</span> <time dateTime={message.sent_at}>{messageTime(message.sent_at, language)}</time>
          </span>
          <span className={classes.text}>{text}</span>
        </span>
      </button>
      {allowed ? (
        <ActionIcon variant="subtle" color="gray" size={40} aria-label={t`取消置顶：${text}`} title={t`取消置顶消息`} onClick={() => deeds.pin(message.seq, false)}>
          <IconPinnedOff size={18} aria-hidden />
        </ActionIcon>
      ) : null}
    </li>
  );
}

function useGoTo(conversation: Conversation, before: () => void): (message: Message) => void {
  const navigate = useNavigate();
  return ({ seq }) => {
    before();
    void navigate({ to: "/chats/$conversationId/$seq", params: { conversationId: conversation.id, seq: String(seq) } });
  };
}
