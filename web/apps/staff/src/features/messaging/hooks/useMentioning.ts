import type { Member } from "@hutong/api";
import type { Id, Mentions } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState, type KeyboardEvent } from "react";

import { listMentionable } from "../api/messaging";
import { mayMentionAll } from "../state/groups";
import { mentionsIn } from "../state/mentions";
import { useInbox, useMessenger } from "./useMessenger";

export type Mentionable = { type: "everybody"; name: string; count: number } | { type: "member"; member: Member };

export interface Mentioning {
  choices: readonly Mentionable[];
  active: number;
  onActive: (at: number) => void;
  onKeyDown: (event: KeyboardEvent) => boolean;
  pick: (choice: Mentionable) => void;
  /** Whom the text calls on as it stands. */
  mentionsOf: (text: string) => Mentions | undefined;
}

interface Field {
  text: string;
  caret: number;
  /** Puts words in place of what stands between two places. */
  replace: (from: number, to: number, words: string) => void;
}

// Not inside an address: name@example.com calls on nobody.
const ASKED = /(?:^|[^A-Za-z0-9._-])@([^\s@]{0,20})$/;

/** What is typed after an @ finds those in the conversation, by hanzi or pinyin; the one that is picked is called on. */
export function useMentioning(conversationId: Id, { text, caret, replace }: Field): Mentioning {
  const { t } = useLingui();
  const { drafts } = useMessenger();
  const conversation = useInbox((state) => state.conversations[conversationId]);
  const isShared = conversation?.kind === "group" || conversation?.kind === "customer";
  const asked = isShared ? ASKED.exec(text.slice(0, caret))?.[1] : undefined;
  const [dismissed, setDismissed] = useState<string | null>(null);
  const [at, setAt] = useState<{ asked: string | null; active: number }>({ asked: null, active: 0 });
  const isOpen = asked !== undefined && dismissed !== text.slice(0, caret);
  const [settled] = useDebouncedValue(asked ?? "", 120);
  const { data } = useQuery({
    queryKey: ["mentionable", conversationId, settled],
    queryFn: () => listMentionable(conversationId, settled),
    enabled: isOpen,
    staleTime: 10_000,
    placeholderData: keepPreviousData,
  });
  const everybody = t`所有人`;
  const mayCallAll = useInbox((state) => conversation !== undefined && mayMentionAll(conversation, state.personId));
  const isForAll = mayCallAll && [everybody, "所有人", "suoyouren", "syr", "all", "everyone"].some((it) => it.startsWith((asked ?? "").toLowerCase()));
  const all: Mentionable[] = isForAll && conversation ? [{ type: "everybody", name: everybody, count: conversation.participant_count - 1 }] : [];
  const choices = isOpen ? [...all, ...(data ?? []).map((member): Mentionable => ({ type: "member", member }))] : [];
  const active = at.asked === asked ? Math.min(at.active, choices.length - 1) : asked === "" && choices.length > 1 ? all.length : 0;
  const onActive = (place: number) => setAt({ asked: asked ?? "", active: place });

  const pick = (choice: Mentionable) => {
    const name = choice.type === "everybody" ? choice.name : choice.member.name;
    const before = drafts.partsOf(conversationId).mentions ?? { everybody: false, people: [] };
    drafts.change(conversationId, {
      mentions:
        choice.type === "everybody"
          ? { ...before, everybody: true }
          : { ...before, people: [...before.people.filter((it) => it.id !== choice.member.id), { id: choice.member.id, name }] },
    });
    replace(caret - (asked?.length ?? 0) - 1, caret, `@${name} `);
  };
  const onKeyDown = (event: KeyboardEvent): boolean => {
    const chosen = choices[active];
    if (!chosen || event.nativeEvent.isComposing || event.keyCode === 229) return false;
    if (event.key === "ArrowDown") onActive((active + 1) % choices.length);
    else if (event.key === "ArrowUp") onActive((active + choices.length - 1) % choices.length);
    else if (event.key === "Escape") setDismissed(text.slice(0, caret));
    // While the answer to what is typed is on its way, the list still shows the one before.
    else if ((event.key === "Enter" && settled === asked) || event.key === "Tab") pick(chosen);
    else return false;
    event.preventDefault();
    return true;
  };
  return { choices, active, onActive, onKeyDown, pick, mentionsOf: (it) => mentionsIn(it, drafts.partsOf(conversationId).mentions ?? undefined, everybody) };
}
