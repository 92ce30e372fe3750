import { expect, test } from "vitest";

import { matchLanguage } from "./language";
import { fileSize } from "./size";

test("the first language we speak wins, and Chinese where there is none", () => {
  expect(matchLanguage(["zh-TW", "en"])).toBe("zh-CN");
  expect(matchLanguage(["fr-FR", "en-GB", "zh"])).toBe("en");
  expect(matchLanguage(["fr-FR"])).toBe("zh-CN");
  expect(matchLanguage([])).toBe("zh-CN");
});

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.0 KB"],
  [3500, "3.4 KB"],
  [12 * 1024 * 1024, "12 MB"],
  [1024 ** 4, "1024 GB"],
])("%d bytes read %s", (bytes, text) => {
  expect(fileSize(bytes)).toBe(text);
});
