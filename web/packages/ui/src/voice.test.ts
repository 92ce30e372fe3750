import { describe, expect, it } from "vitest";

import { barsOf, spokenLength } from "./voice";

describe("a recording", () => {
  it("is drawn by the loudest of each part", () => {
    expect(barsOf([1, 9, 2, 3, 8, 0], 3)).toEqual([9, 3, 8]);
    expect(barsOf([5, 7], 40)).toEqual([5, 7]);
    expect(barsOf([])).toEqual([]);
    expect(barsOf(Array.from({ length: 600 }, (_, at) => at % 100))).toHaveLength(40);
  });

  it("is as long as one says it is", () => {
    expect([0, 400, 12_400, 59_600, 65_000].map(spokenLength)).toEqual(["1″", "1″", "12″", "1′00″", "1′05″"]);
  });
});
