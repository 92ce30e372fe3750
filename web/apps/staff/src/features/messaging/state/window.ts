/** How much of a conversation is kept in the page: what is in sight, and enough on both sides to scroll into. Pure. */
import type { Thread } from "./inbox";

/** Messages on each side of what is in sight: more than one scrolls through before the next page is there. */
export const MARGIN = 120;
/** Beyond this, what is far away is let go when the scrolling rests; beyond the other, at once. */
export const ROOM = 360;
export const MOST = 600;

/** The thread without what lies outside; at an end that was let go there is more to be fetched. */
export function trimThread(thread: Thread, fromSeq: number, toSeq: number): Thread {
  const { log } = thread;
  const items = log.items.filter((it) => it.seq >= fromSeq && it.seq <= toSeq);
  const [first, last] = [items[0], items[items.length - 1]];
  if (!first || !last || items.length === log.items.length) return thread;
  const hasNewer = thread.hasNewer || last !== log.items[log.items.length - 1];
  return {
    // As in every thread that ends in the past, what was heard beyond its end comes when it is fetched.
    log: { ...log, items, ahead: hasNewer ? [] : log.ahead },
    hasOlder: thread.hasOlder || first !== log.items[0],
    hasNewer,
  };
}
