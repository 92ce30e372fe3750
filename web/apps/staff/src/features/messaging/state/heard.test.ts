import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { Heard } from "./heard";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function server(heard: number[]) {
  const asked: (readonly number[])[] = [];
  const told: number[] = [];
  const api = {
    listHeardVoices: (_: string, seqs: readonly number[]) => (asked.push(seqs), Promise.resolve(seqs.filter((seq) => heard.includes(seq)))),
    putHeard: (_: string, seq: number) => (told.push(seq), Promise.resolve()),
  };
  return { api, asked, told };
}

it("asks once for what is in sight, and knows nothing before the answer", async () => {
  const { api, asked } = server([2]);
  const heard = new Heard(api);
  for (const seq of [1, 2, 1]) heard.want("c", seq);
  expect(heard.isUnheard("c", 1)).toBe(false);
  await vi.runAllTimersAsync();
  heard.want("c", 1);
  await vi.runAllTimersAsync();
  expect(asked).toEqual([[1, 2]]);
  expect([1, 2, 3].map((seq) => heard.isUnheard("c", seq))).toEqual([true, false, false]);
});

it("tells what is heard here, and an older answer does not undo it", async () => {
  const { api, told } = server([]);
  const heard = new Heard(api);
  heard.want("c", 1);
  await vi.advanceTimersByTimeAsync(40);
  heard.hear("c", 1);
  await vi.runAllTimersAsync();
  expect(told).toEqual([1]);
  expect(heard.isUnheard("c", 1)).toBe(false);
});

it("tells again what could not be told", async () => {
  const { api, told } = server([]);
  const putHeard = vi.fn(api.putHeard).mockRejectedValueOnce({ status: 0 });
  const heard = new Heard({ ...api, putHeard });
  heard.hear("c", 1);
  await vi.runAllTimersAsync();
  expect(told).toEqual([1]);
});

it("after an absence asks again for what was not heard", async () => {
  const { api, asked } = server([]);
  const heard = new Heard(api);
  heard.want("c", 1);
  heard.want("c", 2);
  await vi.runAllTimersAsync();
  heard.take("c", 2);
  heard.lookAgain();
  await vi.runAllTimersAsync();
  expect(asked).toEqual([[1, 2], [1]]);
});
