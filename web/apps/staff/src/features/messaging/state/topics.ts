/** Topics of groups: what they are called, and what is loaded of those that were looked at. Kept up by what is heard, beside the inbox. */
import { laterOf } from "@hutong/realtime";
import type { ChangedMessages, Id, ListedTopic, Message, MessagePage, Outgoing, Quote, RealtimeClient, Topic } from "@hutong/realtime";

import type * as messagingApi from "../api/messaging";
import type * as topicsApi from "../api/topics";
import type { Thread } from "./inbox";
import type { ThreadView } from "./selectors";

export type TopicsApi = Pick<typeof messagingApi, "listMessages" | "listChangedMessages"> & Pick<typeof topicsApi, "getTopic">;

const KEPT = 60;

export interface TopicThread {
  items: readonly Message[];
  hasOlder: boolean;
  /** What happened to these up to this revision of the conversation is in them. */
  revision: number;
}

export interface TopicsState {
  topics: Readonly<Record<Id, Topic>>;
  threads: Readonly<Record<Id, TopicThread>>;
}

export class Topics {
  private state: TopicsState = { topics: {}, threads: {} };
  private readonly listeners = new Set<() => void>();
  private readonly asked = new Set<Id>();

  constructor(
    private readonly api: TopicsApi,
    private readonly onPage: (page: MessagePage) => void,
  ) {}

  readonly getState = (): TopicsState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** Listens; gives what ends it. */
  start(client: RealtimeClient): (() => void)[] {
    return [
      client.on("topic", (topic) => this.learn([topic])),
      client.on("message", (message) => this.hear(message)),
      client.on("message_changed", (message) => this.hear(message)),
      client.on("conversation_left", ({ conversation_id }) => this.forget(conversation_id)),
      // What could not be told of one may be there now.
      client.on("welcome", () => this.asked.clear()),
    ];
  }

  learn(told: readonly Topic[]): void {
    const news = told.filter((it) => it.revision > (this.state.topics[it.id]?.revision ?? 0));
    if (news.length > 0) this.set({ ...this.state, topics: { ...this.state.topics, ...Object.fromEntries(news.map((it) => [it.id, it])) } });
  }

  /** One that a message names and nobody has told of. */
  ask(conversationId: Id, topicId: Id): void {
    if (this.state.topics[topicId] || this.asked.has(topicId)) return;
    this.asked.add(topicId);
    void this.api.getTopic(conversationId, topicId).then((topic) => this.learn([topic]), () => undefined);
  }

  /** The newest of it; what is loaded already is brought up to now. */
  async load(conversationId: Id, topicId: Id): Promise<void> {
    const known = this.state.threads[topicId];
    const page = await this.api.listMessages(conversationId, { topic_id: topicId });
    const changed = known && joins(known, page) ? await this.api.listChangedMessages(conversationId, known.revision) : null;
    this.onPage(page);
    this.put(topicId, (now) => (now && changed && !changed.has_newer ? withNewest(now, page, changed) : { items: page.items, hasOlder: page.has_older, revision: page.last_revision }));
  }

  async loadOlder(conversationId: Id, topicId: Id): Promise<void> {
    const first = this.state.threads[topicId]?.items[0]?.seq;
    if (first === undefined) return;
    const page = await this.api.listMessages(conversationId, { topic_id: topicId, before_seq: first });
    this.onPage(page);
    // What came too late to touch what is loaded now is for another time.
    this.put(topicId, (now) => (now?.items[0]?.seq === first ? { ...now, items: [...page.items, ...now.items], hasOlder: page.has_older } : now));
  }

  /** Of what answers a message: an answer stays in the open topic of what it answers, as the server holds it. */
  ofAnswer(answer: { quote: Quote; topicId?: Id | null } | null): { reply_to?: Quote; topic_id?: Id } {
    if (!answer) return {};
    const { quote, topicId } = answer;
    const isOpen = topicId && !this.state.topics[topicId]?.closed_at;
    return { reply_to: quote, ...(isOpen && { topic_id: topicId }) };
  }

  /** Nobody looks at it: enough stays for the next look. */
  leave(topicId: Id): void {
    this.put(topicId, (thread) => thread && (thread.items.length > KEPT ? { ...thread, items: thread.items.slice(-KEPT), hasOlder: true } : thread));
  }

  /** What was loaded is not this person's to read any more. */
  private forget(conversationId: Id): void {
    const threads = Object.entries(this.state.threads).filter(([, thread]) => thread.items[0]?.conversation_id !== conversationId);
    this.set({ ...this.state, threads: Object.fromEntries(threads) });
  }

  private hear(message: Message): void {
    const { topic_id: topicId } = message;
    if (topicId && this.state.threads[topicId]) this.put(topicId, (thread) => thread && withMessage(thread, message));
  }

  private put(topicId: Id, change: (thread: TopicThread | undefined) => TopicThread | undefined): void {
    const before = this.state.threads[topicId];
    const next = change(before);
    if (next && next !== before) this.set({ ...this.state, threads: { ...this.state.threads, [topicId]: next } });
  }

  private set(state: TopicsState): void {
    this.state = state;
    for (const listener of [...this.listeners]) listener();
  }
}

/** Whether nothing of the topic lies between what is known and the newest. */
function joins(known: TopicThread, page: MessagePage): boolean {
  const last = known.items[known.items.length - 1]?.seq;
  return !page.has_older || (last !== undefined && page.items.some((it) => it.seq <= last));
}

function withNewest(known: TopicThread, page: MessagePage, changed: ChangedMessages): TopicThread {
  const thread = page.items.reduce(withMessage, known);
  const told = new Map(changed.items.map((it) => [it.seq, it]));
  return { ...thread, items: thread.items.map((it) => laterOf(it, told.get(it.seq) ?? it)), revision: page.last_revision };
}

export function withMessage(thread: TopicThread, message: Message): TopicThread {
  const { items, hasOlder } = thread;
  const at = items.findIndex((it) => it.seq === message.seq);
  if (at >= 0) {
    const later = laterOf(items[at]!, message);
    return later === items[at] ? thread : { ...thread, items: items.map((it, place) => (place === at ? later : it)) };
  }
  // Before what is loaded there is more, and it comes with that.
  if (hasOlder && message.seq < (items[0]?.seq ?? 0)) return thread;
  return { ...thread, items: [...items, message].sort((a, b) => a.seq - b.seq) };
}

/** What stands in a topic's window. A frame may be lost and its message fetched with the group's: that is looked at too. */
export function topicView(thread: TopicThread, group: Thread | undefined, outgoing: readonly Outgoing[], topicId: Id): ThreadView {
  const near = group?.log.items.filter((it) => it.topic_id === topicId) ?? [];
  const { items } = near.reduce(withMessage, thread);
  const arrived = new Set(items.map((it) => it.client_id));
  return { messages: items, echoes: outgoing.filter((it) => it.topic_id === topicId && !arrived.has(it.client_id)) };
}

/**
 * How far reading a topic up to `seen` reads the group, which has one mark: as long as message follows on message. What was said elsewhere in
 * between has not been looked at.
 */
export function readThrough(readSeq: number, items: readonly Message[], seen: number): number {
  const inTopic = new Set(items.map((it) => it.seq));
  let read = readSeq;
  while (read < seen && inTopic.has(read + 1)) read += 1;
  return read;
}

/** The open topics of a group, the last spoken in first, after one of them changed. */
export function withTopic(listed: readonly ListedTopic[], topic: Topic): ListedTopic[] {
  const known = listed.find((it) => it.id === topic.id);
  if (known && known.revision >= topic.revision) return [...listed];
  const others = listed.filter((it) => it !== known);
  if (topic.closed_at) return others;
  const { message_count, last_seq, last_active_at } = known ?? { message_count: 0, last_seq: 0, last_active_at: topic.opened_at };
  return inOrder([...others, { ...topic, message_count, last_seq, last_active_at }]);
}

export const MOST_COUNTED = 100;

/** After something was said in one. */
export function withSaid(listed: readonly ListedTopic[], { topic_id, seq, sent_at }: Message): ListedTopic[] {
  return inOrder(
    listed.map((it) =>
      it.id === topic_id && seq > it.last_seq ? { ...it, last_seq: seq, last_active_at: sent_at, message_count: Math.min(MOST_COUNTED, it.message_count + 1) } : it,
    ),
  );
}

const inOrder = (listed: ListedTopic[]): ListedTopic[] => listed.sort((a, b) => Date.parse(b.last_active_at) - Date.parse(a.last_active_at) || (a.id < b.id ? 1 : -1));
