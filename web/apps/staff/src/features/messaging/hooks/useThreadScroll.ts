import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";

import type { Row } from "../state/rows";
import { MARGIN, MOST, ROOM } from "../state/window";

/** Nearer than this to an end, the next page is asked for: by who rests at the newest, and by who is on the way. */
const REACH = 800;
const REACH_ON_THE_WAY = 8_000;
const AT_END = 40;
const REST_MS = 200;

interface ThreadScrollOptions {
  rows: readonly Row[];
  /** Whether `rows` are all that is loaded. Who asked for more before it is drawn would put its drawing off, and again, until it is a heap. */
  isDrawn: boolean;
  hasOlder: boolean;
  hasNewer: boolean;
  onNeedOlder: () => void;
  onNeedNewer: () => void;
  /** Told the newest seq that has come into sight. */
  onSeen: (seq: number) => void;
  /** Told which messages are near enough to be kept, once many are loaded. */
  onFar: (fromSeq: number, toSeq: number) => void;
}

export interface ThreadScroll {
  scroller: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLOListElement | null>;
  isAtEnd: boolean;
  onScroll: () => void;
  toEnd: () => void;
  /** Whether a message of that seq is in the page; if so, it stands in the middle now. */
  toSeq: (seq: number) => boolean;
}

/**
 * Keeps what is being read where it is. The scroller is a reversed column: its origin is the bottom, so older messages arriving
 * above move nothing by nature; what arrives, grows or goes below is put right by holding one row (the anchor) in its place. However far one
 * scrolls, only what is near is kept, so that the page stays as light as at the first look.
 */
export function useThreadScroll({ rows, isDrawn, hasOlder, hasNewer, onNeedOlder, onNeedNewer, onSeen, onFar }: ThreadScrollOptions): ThreadScroll {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLOListElement>(null);
  const anchor = useRef<{ row: Element; top: number } | null>(null);
  const isHeldAtEnd = useRef(true);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [isAtEnd, setIsAtEnd] = useState(true);

  const letGo = useCallback(() => {
    const box = scroller.current;
    const list = content.current;
    if (!box || !list) return;
    const [first, last] = seqsInSight(box, list);
    if (first !== null && last !== null) onFar(first - MARGIN, last + MARGIN);
  }, [onFar]);

  const look = useCallback(() => {
    const box = scroller.current;
    const list = content.current;
    if (!box || !list || box.clientHeight === 0) return;
    const fromEnd = -box.scrollTop;
    isHeldAtEnd.current = fromEnd < AT_END && !hasNewer;
    setIsAtEnd(isHeldAtEnd.current);
    anchor.current = isHeldAtEnd.current ? null : anchorOf(box, list);
    const reach = isHeldAtEnd.current ? REACH : REACH_ON_THE_WAY;
    if (isDrawn && hasOlder && box.scrollHeight - box.clientHeight - fromEnd < reach) onNeedOlder();
    if (isDrawn && hasNewer && fromEnd < reach) onNeedNewer();
    if (list.children.length > ROOM) {
      clearTimeout(rest.current);
      rest.current = setTimeout(letGo, list.children.length > MOST ? 0 : REST_MS);
    }
    const seen = lastSeqInSight(box, list);
    if (seen !== null && document.visibilityState === "visible" && document.hasFocus()) onSeen(seen);
  }, [isDrawn, hasOlder, hasNewer, onNeedOlder, onNeedNewer, onSeen, letGo]);

  const hold = useCallback(() => {
    const box = scroller.current;
    if (!box) return;
    if (isHeldAtEnd.current) {
      if (box.scrollTop !== 0) box.scrollTop = 0;
    } else if (anchor.current?.row.isConnected) {
      const moved = anchor.current.row.getBoundingClientRect().top - box.getBoundingClientRect().top - anchor.current.top;
      if (Math.abs(moved) >= 1) box.scrollTop += moved;
    }
  }, []);

  useLayoutEffect(() => {
    hold();
    look();
  }, [rows, hold, look]);

  useEffect(() => {
    const observer = new ResizeObserver(() => {
      hold();
      look();
    });
    if (scroller.current) observer.observe(scroller.current);
    if (content.current) observer.observe(content.current);
    const onReturn = () => look();
    window.addEventListener("focus", onReturn);
    document.addEventListener("visibilitychange", onReturn);
    return () => {
      observer.disconnect();
      clearTimeout(rest.current);
      window.removeEventListener("focus", onReturn);
      document.removeEventListener("visibilitychange", onReturn);
    };
  }, [hold, look]);

  const toEnd = useCallback(() => {
    isHeldAtEnd.current = true;
    anchor.current = null;
    if (scroller.current) scroller.current.scrollTop = 0;
    look();
  }, [look]);

  const toSeq = useCallback(
    (seq: number) => {
      const box = scroller.current;
      const row = content.current?.querySelector(`[data-seq="${seq}"]`);
      if (!box || !row) return false;
      row.scrollIntoView({ block: "center" });
      look();
      if (!isHeldAtEnd.current) anchor.current = { row, top: row.getBoundingClientRect().top - box.getBoundingClientRect().top };
      return true;
    },
    [look],
  );

  return { scroller, content, isAtEnd, onScroll: look, toEnd, toSeq };
}

/**
 * The first message that begins in sight. Rows lie in order, so halving finds it among thousands. Never the place of what is still to come, nor
 * a day: whoever was held at these would be taken along to the top of each page that arrives.
 */
function anchorOf(box: HTMLElement, list: HTMLElement): { row: Element; top: number } | null {
  const edge = box.getBoundingClientRect().top;
  const rows = [...list.children].slice(firstRow(list, (it) => it.top >= edge));
  const row = rows.find((it) => (it as HTMLElement).dataset["seq"] !== undefined) ?? list.lastElementChild;
  return row ? { row, top: row.getBoundingClientRect().top - edge } : null;
}

function lastSeqInSight(box: HTMLElement, list: HTMLElement): number | null {
  const edge = box.getBoundingClientRect().bottom;
  // A row counts when its larger part can be read.
  for (let at = firstRow(list, (it) => it.top + it.height / 2 > edge) - 1; at >= 0; at -= 1) {
    const seq = Number((list.children[at] as HTMLElement).dataset["seq"] ?? 0);
    if (seq > 0) return seq;
  }
  return null;
}

/** The first and the last that are in sight at all. */
function seqsInSight(box: HTMLElement, list: HTMLElement): [number | null, number | null] {
  const { top, bottom } = box.getBoundingClientRect();
  const from = firstRow(list, (it) => it.bottom > top);
  const to = firstRow(list, (it) => it.top >= bottom);
  const seqs = [...list.children].slice(from, to).map((it) => Number((it as HTMLElement).dataset["seq"] ?? 0)).filter((it) => it > 0);
  return [seqs[0] ?? null, seqs[seqs.length - 1] ?? null];
}

function firstRow(list: HTMLElement, isBeyond: (box: DOMRect) => boolean): number {
  let low = 0;
  let high = list.children.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBeyond(list.children[middle]!.getBoundingClientRect())) high = middle;
    else low = middle + 1;
  }
  return low;
}
