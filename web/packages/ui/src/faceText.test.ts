import { expect, test } from "vitest";

import { FACE_COLOURS, faceColour, faceText } from "./faceText";

test.each([
  ["林晓", "林晓", "晓"],
  ["欧阳晓东", "晓东", "东"],
  ["吴女士", "吴", "吴"],
  ["欧阳先生", "欧阳", "欧"],
  ["访客KEHM", "HM", "M"],
  ["Sun Wei", "SW", "S"],
  ["hengda", "H", "H"],
  ["Lin 林", "林", "林"],
  ["👋", "👋", "👋"],
  ["  ", "·", "·"],
])("%s shows %s, small %s", (name, two, one) => {
  expect(faceText(name)).toBe(two);
  expect(faceText(name, 1)).toBe(one);
});

test("a person keeps their colour", () => {
  expect(faceColour("59270767002756843")).toBe(faceColour("59270767002756843"));
});

function luminance(hex: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  const [r = 0, g = 0, b = 0] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

test.each(FACE_COLOURS.map((colour) => [colour]))("white reads on %s (WCAG AA)", (colour) => {
  expect(1.05 / (luminance(colour) + 0.05)).toBeGreaterThanOrEqual(4.5);
});
