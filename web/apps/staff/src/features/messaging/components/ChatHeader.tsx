import type { Conversation } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { IconHash, IconLayoutSidebarRight, IconSearch } from "@tabler/icons-react";

import { ariaKey, keyText } from "../../../app/keys/keyNames";
import { useKey } from "../../../app/keys/useKey";
import { PaneHeader } from "../../../app/Panes";
import { useInbox } from "../hooks/useMessenger";
import { useSearchPlace } from "../hooks/useSearchPlace";
import { useTopicDialog } from "../hooks/useTopics";
import { conversationTitle, othersIn } from "../state/selectors";
import classes from "./ChatHeader.module.css";
import { ConversationFace } from "./ConversationFace";
import { OutsideBadge } from "./OutsideBadge";
import { usePresenceText } from "./PresentFace";

interface ChatHeaderProps {
  conversation: Conversation;
  areDetailsOpen: boolean;
  onDetails: () => void;
}

/** The colleague one talks with; nobody in a group. */
function usePeer(conversation: Conversation) {
  const personId = useInbox((state) => state.personId);
  return conversation.kind === "direct" ? othersIn(conversation, personId)[0] : undefined;
}

export function ChatHeader({ conversation, areDetailsOpen, onDetails }: ChatHeaderProps) {
  const { t } = useLingui();
  const { openIn } = useSearchPlace();
  const { show } = useTopicDialog();
  const showTopics = () => show({ mode: "list" });
  useKey("topics", () => {
    if (conversation.kind === "group") showTopics();
  });
  const title = useInbox((state) => conversationTitle(conversation, state));
  const count = conversation.participant_count;
  const presence = usePresenceText(usePeer(conversation));
  const subtitles = { direct: presence, group: t`${count} 人`, customer: t`来自企业外部的客户`, channel: t`公告频道 · ${count} 人` };
  return (
    <PaneHeader
      back="/chats"
      lead={<ConversationFace conversation={conversation} size={36} />}
      title={
        <span className={classes.title}>
          <span className={classes.name}>{title}</span>
          {conversation.is_external ? <OutsideBadge /> : null}
        </span>
      }
      subtitle={subtitles[conversation.kind]}
      actions={
        <>
          {conversation.kind === "group" ? (
            <ActionIcon variant="subtle" color="gray" size={44} aria-label={t`话题`} title={`${t`话题`} (${keyText("topics")})`} aria-keyshortcuts={ariaKey("topics")} aria-haspopup="dialog" onClick={showTopics}>
              <IconHash size={21} stroke={1.7} aria-hidden />
            </ActionIcon>
          ) : null}
          <ActionIcon variant="subtle" color="gray" size={44} aria-label={t`在会话中搜索`} title={t`在会话中搜索`} onClick={() => openIn(conversation.id)}>
            <IconSearch size={20} stroke={1.7} aria-hidden />
          </ActionIcon>
          <ActionIcon variant="subtle" color="gray" size={44} aria-label={t`会话详情`} aria-expanded={areDetailsOpen} onClick={onDetails}>
            <IconLayoutSidebarRight size={21} stroke={1.7} aria-hidden />
          </ActionIcon>
        </>
      }
    />
  );
}
