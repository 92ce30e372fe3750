/** What happens to messages after they were said, in the inbox. Pure, like the inbox. */
import { applyChanged, applyChangedPage, lastSeq, laterOf } from "@hutong/realtime";
import type { ChangedMessages, Id, Message } from "@hutong/realtime";

import type { InboxState } from "./inbox";

/** After which revision changes of the loaded messages are missing; null: they are as they stand. */
export function changesAfter(state: InboxState, conversationId: Id): number | null {
  const log = state.threads[conversationId]?.log;
  const conversation = state.conversations[conversationId];
  return log && log.items.length > 0 && conversation && conversation.last_revision > log.revision ? log.revision : null;
}

export function applyChangedMessage(state: InboxState, message: Message): InboxState {
  const id = message.conversation_id;
  const thread = state.threads[id];
  let next = state;
  if (thread && (!thread.hasNewer || message.seq <= lastSeq(thread.log))) {
    next = { ...next, threads: { ...next.threads, [id]: { ...thread, log: applyChanged(thread.log, message).log } } };
  }
  const known = state.conversations[id];
  if (!known) return next;
  const last = known.last_message?.seq === message.seq ? laterOf(known.last_message, message) : known.last_message;
  const conversation = { ...known, last_message: last, last_revision: Math.max(known.last_revision, message.revision ?? 0) };
  return { ...next, conversations: { ...next.conversations, [id]: conversation } };
}

export function applyChangedMessages(state: InboxState, id: Id, page: ChangedMessages): InboxState {
  const thread = state.threads[id];
  return thread ? { ...state, threads: { ...state.threads, [id]: { ...thread, log: applyChangedPage(thread.log, page) } } } : state;
}
