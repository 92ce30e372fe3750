import type { Message, PinnedMessages } from "@hutong/realtime";
import { describe, expect, it } from "vitest";

import { concernsPins, withPin } from "./pins";

function said(seq: number, revision: number, at?: string, text = "好"): Message {
  const bare = { conversation_id: "1", seq, sender_id: "lin", client_id: `c${seq}`, kind: "text", text, file: null, notice: null, sent_at: "2026-11-25T00:00:00Z", revision } as const;
  return at ? { ...bare, pinned: { by_id: "lin", at: `2026-11-25T0${at}:00:00Z` } } : bare;
}

const pins: PinnedMessages = { items: [said(4, 2, "2"), said(1, 1, "1")], people: [], last_revision: 5 };
const seqs = ({ items }: PinnedMessages) => items.map((it) => it.seq);

describe("what is put up", () => {
  it("has the latest first, and each once", () => {
    const more = withPin(pins, said(2, 6, "3"));
    expect(seqs(more)).toEqual([2, 4, 1]);
    expect(withPin(more, said(2, 6, "3"))).toBe(more);
  });

  it("follows an edit in its place, and loses what was taken down or back", () => {
    const edited = withPin(pins, said(1, 7, "1", "改过"));
    expect([seqs(edited), edited.items[1]!.text]).toEqual([[4, 1], "改过"]);
    expect(seqs(withPin(edited, said(4, 8)))).toEqual([1]);
  });

  it("takes nothing that is older than what it knows", () => {
    expect(withPin(pins, said(9, 5, "4"))).toBe(pins);
    const later = withPin(pins, said(1, 9, "1", "后来"));
    expect(withPin(later, said(1, 7, "1", "之前"))).toBe(later);
  });

  it("does not mind what happens to other messages", () => {
    expect([concernsPins(pins, said(4, 8)), concernsPins(pins, said(9, 8)), concernsPins(pins, said(9, 8, "4"))]).toEqual([true, false, true]);
  });
});
