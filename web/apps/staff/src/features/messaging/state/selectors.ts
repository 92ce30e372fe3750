/** Questions to the inbox that more than one screen asks. */
import type { Conversation, Id, Message, Outgoing, Person } from "@hutong/realtime";
import { pendingEchoes, visibleMessages } from "@hutong/realtime";

import type { InboxState, Thread } from "./inbox";
import { countedUnread, isArchived, isPinned } from "./settings";

export interface Shelves {
  /** What is on top, then the others, the newest first. */
  listed: readonly Conversation[];
  archived: readonly Conversation[];
}

const shelvesCache = new WeakMap<InboxState["conversations"], { settings: InboxState["settings"]; shelves: Shelves }>();

/** The same conversations and settings give the same arrays, so that a list renders again only when something changed. */
export function shelvesOf(state: InboxState): Shelves {
  const known = shelvesCache.get(state.conversations);
  if (known?.settings === state.settings) return known.shelves;
  const sorted = Object.values(state.conversations).sort(
    (a, b) =>
      Number(isPinned(state, b.id)) - Number(isPinned(state, a.id)) ||
      Date.parse(b.last_active_at) - Date.parse(a.last_active_at) ||
      (a.id < b.id ? 1 : -1),
  );
  const shelves = { listed: sorted.filter((it) => !isArchived(state, it)), archived: sorted.filter((it) => isArchived(state, it)) };
  shelvesCache.set(state.conversations, { settings: state.settings, shelves });
  return shelves;
}

/** What is on top, then the others, the newest first; without what is archived. */
export const sortedConversations = (state: InboxState): readonly Conversation[] => shelvesOf(state).listed;

export function totalUnread(state: InboxState): number {
  return Object.values(state.conversations).reduce((sum, it) => sum + countedUnread(state, it), 0);
}

/** What a conversation is called and shown by. */
export type NamedConversation = Pick<Conversation, "kind" | "name" | "people" | "participant_count">;

/** Everybody in it but oneself, as far as the conversation tells. */
export function othersIn(conversation: Pick<Conversation, "people">, personId: Id): readonly Person[] {
  const others = conversation.people.filter((it) => it.id !== personId);
  return others.length > 0 ? others : conversation.people;
}

export function personName(state: Pick<InboxState, "people" | "remarks">, id: Id): string {
  return state.remarks[id] ?? state.people[id]?.name ?? "";
}

/** A group without a name is called by those in it. */
export function conversationTitle(conversation: NamedConversation, state: Pick<InboxState, "people" | "remarks" | "personId">): string {
  if (conversation.kind === "channel") return conversation.name ?? "";
  if (conversation.kind === "group") {
    if (conversation.name) return conversation.name;
    const names = othersIn(conversation, state.personId).map((it) => it.name);
    return names.slice(0, 6).join("、") + (conversation.participant_count - 1 > 6 ? "…" : "");
  }
  const others = othersIn(conversation, state.personId);
  const peer = conversation.kind === "customer" ? (others.find((it) => it.kind === "contact") ?? others[0]) : others[0];
  return peer ? (state.remarks[peer.id] ?? state.people[peer.id]?.name ?? peer.name) : "";
}

export function directConversationWith(state: InboxState, personId: Id): Conversation | undefined {
  return Object.values(state.conversations).find(
    (it) => it.kind === "direct" && it.participant_count === 2 && it.people.some((person) => person.id === personId),
  );
}

export function customerOf(conversation: NamedConversation): Person | undefined {
  return conversation.kind === "customer" ? conversation.people.find((it) => it.kind === "contact") : undefined;
}

export type MarkOfOwn = "sending" | "failed" | "sent" | "read";

export function markOf(message: Message, conversation: Conversation | undefined): MarkOfOwn {
  return (conversation?.peer_read_seq ?? 0) >= message.seq ? "read" : "sent";
}

export interface ThreadView {
  messages: readonly Message[];
  echoes: readonly Outgoing[];
}

/** What stands in a conversation's window: the loaded messages, then one's own that are on their way. */
export function threadView(thread: Thread, outgoing: readonly Outgoing[], id: Id): ThreadView {
  // In the past there is no place for what is being said now.
  return { messages: visibleMessages(thread.log), echoes: thread.hasNewer ? [] : pendingEchoes(thread.log, outgoing, id) };
}
