import { expect, test } from "vitest";

import { describeBrowser } from "./describeBrowser";

test("WeChat on a phone is WeChat, although it says Chrome and Safari too", () => {
  const agent = "Mozilla/5.0 (Linux; Android 14; M2102) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36 MicroMessenger/8.0.50";
  expect(describeBrowser(agent)).toEqual({ browser: "WeChat", system: "Android", isPhone: true });
});

test("a desk browser", () => {
  const agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0";
  expect(describeBrowser(agent)).toEqual({ browser: "Edge", system: "Windows", isPhone: false });
});

test("nothing is known of a session without the header", () => {
  expect(describeBrowser(null)).toEqual({ browser: "", system: "", isPhone: false });
});
