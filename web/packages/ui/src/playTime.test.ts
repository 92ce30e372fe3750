import { expect, it } from "vitest";

import { playTime } from "./playTime";

it("says how long something plays as players do", () => {
  expect([0, 6_600, 65_000, 750_000, 3_723_000].map(playTime)).toEqual(["0:01", "0:07", "1:05", "12:30", "1:02:03"]);
});
