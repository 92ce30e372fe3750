import type { Message } from "@hutong/realtime";
import { describe, expect, it } from "vitest";

import type { Thread } from "./inbox";
import { trimThread } from "./window";

const message = (seq: number): Message => ({
  conversation_id: "c1", seq, sender_id: "2", client_id: `k${seq}`, kind: "text", text: "", file: null, notice: null, sent_at: "2026-11-24T01:00:00Z",
});
const run = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => message(from + at));
const thread = (from: number, to: number, rest: Partial<Thread> = {}): Thread => ({ log: { items: run(from, to), ahead: [], revision: 7 }, hasOlder: false, hasNewer: false, ...rest });
const seqs = ({ log }: Thread) => [log.items[0]?.seq, log.items[log.items.length - 1]?.seq];

describe("a thread that is trimmed", () => {
  it("keeps what is near, and knows that there is more where it was cut", () => {
    const kept = trimThread(thread(1, 900), 300, 500);
    expect(seqs(kept)).toEqual([300, 500]);
    expect([kept.hasOlder, kept.hasNewer]).toEqual([true, true]);
    expect(kept.log.revision).toBe(7);
  });

  it("is whole at the end that was not cut, and still hears what is said", () => {
    const heard = { ...thread(1, 900), log: { items: run(1, 900), ahead: [message(903)], revision: 0 } };
    const kept = trimThread(heard, 700, 2_000);
    expect([kept.hasOlder, kept.hasNewer]).toEqual([true, false]);
    expect(kept.log.ahead).toHaveLength(1);
  });

  it("forgets what was heard beyond an end that is cut: it comes when the reader does", () => {
    const heard = { ...thread(1, 900), log: { items: run(1, 900), ahead: [message(903)], revision: 0 } };
    expect(trimThread(heard, 1, 500).log.ahead).toEqual([]);
  });

  it("is the same one where nothing is far away, and never becomes empty", () => {
    const whole = thread(5, 90, { hasOlder: true });
    expect(trimThread(whole, -100, 200)).toBe(whole);
    expect(trimThread(whole, 500, 600)).toBe(whole);
  });
});
