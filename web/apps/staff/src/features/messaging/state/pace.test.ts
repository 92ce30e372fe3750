import { expect, it } from "vitest";

import { Pace } from "./pace";

it("says nothing for a second, then how fast the last five went", () => {
  const pace = new Pace();
  expect(pace.tell(0, 0)).toBeNull();
  expect(pace.tell(500, 500)).toBeNull();
  expect(pace.tell(1_000, 1_000)).toBe(1_000);
  for (let at = 2_000; at <= 12_000; at += 1_000) pace.tell(1_000 + (at - 1_000) * 4, at);
  expect(pace.tell(1_000 + 12_000 * 4, 13_000)).toBe(4_000);
});

it("counts no rest, and no bytes that went once more", () => {
  const pace = new Pace();
  pace.tell(0, 0);
  pace.tell(5_000, 5_000);
  pace.rest();
  expect(pace.tell(4_000, 60_000)).toBeNull();
  expect(pace.tell(6_000, 62_000)).toBe(1_000);
});
