/** What a key does to the words that are selected while one writes (docs/decisions/marks-in-text.md). Pure. */

/** The words in their marks; without any, the caret stands between these. */
export function marked(name: "strong" | "code", words: string): { words: string; caretAt: number } {
  const [open, close] = name === "strong" ? ["**", "**"] : words.includes("\n") ? ["```\n", "\n```"] : ["`", "`"];
  return { words: open + words + close, caretAt: words ? open.length + words.length + close.length : open.length };
}
