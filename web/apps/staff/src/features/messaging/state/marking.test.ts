import { describe, expect, it } from "vitest";

import { marked } from "./marking";

describe("a key for marks", () => {
  it("puts what is selected into them, several lines into a block", () => {
    expect(marked("strong", "重要")).toEqual({ words: "**重要**", caretAt: 6 });
    expect(marked("code", "x = 1")).toEqual({ words: "`x = 1`", caretAt: 7 });
    expect(marked("code", "a\nb").words).toBe("```\na\nb\n```");
  });

  it("leaves the caret between them where nothing is selected", () => {
    expect(marked("strong", "")).toEqual({ words: "****", caretAt: 2 });
  });
});
