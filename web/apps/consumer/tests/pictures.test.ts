import { describe, expect, it } from "vitest";

import { fittingSize, needsEncoding } from "../src/pictures";

describe("a picture", () => {
  it("is made to fit, never larger", () => {
    expect(fittingSize(4000, 3000)).toEqual({ width: 2560, height: 1920 });
    expect(fittingSize(3000, 8000)).toEqual({ width: 960, height: 2560 });
    expect(fittingSize(800, 600)).toEqual({ width: 800, height: 600 });
    expect(fittingSize(100_000, 1)).toEqual({ width: 2560, height: 1 });
  });
  it("is encoded again only where that helps", () => {
    expect(needsEncoding({ type: "image/jpeg", size: 900_000 }, 2000, 1500)).toBe(false);
    expect(needsEncoding({ type: "image/jpeg", size: 900_000 }, 4000, 3000)).toBe(true);
    expect(needsEncoding({ type: "image/png", size: 5_000_000 }, 2000, 1500)).toBe(true);
    expect(needsEncoding({ type: "image/heic", size: 900_000 }, 800, 600)).toBe(true);
    expect(needsEncoding({ type: "image/gif", size: 5_000_000 }, 4000, 3000)).toBe(false);
  });
});
