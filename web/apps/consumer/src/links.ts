export interface Piece {
  text: string;
  /** Absent: plain words. */
  href?: string;
}

// Only http(s): nothing that runs. It ends where Chinese goes on without a space.
const ADDRESS = /(?:https?:\/\/|www\.)[\w\-.~:/?#[\]@!$&'()*+,;=%]+/gi;
const BRACKETS = [
  ["(", ")"],
  ["[", "]"],
] as const;
const TRAILING = /[.,:;!?'*]+$/;

/** The end of a sentence, and a bracket that was opened before the address, are not part of it. */
function trimmed(address: string): string {
  for (;;) {
    let shorter = address.replace(TRAILING, "");
    for (const [open, close] of BRACKETS) {
      const isUnopened = shorter.split(close).length > shorter.split(open).length;
      if (isUnopened && shorter.endsWith(close)) shorter = shorter.slice(0, -1);
    }
    if (shorter === address) return address;
    address = shorter;
  }
}

/** A message cut into words and addresses, for rendering as text and links: never as markup. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const before = text[match.index - 1];
    const address = trimmed(match[0]);
    const href = /^www\./i.test(address) ? `https://${address}` : address;
    // "awww.x" is a word; "https://" alone leads nowhere.
    if ((before && /[\w@]/.test(before)) || !/^https?:\/\/[\w[]/i.test(href) || !/[.:/]/.test(href.slice(8))) continue;
    if (match.index > at) pieces.push({ text: text.slice(at, match.index) });
    pieces.push({ text: address, href });
    at = match.index + address.length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at) });
  return pieces;
}
