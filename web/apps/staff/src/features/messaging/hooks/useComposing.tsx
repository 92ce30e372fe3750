import type { Id, Quote } from "@hutong/realtime";
import { createContext, use, useCallback, useMemo, useState, type ReactNode } from "react";

import { draftKey } from "../state/drafts";
import type { Bubble } from "../state/rows";
import { useMessenger } from "./useMessenger";

/** What the field below is about, beside saying something new. */
export type Composing =
  | { mode: "reply"; quote: Quote; topicId?: Id | null; isResumed?: true }
  | { mode: "edit"; seq: number; text: string }
  /** Words that were taken back, to be said otherwise. */
  | { mode: "again"; text: string };

interface ComposingValue {
  /** What is said below belongs to this topic. */
  topicId: Id | null;
  /** Under which the half-written is kept. */
  draftId: Id;
  composing: Composing | null;
  reply: (bubble: Bubble) => void;
  /** What a draft answers, taken up again. */
  resume: (quote: Quote) => void;
  edit: (bubble: Bubble) => void;
  sayAgain: (text: string) => void;
  stop: () => void;
}

const Context = createContext<ComposingValue | null>(null);
const LONGEST_QUOTE = 200;

/** Around one conversation: a message's menu speaks to the field below it. */
export function ComposingProvider({ conversationId, topicId = null, children }: { conversationId: Id; topicId?: Id | null; children: ReactNode }) {
  const { drafts } = useMessenger();
  const draftId = draftKey(conversationId, topicId);
  const [composing, setComposing] = useState<Composing | null>(() => resumed(drafts.partsOf(draftId).replyTo));
  const resume = useCallback((quote: Quote) => setComposing(resumed(quote)), []);
  const reply = useCallback((bubble: Bubble) => setComposing({ mode: "reply", quote: quoteOf(bubble), topicId: bubble.topicId }), []);
  const edit = useCallback(({ seq, text }: Bubble) => setComposing({ mode: "edit", seq: seq!, text }), []);
  const sayAgain = useCallback((text: string) => setComposing({ mode: "again", text }), []);
  const stop = useCallback(() => setComposing(null), []);
  const value = useMemo(() => ({ topicId, draftId, composing, reply, resume, edit, sayAgain, stop }), [topicId, draftId, composing, reply, resume, edit, sayAgain, stop]);
  return <Context value={value}>{children}</Context>;
}

export function useComposing(): ComposingValue {
  const value = use(Context);
  if (!value) throw new Error("outside ComposingProvider");
  return value;
}

function resumed(quote: Quote | null): Composing | null {
  return quote && { mode: "reply", quote, isResumed: true };
}

function quoteOf({ seq, senderId, kind, text, file }: Bubble): Quote {
  const beginning = Array.from(text).slice(0, LONGEST_QUOTE).join("");
  return { seq: seq!, sender_id: senderId, kind, text: beginning, file_name: file?.name ?? null, is_recalled: false };
}
