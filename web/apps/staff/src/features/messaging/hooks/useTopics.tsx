import type { Conversation, Id, ListedTopic, Message, Topic } from "@hutong/realtime";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { createContext, use, useCallback, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from "react";

import { listTopics } from "../api/topics";
import { isManager } from "../state/groups";
import { withSaid, withTopic } from "../state/topics";
import { useInbox, useMessenger } from "./useMessenger";

const NONE: readonly ListedTopic[] = [];

/** The open topics of a group, the last spoken in first; asked for again after an absence, and kept up by what is heard. */
export function useTopics(conversationId: Id): readonly ListedTopic[] {
  const { client, store, topics } = useMessenger();
  const cache = useQueryClient();
  const token = useInbox((state) => state.syncToken);
  const { data = NONE } = useQuery({
    queryKey: ["messaging", "topics", conversationId, token],
    queryFn: async () => {
      const { items, people } = await listTopics(conversationId, "open");
      store.apply({ type: "people", people });
      topics.learn(items);
      return items;
    },
    enabled: token !== null,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });
  useEffect(() => {
    const queryKey = ["messaging", "topics", conversationId];
    const change = (by: (items: readonly ListedTopic[]) => readonly ListedTopic[]) => cache.setQueriesData<readonly ListedTopic[]>({ queryKey }, (items) => items && by(items));
    const offs = [
      client.on("topic", (topic) => {
        if (topic.conversation_id === conversationId) change((items) => withTopic(items, topic));
      }),
      client.on("message", (message) => {
        if (message.conversation_id === conversationId && message.topic_id) change((items) => withSaid(items, message));
      }),
      // It may have become the first of a topic.
      client.on("message_changed", (message: Message) => {
        const listed = cache.getQueryData<readonly ListedTopic[]>([...queryKey, store.getState().syncToken]);
        if (listed?.some((it) => it.id === message.topic_id && it.message_count === 0)) void cache.invalidateQueries({ queryKey });
      }),
    ];
    return () => offs.forEach((off) => off());
  }, [cache, client, conversationId, store]);
  return data;
}

/** A topic as it is known; asked for where nobody told of it. */
export function useTopic(conversationId: Id, topicId: Id | null): Topic | undefined {
  const { topics } = useMessenger();
  const topic = useSyncExternalStore(topics.subscribe, () => (topicId === null ? undefined : topics.getState().topics[topicId]));
  useEffect(() => {
    if (topicId !== null) topics.ask(conversationId, topicId);
  }, [topics, conversationId, topicId]);
  return topic;
}

export const mayManageTopic = (conversation: Conversation, topic: Topic, personId: Id): boolean => topic.opened_by_id === personId || isManager(conversation, personId);

/** What is being done about topics: the list is looked at, one is begun (with a message), or one gets another name. */
export type TopicDialog = { mode: "list" } | { mode: "begin"; seq: number; name: string } | { mode: "rename"; topic: Topic };

interface TopicDialogValue {
  dialog: TopicDialog | null;
  show: (dialog: TopicDialog | null) => void;
  go: (topicId: Id) => void;
}

const Context = createContext<TopicDialogValue | null>(null);

/** Around one conversation: its bars and the menus of its messages speak to the dialogs beside them. */
export function TopicDialogProvider({ conversationId, children }: { conversationId: Id; children: ReactNode }) {
  const navigate = useNavigate();
  const [dialog, show] = useState<TopicDialog | null>(null);
  const go = useCallback(
    (topicId: Id) => {
      show(null);
      void navigate({ to: "/chats/$conversationId/topics/$topicId", params: { conversationId, topicId } });
    },
    [navigate, conversationId],
  );
  const value = useMemo(() => ({ dialog, show, go }), [dialog, go]);
  return <Context value={value}>{children}</Context>;
}

export function useTopicDialog(): TopicDialogValue {
  const value = use(Context);
  if (!value) throw new Error("outside TopicDialogProvider");
  return value;
}
