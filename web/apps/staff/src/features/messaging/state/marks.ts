/** Where the words of a search stand in a text, compared as the server compares them: case and width are one. Pure. */

export interface MarkedPart {
  text: string;
  isMarked: boolean;
}

// A letter with what is written onto it: both together are compared, and marked.
const CLUSTER = /\P{M}\p{M}*|\p{M}+/gu;
const UNSEEN = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/gu;
/** A hit deeper in the text than this would not be seen in two lines. */
const DEEP = 22;
const BEFORE = 10;
const LONGEST = 160;

/** `words` as the server gives them: folded already. */
export function markedParts(text: string, words: readonly string[]): MarkedPart[] {
  const parts: MarkedPart[] = [];
  let at = 0;
  for (const [from, to] of placesOf(text, words)) {
    if (from > at) parts.push({ text: text.slice(at, from), isMarked: false });
    parts.push({ text: text.slice(from, to), isMarked: true });
    at = to;
  }
  if (at < text.length) parts.push({ text: text.slice(at), isMarked: false });
  return parts;
}

/** The same of a long text for two lines: it begins a little before the first hit. */
export function snippetParts(text: string, words: readonly string[]): MarkedPart[] {
  const first = placesOf(text, words)[0]?.[0] ?? 0;
  const from = first > DEEP ? startOfCharacter(text, first - BEFORE) : 0;
  const to = from + LONGEST < text.length ? startOfCharacter(text, from + LONGEST) : text.length;
  const parts = markedParts(text.slice(from, to), words);
  if (from > 0) parts.unshift({ text: "…", isMarked: false });
  if (to < text.length) parts.push({ text: "…", isMarked: false });
  return parts;
}

function placesOf(text: string, words: readonly string[]): [from: number, to: number][] {
  const { folded, froms, tos } = fold(text);
  const places: [number, number][] = [];
  for (const word of words) {
    for (let at = word ? folded.indexOf(word) : -1; at >= 0; at = folded.indexOf(word, at + word.length)) {
      places.push([froms[at] ?? 0, tos[at + word.length - 1] ?? text.length]);
    }
  }
  places.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  const joined: [number, number][] = [];
  for (const place of places) {
    const last = joined[joined.length - 1];
    if (last && place[0] <= last[1]) last[1] = Math.max(last[1], place[1]);
    else joined.push(place);
  }
  return joined;
}

/** The text as it is compared, and for each of its units where it came from. */
function fold(text: string): { folded: string; froms: number[]; tos: number[] } {
  let folded = "";
  const froms: number[] = [];
  const tos: number[] = [];
  for (const found of text.matchAll(CLUSTER)) {
    // Up and down again makes "ß" the "ss" that a search for either writes.
    const piece = found[0].normalize("NFKC").toUpperCase().toLowerCase().normalize("NFKC").replace(UNSEEN, "");
    folded += piece;
    for (let unit = 0; unit < piece.length; unit += 1) {
      froms.push(found.index);
      tos.push(found.index + found[0].length);
    }
  }
  return { folded, froms, tos };
}

/** Not between the halves of a character. */
function startOfCharacter(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
}
