import { describe, expect, it } from "vitest";

import { markedParts, snippetParts, type MarkedPart } from "./marks";

const shown = (parts: readonly MarkedPart[]) => parts.map((it) => (it.isMarked ? `[${it.text}]` : it.text)).join("");

describe("the words of a search in a text", () => {
  it.each([
    ["我家在上海东边", ["上海"], "我家在[上海]东边"],
    ["上海到上海", ["上海"], "[上海]到[上海]"],
    ["Model X2000 与 ｘ２０００", ["x2000"], "Model [X2000] 与 [ｘ２０００]"],
    ["哈哈哈哈", ["哈哈"], "[哈哈哈哈]"],
    ["上海东边", ["海东", "上海"], "[上海东]边"],
    ["Straße", ["strasse"], "[Straße]"],
    ["cafe\u0301", ["café"], "[cafe\u0301]"],
    ["上\u200b海", ["上海"], "[上\u200b海]"],
    ["🚗上海🚗", ["上海"], "🚗[上海]🚗"],
    ["没有", ["上海"], "没有"],
    ["", ["上海"], ""],
  ])("%s", (text, words, wanted) => {
    expect(shown(markedParts(text, words))).toBe(wanted);
  });

  it("a long text begins a little before the first hit and ends", () => {
    const text = `${"前".repeat(40)}上海${"后".repeat(400)}`;
    const parts = snippetParts(text, ["上海"]);
    expect(shown(parts.slice(0, 3))).toBe(`…${"前".repeat(10)}[上海]`);
    expect(shown(parts).length).toBeLessThan(180);
    expect(shown(parts).endsWith("…")).toBe(true);
  });

  it("never cuts a character in two", () => {
    const parts = snippetParts("🚗".repeat(30) + "上海", ["上海"]);
    expect(shown(parts)).toBe(`…${"🚗".repeat(5)}[上海]`);
  });
});
