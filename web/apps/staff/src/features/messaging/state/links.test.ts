import { describe, expect, it } from "vitest";

import { textParts } from "./links";

const links = (text: string) => textParts(text).flatMap((it) => (it.href ? [it.href] : []));

describe("addresses in a text", () => {
  it("are found between Chinese characters", () => {
    expect(textParts("请看https://lanting.cn/l7，谢谢")).toEqual([
      { text: "请看", href: null },
      { text: "https://lanting.cn/l7", href: "https://lanting.cn/l7" },
      { text: "，谢谢", href: null },
    ]);
  });

  it("leave the punctuation of the sentence outside", () => {
    expect(links("See https://a.example/x. And (https://b.example/y)!")).toEqual(["https://a.example/x", "https://b.example/y"]);
    expect(links("https://en.example/wiki/Hutong_(lane)")).toEqual(["https://en.example/wiki/Hutong_(lane)"]);
  });

  it("get the secure scheme where none is written", () => {
    expect(links("www.lanting.cn")).toEqual(["https://www.lanting.cn/"]);
  });

  it("are never anything that runs", () => {
    expect(links("javascript:alert(1) data:text/html,x vbscript:x file:///etc/passwd")).toEqual([]);
  });

  it("keep every character of the text", () => {
    for (const text of ["a\nb <b>c</b>", "https://", "www.", "（https://a.example/）", "😀https://a.example😀"]) {
      expect(textParts(text).map((it) => it.text).join("")).toBe(text);
    }
  });
});
