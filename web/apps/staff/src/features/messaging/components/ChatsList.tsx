import { EmptyState, SkeletonRows } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { Button, CloseButton, TextInput } from "@mantine/core";
import { IconMessagePlus, IconMessages, IconSearch } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { useMemo, useState } from "react";

import { ListHeader } from "../../../app/Panes";
import { useInbox, useMessenger } from "../hooks/useMessenger";
import { conversationTitle, sortedConversations } from "../state/selectors";
import { NewChannelDialog } from "./ChannelDialog";
import { ConnectionNote } from "./ConnectionNote";
import { ConversationList } from "./ConversationList";
import classes from "./ConversationList.module.css";
import { StartChatDialog } from "./StartChatDialog";
import { StartMenu } from "./StartMenu";

/** The list pane of the messages: search, a way to start, and every conversation, newest first. */
export function ChatsList() {
  const { t } = useLingui();
  const { store } = useMessenger();
  const [query, setQuery] = useState("");
  const [isStarting, setIsStarting] = useState(false);
  const [isAnnouncing, setIsAnnouncing] = useState(false);
  const conversations = useInbox(sortedConversations);
  const isSynced = useInbox((state) => state.isSynced);
  const { conversationId } = useParams({ strict: false });
  const found = useMemo(() => {
    const words = query.trim().toLocaleLowerCase();
    if (!words) return conversations;
    const state = store.getState();
    return conversations.filter((it) => {
      const names = [conversationTitle(it, state), ...it.people.map((person) => person.name)];
      return names.some((name) => name.toLocaleLowerCase().includes(words));
    });
  }, [conversations, query, store]);

  return (
    <>
      <ListHeader
        title={t`消息`}
        actions={<StartMenu onChat={() => setIsStarting(true)} onChannel={() => setIsAnnouncing(true)} />}
      >
        <TextInput
          className={classes.search}
          aria-label={t`搜索会话`}
          placeholder={t`搜索会话`}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          leftSection={<IconSearch size={16} aria-hidden />}
          rightSection={query ? <CloseButton size="sm" aria-label={t`清除搜索`} onClick={() => setQuery("")} /> : null}
        />
      </ListHeader>
      <ConnectionNote />
      {!isSynced && conversations.length === 0 ? (
        <SkeletonRows count={9} height={68} face={44} />
      ) : found.length > 0 ? (
        <ConversationList conversations={found} openId={conversationId ?? null} />
      ) : query.trim() ? (
        <EmptyState
          icon={<IconSearch size={26} stroke={1.6} />}
          title={t`没有找到会话`}
          hint={t`换个名字试试，或者与同事发起新的聊天。`}
          action={<Button variant="light" onClick={() => setIsStarting(true)}>{t`找同事聊天`}</Button>}
        />
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
      <StartChatDialog isOpen={isStarting} onClose={() => setIsStarting(false)} />
      {isAnnouncing ? <NewChannelDialog onClose={() => setIsAnnouncing(false)} /> : null}
    </>
  );
}
