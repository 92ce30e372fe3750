import { listTime } from "@hutong/i18n";
import type { Conversation } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { IconAlertCircle } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";

import { useLanguage } from "../../../app/language";
import { useDrafts, useInbox } from "../hooks/useMessenger";
import { usePreviewText } from "../hooks/useWords";
import { conversationTitle, personName } from "../state/selectors";
import { ConversationFace } from "./ConversationFace";
import classes from "./ConversationList.module.css";
import { OutsideBadge } from "./OutsideBadge";

export const ROW_HEIGHT = 68;

export function ConversationRow({ conversation, isOpen }: { conversation: Conversation; isOpen: boolean }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const title = useInbox((state) => conversationTitle(conversation, state));
  const unread = conversation.unread_count;
  return (
    <Link
      to="/chats/$conversationId"
      params={{ conversationId: conversation.id }}
      className={classes.row}
      aria-current={isOpen ? "page" : undefined}
    >
      <ConversationFace conversation={conversation} />
      <span className={classes.lines}>
        <span className={classes.line}>
          <span className={classes.name}>{title}</span>
          {conversation.kind === "channel" ? <span className={classes.hidden}>{t`公告频道`}</span> : null}
          {conversation.is_external ? <OutsideBadge /> : null}
          <span className={classes.time}>{listTime(conversation.last_active_at, language)}</span>
        </span>
        <span className={classes.line}>
          <Preview conversation={conversation} isOpen={isOpen} />
          {unread > 0 ? (
            <span className={classes.badge}>
              <span aria-hidden="true">{unread > 99 ? "99+" : unread}</span>
              <span className={classes.hidden}>{t`${unread} 条未读`}</span>
            </span>
          ) : null}
        </span>
      </span>
    </Link>
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
      {isCalled ? <span className={classes.draft}>{t`[有人@我]`} </span> : null}
      {sender ? t`${sender}：${text}` : text}
    </span>
  );
}
