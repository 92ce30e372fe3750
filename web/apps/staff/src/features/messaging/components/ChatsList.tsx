import { EmptyState, SkeletonRows } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button } from "@mantine/core";
import { IconArchive, IconMessagePlus, IconMessages, IconStar } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";

import { ListHeader } from "../../../app/Panes";
import { useInbox } from "../hooks/useMessenger";
import { shelvesOf } from "../state/selectors";
import { ArchiveEntry } from "./Archive";
import { NewChannelDialog } from "./ChannelDialog";
import { ConnectionNote } from "./ConnectionNote";
import { ConversationList } from "./ConversationList";
import { ScheduledEntry, ScheduledShelf } from "./scheduled/ScheduledShelf";
import { MessageSearch } from "./search/MessageSearch";
import { ShelfTitle } from "./ShelfTitle";
import { StarList } from "./Stars";
import { StartChatDialog } from "./StartChatDialog";
import { StartMenu } from "./StartMenu";

/** The list pane of the messages: search, what one keeps, a way to start, every conversation, and at its end the way to those that are archived. */
export function ChatsList() {
  const { t } = useLingui();
  const [isStarting, setIsStarting] = useState(false);
  const [isAnnouncing, setIsAnnouncing] = useState(false);
  const [shelf, setShelf] = useState<"chats" | "archive" | "stars" | "scheduled">("chats");
  const isInArchive = shelf === "archive";
  const back = () => setShelf("chats");
  const titles = { archive: t`已归档`, stars: t({ message: "收藏", context: "place" }), scheduled: t`定时消息` };
  const saved = titles.stars;
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
              title={shelf === "chats" ? t`消息` : <ShelfTitle onBack={back}>{titles[shelf]}</ShelfTitle>}
              actions={
                <>
                  {shelf === "chats" ? <ScheduledEntry onOpen={() => setShelf("scheduled")} /> : null}
                  {shelf === "chats" ? (
                    <ActionIcon variant="subtle" color="gray" size={36} radius={10} aria-label={saved} title={saved} onClick={() => setShelf("stars")}>
                      <IconStar size={20} stroke={1.7} aria-hidden />
                    </ActionIcon>
                  ) : null}
                  <StartMenu onChat={() => setIsStarting(true)} onChannel={() => setIsAnnouncing(true)} />
                </>
              }
            >
              {field}
            </ListHeader>
            <ConnectionNote />
          </>
        )}
      >
        {shelf === "stars" ? (
          <StarList />
        ) : shelf === "scheduled" ? (
          <ScheduledShelf />
        ) : !isSynced && conversations.length === 0 ? (
          <SkeletonRows count={9} height={68} face={44} />
        ) : conversations.length > 0 || (!isInArchive && shelves.archived.length > 0) ? (
          <ConversationList
            conversations={conversations}
            openId={conversationId ?? null}
            end={isInArchive ? null : <ArchiveEntry archived={shelves.archived} onOpen={() => setShelf("archive")} />}
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
