import { describe, expect, it } from "vitest";

import { piecesOf } from "../src/links";

const linksIn = (text: string) => piecesOf(text).flatMap(({ href }) => href ?? []);

describe("links", () => {
  it.each([
    ["看 https://hutong.example/a?b=1&c=2#d 吧", ["https://hutong.example/a?b=1&c=2#d"]],
    ["在https://hutong.example/车。谢谢", ["https://hutong.example/"]],
    ["(https://x.example/a_(b))", ["https://x.example/a_(b)"]],
    ["https://x.example, http://y.example!", ["https://x.example", "http://y.example"]],
    ["www.lanting.example。", ["https://www.lanting.example"]],
    ["HTTPS://X.EXAMPLE", ["HTTPS://X.EXAMPLE"]],
    ["http://127.0.0.1:8080/c/a", ["http://127.0.0.1:8080/c/a"]],
  ])("%s", (text, links) => expect(linksIn(text)).toEqual(links));

  it.each(["javascript:alert(1)", "data:text/html,x", "https://", "http://.", "awww.x.example", "a@www.x.example", "没有链接", ""])(
    "none in %s",
    (text) => expect(linksIn(text)).toEqual([]),
  );

  it("lose no sign of the text", () => {
    for (const text of ["a https://x.example b\n\nwww.y.example.", "https://", "<b>https://x.example</b>", "  "]) {
      expect(
        piecesOf(text)
          .map((piece) => piece.text)
          .join(""),
      ).toBe(text);
    }
  });
});
