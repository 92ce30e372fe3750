/**
 * What a text says beside its characters: addresses, and the few marks people type in chats (docs/decisions/marks-in-text.md). Pure. Its result is
 * for text nodes and links, never markup: nothing a stranger writes may run.
 */

export interface Span {
  text: string;
  /** An address of the web: no other scheme becomes a link. */
  href?: string;
  isStrong?: true;
  isStruck?: true;
  isCode?: true;
}

export type Block = { type: "words" | "quote"; spans: Span[] } | { type: "code"; language: string; text: string };

type Style = Pick<Span, "isStrong" | "isStruck">;

const FENCE = "```";
const LANGUAGE = /^[\w+#.-]{0,20}[ \t]*\r?\n/;
const MARKS: [mark: string, style: Style][] = [
  ["**", { isStrong: true }],
  ["~~", { isStruck: true }],
];
// Chinese text runs on without a space, so an address ends at the first character that no address is written with.
const ADDRESS = /(?:https?:\/\/|www\.)[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+/iy;
const TRAILING = /[.,;:!?'"()[\]]$/;
const WORD = /[A-Za-z0-9]/;

/** The text in its order: words, quoted lines, blocks of code. */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let from = 0;
  for (let at = 0; at < text.length; ) {
    const fenced = text.startsWith(FENCE, at) ? codeAt(text, at) : null;
    if (fenced) {
      pushWords(blocks, text.slice(from, at));
      blocks.push(fenced.block);
      // The line after the fence begins here, not with an empty one.
      from = at = text.startsWith("\n", fenced.end) ? fenced.end + 1 : fenced.end;
      continue;
    }
    const next = text.indexOf("\n", at);
    at = next < 0 ? text.length : next + 1;
  }
  pushWords(blocks, text.slice(from));
  return blocks;
}

/** As it is read aloud, or shown where there is one line for it: without the marks. */
export function plainOf(text: string): string {
  return blocksOf(text)
    .map((it) => (it.type === "code" ? it.text : it.spans.map((span) => span.text).join("")))
    .join("\n");
}

/** Whether who writes here is inside a block of code that is not closed yet. */
export function isInOpenFence(text: string, caret: number): boolean {
  for (let at = 0; ; ) {
    const opens = text.startsWith(FENCE, at) ? at : text.indexOf(`\n${FENCE}`, at) + 1;
    if (opens === 0 && !text.startsWith(FENCE)) return false;
    if (opens < at || opens + FENCE.length > caret) return false;
    const closes = text.indexOf(FENCE, opens + FENCE.length);
    if (closes < 0 || closes >= caret) return true;
    at = closes + FENCE.length;
  }
}

function codeAt(text: string, at: number): { block: Block; end: number } | null {
  const close = text.indexOf(FENCE, at + FENCE.length);
  if (close < 0) return null;
  const inside = text.slice(at + FENCE.length, close);
  // On one line it is code among words.
  if (!inside.includes("\n") || !inside.trim()) return null;
  const first = LANGUAGE.exec(inside)?.[0] ?? "";
  return { block: { type: "code", language: first.trim(), text: inside.slice(first.length).replace(/\r?\n[ \t]*$/, "") }, end: close + FENCE.length };
}

function pushWords(blocks: Block[], text: string): void {
  if (!text) return;
  const lines = text.split("\n");
  // What stood between the words and the fence was the end of their line.
  if (lines.length > 1 && lines[lines.length - 1] === "") lines.pop();
  for (let at = 0; at < lines.length; ) {
    const isQuote = isQuoted(lines[at]!);
    let end = at + 1;
    while (end < lines.length && isQuoted(lines[end]!) === isQuote) end += 1;
    const said = lines.slice(at, end).map((it) => (isQuote ? it.slice(2) : it));
    const joined = said.join("\n");
    if (joined) blocks.push({ type: isQuote ? "quote" : "words", spans: spansOf(joined, {}) });
    at = end;
  }
}

/** The space tells it from a face: >_<. */
function isQuoted(line: string): boolean {
  return line.startsWith("> ");
}

function spansOf(text: string, style: Style): Span[] {
  const spans: Span[] = [];
  let from = 0;
  const push = (at: number, length: number, ...found: Span[]) => {
    if (at > from) spans.push({ text: text.slice(from, at), ...style });
    spans.push(...found);
    from = at + length;
    return from;
  };
  for (let at = 0; at < text.length; ) {
    const char = text[at]!;
    if (char === "`") {
      const run = /^`+/.exec(text.slice(at, at + 8))![0];
      const close = closeOf(text, run, at);
      at = close < 0 || !text.slice(at + run.length, close).trim()
        ? at + run.length
        : push(at, close + run.length - at, { text: text.slice(at + run.length, close), ...style, isCode: true });
      continue;
    }
    const [mark, adds] = MARKS.find(([it]) => text.startsWith(it, at)) ?? [];
    const end = mark ? markedTo(text, mark, at) : -1;
    if (mark && end > 0) {
      at = push(at, end + mark.length - at, ...spansOf(text.slice(at + mark.length, end), { ...style, ...adds }));
      continue;
    }
    const address = /[hw]/i.test(char) && !/[\w@]/.test(text[at - 1] ?? "") ? addressAt(text, at) : null;
    at = address ? push(at, address.text.length, { ...address, ...style }) : at + (mark?.length ?? 1);
  }
  if (from < text.length) spans.push({ text: text.slice(from), ...style });
  return spans;
}

function closeOf(text: string, mark: string, at: number): number {
  const close = text.indexOf(mark, at + mark.length);
  return close < 0 || text.slice(at, close).includes("\n") ? -1 : close;
}

/** Where what begins here ends: on its line, around words and not around spaces, and not inside a word (2**3 and 3**2 are sums). */
function markedTo(text: string, mark: string, at: number): number {
  const first = text[at + mark.length] ?? " ";
  if (/\s/.test(first) || first === mark[0] || WORD.test(text[at - 1] ?? "")) return -1;
  for (let close = closeOf(text, mark, at); close > 0; close = text.indexOf(mark, close + 1)) {
    if (text.slice(at, close).includes("\n")) return -1;
    const [before, after] = [text[close - 1]!, text[close + mark.length] ?? ""];
    if (!/\s/.test(before) && after !== mark[0] && !WORD.test(after)) return close;
  }
  return -1;
}

function addressAt(text: string, at: number): { text: string; href: string } | null {
  ADDRESS.lastIndex = at;
  const found = ADDRESS.exec(text);
  if (!found) return null;
  const address = trimmed(found[0]);
  const href = hrefOf(address);
  return href ? { text: address, href } : null;
}

/** The full stop belongs to the sentence; a closing bracket belongs to the address only where it was opened in it. */
function trimmed(address: string): string {
  let rest = address;
  while (TRAILING.test(rest)) {
    const last = rest[rest.length - 1];
    if (last === ")" && count(rest, "(") >= count(rest, ")")) return rest;
    if (last === "]" && count(rest, "[") >= count(rest, "]")) return rest;
    rest = rest.slice(0, -1);
  }
  return rest;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function hrefOf(address: string): string | null {
  try {
    const url = new URL(/^www\./i.test(address) ? `https://${address}` : address);
    const isWeb = url.protocol === "https:" || url.protocol === "http:";
    return isWeb && /[^.]/.test(url.hostname) ? url.href : null;
  } catch {
    return null;
  }
}
