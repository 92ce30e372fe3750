/** What the company keeps no longer goes from the beginning of a conversation. Pure, like the inbox. */
import { logFrom, type Conversation, type Id } from "@hutong/realtime";

import type { InboxState } from "./inbox";
import { withMention } from "./mentions";

export function applyRemoved(state: InboxState, id: Id, firstSeq: number): InboxState {
  const known = state.conversations[id];
  const thread = state.threads[id];
  const log = thread && logFrom(thread.log, firstSeq);
  // Where the beginning that is left is loaded, nothing is before it; where nothing is loaded any more, it may be.
  const begins = log?.items[0]?.seq === firstSeq;
  const threads = thread && log && (log !== thread.log || begins) ? { ...state.threads, [id]: { ...thread, log, hasOlder: thread.hasOlder && !begins && log.items.length > 0 } } : state.threads;
  const conversations = known ? { ...state.conversations, [id]: withoutBeginning(known, firstSeq) } : state.conversations;
  return { ...state, conversations, threads };
}

/** Nothing before `firstSeq` is unread, or said last. */
function withoutBeginning(known: Conversation, firstSeq: number): Conversation {
  const read_seq = Math.max(known.read_seq, firstSeq - 1);
  const last_message = known.last_message && known.last_message.seq >= firstSeq ? known.last_message : null;
  const unread_count = Math.min(known.unread_count, Math.max(0, known.last_seq - read_seq));
  return withMention({ ...known, first_seq: Math.max(known.first_seq ?? 1, firstSeq), read_seq, unread_count, last_message }, known.mention_seq ?? 0);
}
