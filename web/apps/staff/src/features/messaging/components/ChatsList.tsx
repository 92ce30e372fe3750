import { EmptyState, SkeletonRows } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconMessagePlus, IconMessages } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";

import { ListHeader } from "../../../app/Panes";
import { useInbox } from "../hooks/useMessenger";
import { sortedConversations } from "../state/selectors";
import { NewChannelDialog } from "./ChannelDialog";
import { ConnectionNote } from "./ConnectionNote";
import { ConversationList } from "./ConversationList";
import { MessageSearch } from "./search/MessageSearch";
import { StartChatDialog } from "./StartChatDialog";
import { StartMenu } from "./StartMenu";

/** The list pane of the messages: search, a way to start, and every conversation, newest first. */
export function ChatsList() {
  const { t } = useLingui();
  const [isStarting, setIsStarting] = useState(false);
  const [isAnnouncing, setIsAnnouncing] = useState(false);
  const conversations = useInbox(sortedConversations);
  const isSynced = useInbox((state) => state.isSynced);
  const { conversationId } = useParams({ strict: false });

  return (
    <>
      <MessageSearch
        frame={(field) => (
          <>
            <ListHeader
              title={t`消息`}
              actions={<StartMenu onChat={() => setIsStarting(true)} onChannel={() => setIsAnnouncing(true)} />}
            >
              {field}
            </ListHeader>
            <ConnectionNote />
          </>
        )}
      >
        {!isSynced && conversations.length === 0 ? (
          <SkeletonRows count={9} height={68} face={44} />
        ) : conversations.length > 0 ? (
          <ConversationList conversations={conversations} openId={conversationId ?? null} />
        ) : (
          <EmptyState
            icon={<IconMessages size={26} stroke={1.6} />}
            title={t`还没有消息`}
            hint={t`找一位同事打个招呼，或者把联系二维码发给客户。`}
            action={
              <Button leftSection={<IconMessagePlus size={18} aria-hidden />} onClick={() => setIsStarting(true)}>
                {t`找同事聊天`}
              </Button>
            }
          />
        )}
      </MessageSearch>
      <StartChatDialog isOpen={isStarting} onClose={() => setIsStarting(false)} />
      {isAnnouncing ? <NewChannelDialog onClose={() => setIsAnnouncing(false)} /> : null}
    </>
  );
}
