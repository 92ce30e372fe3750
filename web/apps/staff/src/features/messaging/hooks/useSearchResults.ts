import type { Member } from "@hutong/api";
import type { Conversation, Message } from "@hutong/realtime";
import { useMemo, useState } from "react";

import { useMemberSearch } from "../../directory";
import { conversationsNamed } from "../state/finding";
import { directConversationWith } from "../state/selectors";
import { useFoundMessages, type FoundMessages } from "./useFoundMessages";
import { useInbox, useMessenger } from "./useMessenger";
import { useSearchPlace } from "./useSearchPlace";
import { useSounds } from "./useSounds";

export type Option =
  | { type: "chat"; key: string; conversation: Conversation }
  | { type: "member"; key: string; member: Member }
  | { type: "all"; key: string; of: "chats" | "members"; count: number }
  | { type: "message"; key: string; message: Message };

export interface SearchResults {
  chats: readonly Option[];
  members: readonly Option[];
  messages: readonly Option[];
  found: FoundMessages;
  /** Colleagues or messages are still being looked for. */
  isPending: boolean;
  showAll: (of: "chats" | "members") => void;
}

const FIRST = 4;

/** Conversations and people by name, and messages by what they say; with filters, which only messages have, messages alone. */
export function useSearchResults(isComposing: boolean): SearchResults {
  const { store } = useMessenger();
  const { typed, filters, hasFilters } = useSearchPlace();
  const names = hasFilters ? "" : typed.trim();
  const conversations = useInbox((state) => state.conversations);
  // Pinyin that is not a word yet finds people; no message says it.
  const [words, setWords] = useState(typed);
  if (!isComposing && words !== typed) setWords(typed);
  const found = useFoundMessages(words, filters);
  const directory = useMemberSearch(names);
  const sounds = useSounds();
  const [whole, setWhole] = useState<{ of: readonly string[]; typed: string }>({ of: [], typed: "" });
  const isWhole = (of: string) => whole.typed === names && whole.of.includes(of);

  const named = useMemo(() => {
    const state = { ...store.getState(), conversations };
    const chats = names ? conversationsNamed(state, names, sounds) : [];
    const shown = new Set(chats.map((it) => it.id));
    const members = (directory.data ?? []).filter((it) => {
      const talk = directConversationWith(state, it.id);
      return it.is_active && it.id !== state.personId && !(talk && shown.has(talk.id));
    });
    return { chats, members };
  }, [store, conversations, names, sounds, directory.data]);

  return {
    chats: shortened(named.chats.map((conversation): Option => ({ type: "chat", key: `c${conversation.id}`, conversation })), "chats", isWhole("chats")),
    members: shortened(named.members.map((member): Option => ({ type: "member", key: `p${member.id}`, member })), "members", isWhole("members")),
    messages: found.messages.map((message): Option => ({ type: "message", key: `m${message.conversation_id}-${message.seq}`, message })),
    found,
    isPending: isComposing || found.isPending || directory.isPending,
    showAll: (of) => setWhole((it) => ({ typed: names, of: it.typed === names ? [...it.of, of] : [of] })),
  };
}

/** The first of a section, and an option that shows the others; for one alone that would be no shorter. */
function shortened(options: Option[], of: "chats" | "members", isWhole: boolean): Option[] {
  if (isWhole || options.length <= FIRST + 1) return options;
  return [...options.slice(0, FIRST), { type: "all", key: `all-${of}`, of, count: options.length }];
}
