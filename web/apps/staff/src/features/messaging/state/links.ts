/** Finds the addresses in a text. Only the two schemes of the web become links: nothing a stranger writes may run. */

export interface TextPart {
  text: string;
  href: string | null;
}

// Chinese text runs on without a space, so an address ends at the first character that no address is written with.
const ADDRESS = /(?:https?:\/\/|www\.)[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+/g;
const TRAILING = /[.,;:!?'"()[\]*~_]+$/;

export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const found of text.matchAll(ADDRESS)) {
    const address = trimmed(found[0]);
    const href = hrefOf(address);
    if (!href) continue;
    if (found.index > at) parts.push({ text: text.slice(at, found.index), href: null });
    parts.push({ text: address, href });
    at = found.index + address.length;
  }
  if (at < text.length) parts.push({ text: text.slice(at), href: null });
  return parts;
}

/** The full stop belongs to the sentence; a closing bracket belongs to the address only where it was opened in it. */
function trimmed(address: string): string {
  let rest = address;
  for (;;) {
    const tail = TRAILING.exec(rest);
    if (!tail) return rest;
    const last = rest[rest.length - 1];
    if (last === ")" && count(rest, "(") >= count(rest, ")")) return rest;
    if (last === "]" && count(rest, "[") >= count(rest, "]")) return rest;
    if (last === "_" || last === "~" || last === "*") return rest;
    rest = rest.slice(0, -1);
  }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function hrefOf(address: string): string | null {
  try {
    const url = new URL(address.startsWith("www.") ? `https://${address}` : address);
    const isWeb = url.protocol === "https:" || url.protocol === "http:";
    return isWeb && url.hostname.length > 0 ? url.href : null;
  } catch {
    return null;
  }
}
