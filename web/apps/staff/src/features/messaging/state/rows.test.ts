import type { Message, Outgoing } from "@hutong/realtime";
import { describe, expect, it } from "vitest";

import { rowsOf, type Row, type RowOptions } from "./rows";

const ME = "1";
const OTHER = "2";
const options: RowOptions = { personId: ME, readSeq: null, hasOlder: false, uploads: [], now: new Date("2026-11-24T10:00:00+08:00") };

function message(seq: number, at: string, sender = OTHER): Message {
  return {
    conversation_id: "c", seq, sender_id: sender, client_id: `k${seq}`, kind: "text", text: "好", file: null, notice: null, sent_at: new Date(`2026-11-${at}:00+08:00`).toISOString(),
  };
}

const shape = (rows: readonly Row[]) =>
  rows.map((row) => (row.type === "bubble" ? `${row.startsGroup ? "[" : ""}${row.bubble.seq ?? "…"}${row.endsGroup ? "]" : ""}` : row.type));

describe("rows", () => {
  it("are grouped by sender and time, and parted by days of the reader", () => {
    const messages = [message(1, "23T23:58"), message(2, "23T23:59"), message(3, "24T00:01"), message(4, "24T00:02", ME), message(5, "24T09:00", ME)];
    expect(shape(rowsOf({ messages, echoes: [] }, options))).toEqual(["day", "[1", "2]", "day", "[3]", "[4]", "[5]"]);
  });

  it("have the line before the first unread of others", () => {
    const messages = [message(1, "24T08:00"), message(2, "24T08:01", ME), message(3, "24T08:02"), message(4, "24T08:03")];
    expect(shape(rowsOf({ messages, echoes: [] }, { ...options, readSeq: 1 }))).toEqual(["day", "[1]", "[2]", "unread", "[3", "4]"]);
    expect(shape(rowsOf({ messages, echoes: [] }, { ...options, readSeq: 4 }))).not.toContain("unread");
    expect(shape(rowsOf({ messages: messages.slice(2), echoes: [] }, { ...options, readSeq: 1, hasOlder: true }))).not.toContain("unread");
  });

  it("keep an element from echo to message", () => {
    const echo: Outgoing = { client_id: "k2", conversation_id: "c", kind: "text", text: "好", file_id: null, file: null, created_at: "2026-11-24T01:00:00Z", failure: null };
    const first = message(1, "24T08:59");
    const before = rowsOf({ messages: [first], echoes: [echo] }, options);
    const arrived = rowsOf({ messages: [first, message(2, "24T09:00", ME)], echoes: [] }, options);
    expect(before.map((it) => it.key)).toEqual(arrived.map((it) => it.key));
    expect(new Set(arrived.map((it) => it.key)).size).toBe(arrived.length);
  });
});
