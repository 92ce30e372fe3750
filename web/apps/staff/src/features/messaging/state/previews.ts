/** Which page a text links to, as the server will see it: the first address, if it is one that is asked. Pure. */
import { blocksOf } from "@hutong/ui/words";

export function firstLinkHost(text: string): { href: string; host: string } | null {
  if (!text.includes("://")) return null;
  for (const block of blocksOf(text)) {
    if (block.type === "code") continue;
    for (const { href, text: written } of block.spans) {
      // What begins with www. is a link to click; the server asks what is written out.
      if (!href || !/^https?:/i.test(written)) continue;
      const url = new URL(href);
      return url.protocol === "https:" ? { href, host: url.host } : null;
    }
  }
  return null;
}
