import { EmptyState, SkeletonRows } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconArchive, IconMessagePlus, IconMessages } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";

import { ListHeader } from "../../../app/Panes";
import { useInbox } from "../hooks/useMessenger";
import { shelvesOf } from "../state/selectors";
import { ArchiveEntry, ArchiveTitle } from "./Archive";
import { NewChannelDialog } from "./ChannelDialog";
import { ConnectionNote } from "./ConnectionNote";
import { ConversationList } from "./ConversationList";
import { MessageSearch } from "./search/MessageSearch";
import { StartChatDialog } from "./StartChatDialog";
import { StartMenu } from "./StartMenu";

/** The list pane of the messages: search, a way to start, every conversation, and at its end the way to those that are archived. */
export function ChatsList() {
  const { t } = useLingui();
  const [isStarting, setIsStarting] = useState(false);
  const [isAnnouncing, setIsAnnouncing] = useState(false);
  const [isInArchive, setIsInArchive] = useState(false);
  const shelves = useInbox(shelvesOf);
  const conversations = isInArchive ? shelves.archived : shelves.listed;
  const isSynced = useInbox((state) => state.isSynced);
  const { conversationId } = useParams({ strict: false });

  return (
    <>
      <MessageSearch
        frame={(field) => (
          <>
            <ListHeader
              title={isInArchive ? <ArchiveTitle onBack={() => setIsInArchive(false)} /> : t`消息`}
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
        ) : conversations.length > 0 || (!isInArchive && shelves.archived.length > 0) ? (
          <ConversationList
            conversations={conversations}
            openId={conversationId ?? null}
            end={isInArchive ? null : <ArchiveEntry archived={shelves.archived} onOpen={() => setIsInArchive(true)} />}
          />
        ) : isInArchive ? (
          <EmptyState icon={<IconArchive size={26} stroke={1.6} />} title={t`没有归档的会话`} hint={t`归档的会话有新消息时会回到列表，设为免打扰的除外。`} />
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
