import type { Conversation } from "@hutong/realtime";
import { useEffect, useState, type RefObject } from "react";

import type { Row } from "../state/rows";

/**
 * Where this person is called on and has not looked: what waited when the conversation was opened, and what has come since. Null once
 * the message has been in sight: opening a chat reads it, and would end the mention before anybody saw it.
 */
export function useCalled(conversation: Conversation | undefined, content: RefObject<HTMLElement | null>, rows: readonly Row[]): { seq: number | null; dismiss: () => void } {
  const told = conversation?.mention_seq ?? null;
  const [last, setLast] = useState<number | null>(null);
  const [seq, setSeq] = useState<number | null>(null);
  if (told !== null && told !== last) {
    setLast(told);
    setSeq(told);
  }
  useEffect(() => {
    if (seq === null) return undefined;
    const row = content.current?.querySelector(`[data-seq="${seq}"]`);
    if (!row) return undefined;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((it) => it.isIntersecting)) setSeq(null);
    });
    observer.observe(row);
    return () => observer.disconnect();
  }, [seq, rows, content]);
  return { seq, dismiss: () => setSeq(null) };
}
