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
const TRAILING = /[.,;:!?'"()[\]]/;
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

const ONE_LINE = 300;

/** Its beginning as it is shown where there is one line for it: without the marks. */
export function plainOf(text: string): string {
  return blocksOf(text.slice(0, ONE_LINE))
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
  const closings = new Closings(text);
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
      const close = closings.ofCode(run, at + run.length);
      at = close < 0 || !text.slice(at + run.length, close).trim()
        ? at + run.length
        : push(at, close + run.length - at, { text: text.slice(at + run.length, close), ...style, isCode: true });
      continue;
    }
    const [mark, adds] = MARKS.find(([it]) => text.startsWith(it, at)) ?? [];
    const end = mark && opens(text, mark, at) ? closings.ofMark(mark, at + mark.length + 1) : -1;
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

/** Around words and not around spaces, and not inside a word: 2**3 and 3**2 are sums. */
function opens(text: string, mark: string, at: number): boolean {
  const first = text[at + mark.length] ?? " ";
  return !/\s/.test(first) && first !== mark[0] && !WORD.test(text[at - 1] ?? "");
}

function closes(text: string, mark: string, at: number): boolean {
  const [before, after] = [text[at - 1] ?? " ", text[at + mark.length] ?? ""];
  return !/\s/.test(before) && after !== mark[0] && !WORD.test(after);
}

/** Where what was opened ends, on its line. Asked from left to right: each sign is looked for once, however often one is opened and never closed. */
class Closings {
  private readonly found = new Map<string, number>();
  private lineEnd = -1;

  constructor(private readonly text: string) {}

  ofCode(run: string, from: number): number {
    return this.next(run, from, () => true);
  }

  ofMark(mark: string, from: number): number {
    return this.next(mark, from, (at) => closes(this.text, mark, at));
  }

  private next(sign: string, from: number, fits: (at: number) => boolean): number {
    let at = this.found.get(sign) ?? -1;
    if (at < from) {
      at = this.text.indexOf(sign, from);
      while (at >= 0 && !fits(at)) at = this.text.indexOf(sign, at + 1);
      if (at < 0) at = Infinity;
      this.found.set(sign, at);
    }
    if (this.lineEnd < from) {
      const end = this.text.indexOf("\n", from);
      this.lineEnd = end < 0 ? this.text.length : end;
    }
    return at < this.lineEnd ? at : -1;
  }
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
  const open = { ")": count(address, "(") - count(address, ")"), "]": count(address, "[") - count(address, "]") };
  let end = address.length;
  for (; TRAILING.test(address[end - 1] ?? ""); end -= 1) {
    const last = address[end - 1]!;
    if (last === ")" || last === "]") {
      if (open[last] >= 0) break;
      open[last] += 1;
    } else if (last === "(") open[")"] -= 1;
    else if (last === "[") open["]"] -= 1;
  }
  return address.slice(0, end);
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
