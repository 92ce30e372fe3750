import type { Conversation, Message, Person } from "@hutong/realtime";
import { expect, it } from "vitest";

import { applyEvent, emptyInbox, holeAfter, type InboxEvent, type InboxState } from "./inbox";

const lin: Person = { id: "1", kind: "member", name: "林晓", avatar_url: null, is_active: true };
const message = (seq: number): Message => ({
  conversation_id: "c1", seq, sender_id: "2", client_id: `${seq}`, kind: "text", text: `第 ${seq} 句`, file: null, notice: null, sent_at: "2026-11-24T01:00:00Z",
});
const conversation = (changes: Partial<Conversation> = {}): Conversation => ({
  id: "c1", kind: "group", name: "项目", is_external: false, owner_id: null, participant_count: 2, people: [lin], last_seq: 4, read_seq: 1, last_revision: 0, unread_count: 3,
  peer_read_seq: null, last_message: message(4), last_active_at: "2026-11-24T03:00:00Z", has_left: false, can_publish: true, mention_seq: 2, ...changes,
});
const known: InboxEvent = { type: "conversation", conversation: conversation() };
const loaded: InboxEvent = {
  type: "page", conversation_id: "c1", page: { items: [2, 3, 4].map(message), people: [], has_older: true, has_newer: false, last_revision: 0 },
};
const removed = (first_seq: number): InboxEvent => ({ type: "removed", conversation_id: "c1", first_seq });
const after = (...events: InboxEvent[]): InboxState => events.reduce(applyEvent, emptyInbox(lin.id));
const seqs = (state: InboxState) => state.threads["c1"]?.log.items.map((it) => it.seq);

it("what is kept no longer goes from the screen, and is neither unread nor called for", () => {
  const state = after(known, loaded, removed(3));
  expect(seqs(state)).toEqual([3, 4]);
  expect(state.threads["c1"]?.hasOlder).toBe(false);
  expect(state.conversations["c1"]).toMatchObject({ first_seq: 3, read_seq: 2, unread_count: 2, last_message: { seq: 4 } });
  expect(state.conversations["c1"]?.mention_seq).toBeUndefined();
});

it("a talk of which nothing is left goes on with what is said next", () => {
  const empty = after(known, loaded, removed(5));
  expect(seqs(empty)).toEqual([]);
  expect(empty.conversations["c1"]).toMatchObject({ unread_count: 0, last_message: null });
  const heard = applyEvent(empty, { type: "message", message: message(5) });
  expect(heard.conversations["c1"]).toMatchObject({ last_seq: 5, unread_count: 1 });
  // It stands beyond a hole that an answer closes.
  expect(holeAfter(heard, "c1")).toBe(0);
  const page = { items: [message(5)], people: [], has_older: false, has_newer: false, last_revision: 0, first_seq: 5 };
  expect(seqs(applyEvent(heard, { type: "page", conversation_id: "c1", page }))).toEqual([5]);
});

it("whoever was away learns it from the conversation, and an older view brings nothing back", () => {
  const told = conversation({ first_seq: 4, read_seq: 3, unread_count: 1 });
  const state = after(known, loaded, { type: "conversation", conversation: told });
  expect(seqs(state)).toEqual([4]);
  const late = applyEvent(state, { type: "conversation", conversation: conversation() });
  expect(late.conversations["c1"]).toMatchObject({ first_seq: 4, read_seq: 3 });
});
