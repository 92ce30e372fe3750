import { describe, expect, it } from "vitest";
import {
  applyMessage,
  applyPage,
  emptyLog,
  fetchNewer,
  lastSeq,
  pendingEchoes,
  visibleMessages,
  type Message,
  type MessageLog,
} from "../src";
import { said, unsent } from "./cast";

const seqs = (log: MessageLog) => visibleMessages(log).map((message) => message.seq);
const page = (...from: number[]) => from.map((seq) => said(seq));
const logOf = (...from: number[]) => applyPage(emptyLog, page(...from), 0);

describe("a message heard", () => {
  it("is appended when it is the next", () => {
    const { log, askAfter } = applyMessage(logOf(1, 2), said(3));
    expect([seqs(log), askAfter]).toEqual([[1, 2, 3], null]);
  });
  it("changes nothing when its seq is known", () => {
    const log = logOf(1, 2);
    expect(applyMessage(log, said(2)).log).toBe(log);
  });
  it("beyond a hole is shown and asked for, and falls into line when the hole is filled", () => {
    const { log, askAfter } = applyMessage(logOf(1, 2), said(5));
    expect([seqs(log), lastSeq(log), askAfter]).toEqual([[1, 2, 5], 2, 2]);
    const again = applyMessage(log, said(5)).log;
    expect(seqs(applyPage(again, page(3, 4), 0))).toEqual([1, 2, 3, 4, 5]);
    expect(lastSeq(applyPage(again, page(3, 4), 0))).toBe(5);
    expect(applyPage(again, page(3, 4, 5), 0).ahead).toEqual([]);
  });
  it("is the same log whatever the order and however often", () => {
    // Every order of six messages, each heard twice, with the hole filled whenever it is asked for.
    const orders = (rest: number[]): number[][] =>
      rest.length ? rest.flatMap((n) => orders(rest.filter((m) => m !== n)).map((tail) => [n, ...tail])) : [[]];
    for (const order of orders([1, 2, 3, 4, 5, 6])) {
      let log = emptyLog;
      for (const seq of [...order, ...order]) {
        const step = applyMessage(log, said(seq));
        log = step.log;
      }
      expect(log.items).toEqual(page(1, 2, 3, 4, 5, 6));
      expect(log.ahead).toEqual([]);
    }
  });
});

describe("a page", () => {
  it("joins where it touches or overlaps", () => {
    expect(seqs(applyPage(logOf(5, 6), page(3, 4), 0))).toEqual([3, 4, 5, 6]);
    expect(seqs(applyPage(logOf(5, 6), page(6, 7), 0))).toEqual([5, 6, 7]);
    expect(seqs(applyPage(logOf(5, 6), page(4, 5, 6, 7), 0))).toEqual([4, 5, 6, 7]);
    expect(seqs(applyPage(logOf(5, 6), [], 0))).toEqual([5, 6]);
  });
  it("replaces where it does not: a log never has a hole", () => {
    expect(seqs(applyPage(logOf(5, 6), page(9, 10), 0))).toEqual([9, 10]);
    expect(seqs(applyPage(logOf(5, 6), page(1, 2), 0))).toEqual([1, 2]);
  });
});

describe("echoes", () => {
  it("go when the log has their client_id", () => {
    const outgoing = [unsent("a"), unsent("b", { conversation_id: null }), unsent("c", { conversation_id: "8" })];
    const before = pendingEchoes(logOf(1), outgoing, "7");
    expect(before.map((m) => m.client_id)).toEqual(["a", "b"]);
    const after = pendingEchoes(applyMessage(logOf(1), said(2, { client_id: "a" })).log, outgoing, "7");
    expect(after.map((m) => m.client_id)).toEqual(["b"]);
  });
});

describe("catching up", () => {
  it("asks until there is nothing newer", async () => {
    const all = page(1, 2, 3, 4, 5);
    let log = logOf(1);
    const asked: number[] = [];
    const fetchPage = (after: number) => {
      asked.push(after);
      const items: Message[] = all.filter((message) => message.seq > after).slice(0, 2);
      return Promise.resolve({ items, has_newer: after + 2 < 5 });
    };
    await fetchNewer(1, fetchPage, (got) => (log = applyPage(log, got.items, 0)));
    expect([seqs(log), asked]).toEqual([
      [1, 2, 3, 4, 5],
      [1, 3],
    ]);
  });
  it("stops at a page that brings nothing", async () => {
    let count = 0;
    await fetchNewer(
      3,
      () => Promise.resolve({ items: [], has_newer: true, count: ++count }),
      () => undefined,
    );
    expect(count).toBe(1);
  });
});
