import type { Conversation } from "@hutong/realtime";
import { describe, expect, it } from "vitest";

import { AS_BEGUN, howInvites, managedGroups, mayEditGroup, mayMentionAll } from "./groups";
import { applyEvent, emptyInbox } from "./inbox";

const group: Conversation = {
  id: "1", kind: "group", name: "试驾", is_external: false, owner_id: "lin", participant_count: 3, people: [], last_seq: 1, last_revision: 0, read_seq: 1,
  unread_count: 0, peer_read_seq: null, last_message: null, last_active_at: "2026-11-25T00:00:00Z", has_left: false, can_publish: true,
};
const governed = (change: Partial<typeof AS_BEGUN>): Conversation => ({ ...group, group: { ...AS_BEGUN, revision: 2, ...change } });
const inbox = (conversation: Conversation) => applyEvent(emptyInbox("zhao"), { type: "conversation", conversation });

describe("a group that governs itself", () => {
  it("is open to everybody as it begins", () => {
    expect([howInvites(group, "chen"), mayEditGroup(group, "chen"), mayMentionAll(group, "chen")]).toEqual(["at_once", true, true]);
  });

  it("lets its owner and deputies do what it keeps from others", () => {
    const strict = governed({ deputy_ids: ["zhao"], who_invites: "managers", who_mentions_all: "managers", who_edits: "managers" });
    for (const who of ["lin", "zhao"]) expect([howInvites(strict, who), mayEditGroup(strict, who), mayMentionAll(strict, who)]).toEqual(["at_once", true, true]);
    expect([howInvites(strict, "chen"), mayEditGroup(strict, "chen"), mayMentionAll(strict, "chen")]).toEqual(["never", false, false]);
    expect(howInvites(governed({ who_invites: "approval" }), "chen")).toBe("asks");
  });

  it("keeps mentioning everybody in a large group to its managers", () => {
    expect(mayMentionAll({ ...group, participant_count: 101 }, "chen")).toBe(false);
    expect(mayMentionAll({ ...group, participant_count: 101 }, "lin")).toBe(true);
  });

  it("is as the greater revision says, whichever came first", () => {
    const frame = (revision: number, deputy_ids: string[]) => ({ type: "group", conversation_id: "1", group: { ...AS_BEGUN, revision, deputy_ids } }) as const;
    let state = applyEvent(inbox(group), frame(3, ["zhao"]));
    expect(managedGroups(state)).toBe("1");
    state = applyEvent(state, frame(2, []));
    state = applyEvent(state, { type: "conversation", conversation: group });
    expect(managedGroups(state)).toBe("1");
    state = applyEvent(state, { type: "conversation", conversation: { ...group, group: { ...AS_BEGUN, revision: 4 } } });
    expect(managedGroups(state)).toBe("");
  });
});
