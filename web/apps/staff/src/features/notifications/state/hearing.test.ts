import { describe, expect, it } from "vitest";

import { emptyInbox } from "../../messaging/state/inbox";
import { isQuiet, wantsToHear } from "./hearing";

const at = (text: string) => new Date(`2026-11-25T${text}:00+08:00`);
const night = { begins: "22:00", ends: "08:00", time_zone: "Asia/Shanghai" };

describe("quiet hours", () => {
  it("reach past midnight, from their beginning until before their end", () => {
    const quiet = ["21:59", "22:00", "23:59", "00:00", "07:59", "08:00"].map((it) => isQuiet(night, at(it)));
    expect(quiet).toEqual([false, true, true, true, true, false]);
  });

  it("go by the clocks of their time zone", () => {
    expect(isQuiet({ ...night, time_zone: "America/New_York" }, at("12:00"))).toBe(true);
    expect(isQuiet(null, at("03:00"))).toBe(false);
  });
});

describe("what a person wants to hear of", () => {
  const conversation = { id: "7", kind: "group", read_seq: 3, last_seq: 4 } as never;
  const state = { ...emptyInbox("1"), conversations: { "7": conversation } };
  const said = { conversation_id: "7", seq: 4, sender_id: "2", kind: "text" } as never;
  const but = (more: object) => ({ ...(said as object), ...more }) as never;

  it("is what others say and they have not read", () => {
    expect(wantsToHear(state, said)).toBe(true);
    expect(wantsToHear(state, but({ sender_id: "1" }))).toBe(false);
    expect(wantsToHear(state, but({ seq: 3 }))).toBe(false);
    expect(wantsToHear(state, but({ conversation_id: "8" }))).toBe(false);
  });

  it("is not that somebody came or went", () => {
    expect(wantsToHear(state, but({ kind: "notice" }))).toBe(false);
  });

  it("is in a muted talk only what calls on them", () => {
    const muted = { ...state, settings: { "7": { conversation_id: "7", revision: 1, is_muted: true, is_pinned: false, archived_seq: null, is_marked_unread: false, seen_notice_seq: 0 } } };
    expect(wantsToHear(muted, said)).toBe(false);
    expect(wantsToHear(muted, but({ mentions: { everybody: false, people: [{ id: "1", name: "林晓" }] } }))).toBe(true);
  });
});
