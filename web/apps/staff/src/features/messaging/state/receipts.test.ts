// @vitest-environment jsdom
import type { Receipt } from "@hutong/api";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { Receipts } from "./receipts";

const unread = new Map<number, number>();
const asked: string[] = [];
let isDown = false;

function receiptsOf(participants: number): Receipts {
  const ask = (id: string, from: number, to: number): Promise<readonly Receipt[]> => {
    asked.push(`${id} ${from}-${to}`);
    if (isDown) return Promise.reject(new Error("down"));
    const seqs = [...unread.keys()].filter((seq) => seq >= from && seq <= to);
    return Promise.resolve(seqs.map((seq) => ({ seq, read_count: 9 - unread.get(seq)!, unread_count: unread.get(seq)! })));
  };
  return new Receipts(ask, () => participants > 200);
}

beforeEach(() => {
  vi.useFakeTimers();
  unread.clear();
  asked.length = 0;
  isDown = false;
});
afterEach(() => vi.useRealTimers());

it("what comes into view together is asked for together, once", async () => {
  unread.set(3, 2).set(7, 1);
  const receipts = receiptsOf(10);
  receipts.watch("g", 3);
  receipts.watch("g", 7);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toEqual(["g 3-7"]);
  expect(receipts.get("g", 3)?.unread_count).toBe(2);
});

it("many who read within a second are one question, and what all have read is asked for no more", async () => {
  unread.set(3, 2).set(7, 2);
  const receipts = receiptsOf(10);
  receipts.watch("g", 3);
  receipts.watch("g", 7);
  await vi.advanceTimersByTimeAsync(2_000);
  unread.set(3, 0);
  for (let at = 0; at < 20; at += 1) receipts.touch("g");
  await vi.advanceTimersByTimeAsync(2_000);
  receipts.touch("g");
  await vi.advanceTimersByTimeAsync(2_000);
  expect(asked).toEqual(["g 3-7", "g 3-7", "g 7-7"]);
});

it("in a large group it asks every five seconds while somebody has not read, and stops when it goes out of view", async () => {
  unread.set(3, 2);
  const receipts = receiptsOf(10_000);
  const unwatch = receipts.watch("g", 3);
  receipts.touch("g");
  await vi.advanceTimersByTimeAsync(15_500);
  expect(asked).toHaveLength(4);
  unwatch();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(asked.length).toBeLessThanOrEqual(5);
  receipts.watch("g", 3);
  unread.set(3, 0);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(receipts.get("g", 3)?.unread_count).toBe(0);
});

it("what fails is asked for again", async () => {
  unread.set(3, 2);
  isDown = true;
  const receipts = receiptsOf(10);
  receipts.watch("g", 3);
  await vi.advanceTimersByTimeAsync(1_000);
  isDown = false;
  await vi.advanceTimersByTimeAsync(6_000);
  expect(receipts.get("g", 3)?.unread_count).toBe(2);
});

it("far apart is asked for in parts of a hundred places", async () => {
  unread.set(3, 1).set(250, 1);
  const receipts = receiptsOf(10);
  receipts.watch("g", 3);
  receipts.watch("g", 250);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked).toEqual(["g 151-250", "g 3-3"]);
});
