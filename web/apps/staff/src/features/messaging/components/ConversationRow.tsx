import { listTime } from "@hutong/i18n";
import type { Conversation } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { IconAlertCircle, IconBellOff, IconDots, IconPin } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useCallback, type MouseEvent } from "react";

import { useLanguage } from "../../../app/language";
import { useHold } from "../hooks/useLongPress";
import { useDrafts, useInbox } from "../hooks/useMessenger";
import { usePreviewText } from "../hooks/useWords";
import { conversationTitle, personName } from "../state/selectors";
import { isManager } from "../state/groups";
import { isMuted, isPinned } from "../state/settings";
import { ConversationFace } from "./ConversationFace";
import classes from "./ConversationList.module.css";
import type { MenuPlace } from "./ConversationMenu";
import { JoinRequestMark } from "./JoinRequests";
import { OutsideBadge } from "./OutsideBadge";
import { UnreadBadge } from "./UnreadBadge";

export const ROW_HEIGHT = 68;

interface ConversationRowProps {
  conversation: Conversation;
  isOpen: boolean;
  onMenu: (place: MenuPlace) => void;
}

export function ConversationRow({ conversation, isOpen, onMenu }: ConversationRowProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { id } = conversation;
  const title = useInbox((state) => conversationTitle(conversation, state));
  const pinned = useInbox((state) => isPinned(state, id));
  const muted = useInbox((state) => isMuted(state, id));
  const openMenu = useCallback((x: number, y: number) => onMenu({ conversation, x, y }), [conversation, onMenu]);
  const hold = useHold(openMenu);
  const onContextMenu = (event: MouseEvent) => {
    event.preventDefault();
    openMenu(event.clientX, event.clientY);
  };
  const onMore = ({ currentTarget }: MouseEvent) => {
    const { left, bottom } = currentTarget.getBoundingClientRect();
    openMenu(left, bottom);
  };
  return (
    <>
    <Link
      to="/chats/$conversationId"
      params={{ conversationId: id }}
      className={classes.row}
      data-pinned={pinned || undefined}
      aria-current={isOpen ? "page" : undefined}
      {...hold}
      onContextMenu={onContextMenu}
    >
      <ConversationFace conversation={conversation} />
      <span className={classes.lines}>
        <span className={classes.line}>
          <span className={classes.name}>{title}</span>
          {conversation.kind === "channel" ? <span className={classes.hidden}>{t`公告频道`}</span> : null}
          {conversation.is_external ? <OutsideBadge /> : null}
          {muted ? <IconBellOff size={14} className={classes.sign} aria-label={t`消息免打扰`} /> : null}
          {pinned ? <IconPin size={14} className={classes.sign} aria-label={t`置顶`} /> : null}
          <span className={classes.time}>{listTime(conversation.last_active_at, language)}</span>
        </span>
        <span className={classes.line}>
          <Preview conversation={conversation} isOpen={isOpen} />
          <UnreadBadge conversation={conversation} />
        </span>
      </span>
    </Link>
    <ActionIcon className={classes.more} variant="default" size={26} aria-label={t`${title}，更多操作`} aria-haspopup="menu" onClick={onMore}>
      <IconDots size={16} aria-hidden />
    </ActionIcon>
    </>
  );
}

function Preview({ conversation, isOpen }: { conversation: Conversation; isOpen: boolean }) {
  const { t } = useLingui();
  const previewText = usePreviewText();
  const draft = useDrafts()[conversation.id];
  const waiting = useInbox((state) => state.outgoing.findLast((it) => it.conversation_id === conversation.id));
  const message = conversation.last_message;
  const sender = useInbox((state) =>
    conversation.kind === "group" && message && message.kind !== "notice" && !message.recalled_at && message.sender_id !== state.personId
      ? personName(state, message.sender_id)
      : "",
  );
  const isCalled = conversation.mention_seq !== undefined;
  const manages = useInbox((state) => isManager(conversation, state.personId));
  if (draft && !isOpen && !isCalled) {
    return (
      <span className={classes.preview}>
        <span className={classes.draft}>{t`[草稿]`}</span> {draft}
      </span>
    );
  }
  if (waiting) {
    const text = previewText({ ...waiting, notice: null });
    return (
      <span className={classes.preview}>
        {waiting.failure?.retry === false ? <IconAlertCircle size={14} className={classes.failed} aria-label={t`发送失败`} /> : null}
        {text}
      </span>
    );
  }
  const text = message ? previewText(message) : "";
  return (
    <span className={classes.preview}>
      {manages ? <JoinRequestMark conversationId={conversation.id} className={classes.draft} /> : null}
      {isCalled ? <span className={classes.draft}>{t`[有人@我]`} </span> : null}
      {sender ? t`${sender}：${text}` : text}
    </span>
  );
}
