import { applyPage, emptyLog, type Message, type Outgoing } from "@hutong/realtime";
import { describe, expect, it, vi } from "vitest";

vi.stubGlobal("navigator", { languages: ["zh-CN"] });
const { rowsOf } = await import("../src/rows");
const { dayName, fileSize, separatorBetween } = await import("../src/times");
type State = Parameters<typeof rowsOf>[0];

const now = new Date("2026-11-24T10:00:00+08:00");
const said = (seq: number, more: Partial<Message> = {}): Message => ({
  conversation_id: "7",
  seq,
  sender_id: "wu",
  client_id: `c${seq}`,
  kind: "text",
  text: "您好",
  file: null,
  notice: null,
  sent_at: `2026-11-24T09:${String(seq).padStart(2, "0")}:00+08:00`,
  ...more,
});
const echo = (client_id: string): Outgoing => ({
  client_id,
  conversation_id: null,
  kind: "text",
  text: "在吗",
  file_id: null,
  file: null,
  created_at: "2026-11-24T02:00:00.000Z",
  failure: null,
});
const stateOf = (messages: Message[], more: Partial<State> = {}) =>
  ({
    me: { person_id: "wu", conversation_id: "7" },
    way: { company: { name: "蓝汀汽车" }, member: { name: "林晓" }, me: null },
    log: applyPage(emptyLog, messages, 0),
    outgoing: [],
    pictures: [],
    files: [],
    peerReadSeq: 0,
    names: { lin: "林晓", zhao: "赵店长" },
    ...more,
  }) as unknown as State;
const shown = (state: State) =>
  rowsOf(state, now).map((row) =>
    row.is === "message" ? [row.message.seq, row.speaker, row.mark] : row.is === "separator" ? row.text : row.is,
  );

describe("the rows of a talk", () => {
  it("mark the newest own message as sent, then read", () => {
    expect(shown(stateOf([said(1), said(2), said(3, { sender_id: "lin" })]))).toEqual([
      "今天 09:01",
      [1, null, null],
      [2, null, "已发送"],
      [3, null, null],
    ]);
    expect(shown(stateOf([said(1), said(2)], { peerReadSeq: 2 })).pop()).toEqual([2, null, "已读"]);
  });
  it("name a colleague who joins in, once", () => {
    const zhao = { sender_id: "zhao" };
    const rows = shown(stateOf([said(1, { sender_id: "lin" }), said(2, zhao), said(3, zhao)]));
    expect(rows.slice(1)).toEqual([
      [1, null, null],
      [2, "赵店长", null],
      [3, null, null],
    ]);
  });
  it("show an echo until its message is there, in the same place", () => {
    const before = rowsOf(stateOf([said(1)], { outgoing: [echo("c2")] }), now);
    const after = rowsOf(stateOf([said(1), said(2)], { outgoing: [echo("c2")] }), now);
    expect([before.length, after.length]).toEqual([3, 3]);
    expect(before[2]!.key).toBe(after[2]!.key);
  });
  it("keep the staff's notices to the staff, and say who took over", () => {
    const notice = (action: string) =>
      said(2, {
        kind: "notice",
        notice: { action, by_id: null, people: [{ id: "zhao", name: "赵店长" }], name: null } as Message["notice"],
      });
    expect(rowsOf(stateOf([said(1), notice("customer_arrived")]), now)).toHaveLength(2);
    expect(rowsOf(stateOf([said(1), notice("owner_changed")]), now)[2]).toMatchObject({ is: "notice", text: "现在由赵店长为您服务" });
  });
});

describe("times", () => {
  const at = (text: string) => new Date(`${text}+08:00`);
  it("stand where the day changes or silence was long", () => {
    expect(separatorBetween(at("2026-11-24T09:00:00"), at("2026-11-24T08:30:00"), at("2026-11-24T09:05:00"), now)).toBeNull();
    expect(separatorBetween(at("2026-11-24T09:00:00"), at("2026-11-24T09:00:00"), at("2026-11-24T09:30:00"), now)).toBe("今天 09:30");
    expect(separatorBetween(at("2026-11-23T23:59:00"), at("2026-11-23T23:59:00"), at("2026-11-24T00:01:00"), now)).toBe("今天 00:01");
    expect(separatorBetween(at("2026-11-24T09:55:00"), at("2026-11-24T08:55:00"), at("2026-11-24T09:56:00"), now)).toBe("今天 09:56");
  });
  it("name the day as one says it", () => {
    expect([dayName(at("2026-11-23T23:00:00"), now), dayName(at("2026-10-01T09:00:00"), now)]).toEqual(["昨天", "10月1日"]);
    expect(dayName(at("2025-12-31T09:00:00"), now)).toBe("2025年12月31日");
  });
  it("sizes are short", () => {
    expect([0, 999, 1000, 1_500_000, 52_428_800].map(fileSize)).toEqual(["0 B", "999 B", "1.0 KB", "1.4 MB", "50 MB"]);
  });
});
