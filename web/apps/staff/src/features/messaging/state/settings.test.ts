import type { Conversation, ConversationSettings, Person } from "@hutong/realtime";
import { describe, expect, it } from "vitest";

import { applyEvent, emptyInbox, type InboxState } from "./inbox";
import { shelvesOf, totalUnread } from "./selectors";

const lin: Person = { id: "1", kind: "member", name: "林晓", avatar_url: null, is_active: true };

function conversation(id: string, last_seq: number, unread_count: number): Conversation {
  return {
    id, kind: "group", name: id, is_external: false, owner_id: null, participant_count: 1, people: [lin], last_seq, last_revision: 0,
    read_seq: last_seq - unread_count, unread_count, peer_read_seq: null, last_message: null, last_active_at: `2026-11-24T0${last_seq}:00:00Z`,
    has_left: false, can_publish: true,
  };
}

function kept(conversation_id: string, changes: Partial<ConversationSettings>): ConversationSettings {
  return { conversation_id, revision: 1, is_muted: false, is_pinned: false, archived_seq: null, is_marked_unread: false, seen_notice_seq: 0, ...changes };
}

function inboxWith(...settings: ConversationSettings[]): InboxState {
  const conversations = [conversation("a", 1, 1), conversation("b", 2, 2), conversation("c", 3, 0)];
  const known = conversations.reduce((state, it) => applyEvent(state, { type: "conversation", conversation: it }), emptyInbox(lin.id));
  return applyEvent(known, { type: "settings", settings });
}

const listed = (state: InboxState) => shelvesOf(state).listed.map((it) => it.id);
const archived = (state: InboxState) => shelvesOf(state).archived.map((it) => it.id);

describe("what one keeps for oneself", () => {
  it("puts on top what is pinned, the others stay in their order", () => {
    expect(listed(inboxWith())).toEqual(["c", "b", "a"]);
    const state = inboxWith(kept("a", { is_pinned: true }));
    expect(listed(state)).toEqual(["a", "c", "b"]);
    expect(shelvesOf(state)).toBe(shelvesOf(applyEvent(state, { type: "connection", state: "open" })));
  });

  it("counts nothing of what is muted, and one for what is marked as unread", () => {
    expect(totalUnread(inboxWith())).toBe(3);
    expect(totalUnread(inboxWith(kept("b", { is_muted: true })))).toBe(1);
    expect(totalUnread(inboxWith(kept("c", { is_marked_unread: true })))).toBe(4);
    expect(totalUnread(inboxWith(kept("b", { is_muted: true, is_marked_unread: true })))).toBe(1);
  });

  it("brings back what is archived when something is said, unless it is muted", () => {
    const state = inboxWith(kept("b", { archived_seq: 2 }), kept("c", { archived_seq: 1 }));
    expect([listed(state), archived(state), totalUnread(state)]).toEqual([["c", "a"], ["b"], 1]);
    const quiet = inboxWith(kept("c", { archived_seq: 1, is_muted: true }));
    expect([listed(quiet), archived(quiet)]).toEqual([["b", "a"], ["c"]]);
  });

  it("takes the later of two, in whichever order they come", () => {
    const later = kept("a", { revision: 2 });
    const state = applyEvent(inboxWith(later), { type: "settings", settings: [kept("a", { is_muted: true })] });
    expect(state.settings["a"]).toEqual(later);
  });
});
