import { describe, expect, it } from "vitest";

import { blocksOf, isInOpenFence, plainOf, type Span } from "./words";

const spans = (text: string): Span[] => blocksOf(text).flatMap((it) => (it.type === "code" ? [] : it.spans));
const links = (text: string) => spans(text).flatMap(({ href }) => href ?? []);
const kinds = (text: string) => blocksOf(text).map((it) => it.type);

describe("addresses in a text", () => {
  it.each([
    ["看 https://hutong.example/a?b=1&c=2#d 吧", ["https://hutong.example/a?b=1&c=2#d"]],
    ["在https://hutong.example/车。谢谢", ["https://hutong.example/"]],
    ["(https://x.example/a_(b))", ["https://x.example/a_(b)"]],
    ["https://x.example/, http://y.example/z!", ["https://x.example/", "http://y.example/z"]],
    ["See https://a.example/x. And (https://b.example/y)!", ["https://a.example/x", "https://b.example/y"]],
    ["www.lanting.example。", ["https://www.lanting.example/"]],
    ["HTTPS://X.EXAMPLE", ["https://x.example/"]],
    ["http://127.0.0.1:8080/c/a", ["http://127.0.0.1:8080/c/a"]],
    ["**https://x.example/a** ~~www.y.example~~", ["https://x.example/a", "https://www.y.example/"]],
    ["https://x.example/a_b_c~d**", ["https://x.example/a_b_c~d**"]],
  ])("%s", (text, found) => expect(links(text)).toEqual(found));

  it.each([
    "javascript:alert(1) data:text/html,x vbscript:x file:///etc/passwd",
    "https://",
    "http://.",
    "awww.x.example",
    "a@www.x.example",
    "`https://x.example`",
    "没有链接",
    "",
  ])("none in %s", (text) => expect(links(text)).toEqual([]));
});

describe("marks in a text", () => {
  it("make words strong, struck and code, in Chinese as in English", () => {
    expect(spans("请**务必。**今天~~明天~~用`npm i`，**a ~~b~~**")).toEqual([
      { text: "请" },
      { text: "务必。", isStrong: true },
      { text: "今天" },
      { text: "明天", isStruck: true },
      { text: "用" },
      { text: "npm i", isCode: true },
      { text: "，" },
      { text: "a ", isStrong: true },
      { text: "b", isStrong: true, isStruck: true },
    ]);
    expect(spans("``a ` b``")).toEqual([{ text: "a ` b", isCode: true }]);
    expect(spans("```one line```")).toEqual([{ text: "one line", isCode: true }]);
  });

  it.each(["2**3 和 3**2", "** 不 **", "****", "**一\n二**", "~~", "`", "``", "` `", "snake_case_name __init__ *x*", ">_< >1", "a ** b", "```", "```\n```"])(
    "are characters where they mark nothing: %s",
    (text) => expect(blocksOf(text)).toEqual([{ type: "words", spans: [{ text }] }]),
  );

  it("hold code as it was written", () => {
    expect(blocksOf("试试：\n```sql\nselect *\n  from **t**;\n```\n> 好的\n> 收到\n谢谢")).toEqual([
      { type: "words", spans: [{ text: "试试：" }] },
      { type: "code", language: "sql", text: "select *\n  from **t**;" },
      { type: "quote", spans: [{ text: "好的\n收到" }] },
      { type: "words", spans: [{ text: "谢谢" }] },
    ]);
    expect(blocksOf("```a = 1;\n  b```")).toEqual([{ type: "code", language: "", text: "a = 1;\n  b" }]);
    expect(kinds("```\na\n``` 后")).toEqual(["code", "words"]);
    expect(kinds("```\n没有结尾")).toEqual(["words"]);
  });

  it("lose no line that was left empty, and no space", () => {
    for (const text of ["a\nb <b>c</b>", "  缩进\n\n\n空行  ", "www.", "（https://a.example/）", "😀https://a.example😀", "\n前", "a **b"]) {
      expect(plainOf(text)).toBe(text.replace(/\n$/, ""));
    }
  });

  // Thirty times as long as a message may be: what looked at the rest again for each sign would take minutes of the five seconds.
  it.each(["**a ", "**字 ", "~~a ~~b", "`", "`` ` ", "https://", "www.", "**~~", "`a``b", "http://a)", "))].", "> **a\n"])(
    "are read to the end in time where they are never closed: %s",
    (hostile) => {
      const text = `http://a${hostile.repeat(240_000 / hostile.length)}`;
      expect(blocksOf(text).length).toBeGreaterThan(0);
      expect(isInOpenFence(text, text.length)).toBe(false);
    },
  );
});

describe("who writes code", () => {
  it.each([
    ["```", true],
    ["```js\nlet a", true],
    ["前\n```\na\n```", false],
    ["前\n```\na\n```\n```", true],
    ["前 ```a", false],
    ["没有", false],
    ["", false],
  ])("is inside it until it is closed: %s", (text, isInside) => expect(isInOpenFence(text, text.length)).toBe(isInside));

  it("is outside before it, and inside where the closing is behind", () => {
    expect(isInOpenFence("前\n```\na\n```", 1)).toBe(false);
    expect(isInOpenFence("前\n```\na\n```", 6)).toBe(true);
  });
});
