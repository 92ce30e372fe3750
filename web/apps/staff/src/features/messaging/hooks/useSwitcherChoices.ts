import type { Member } from "@hutong/api";
import type { Conversation } from "@hutong/realtime";
import { useMemo } from "react";

import { useMemberSearch } from "../../directory";
import type { Place } from "../components/switcher/Switcher";
import { conversationsNamed, nearness } from "../state/finding";
import { directConversationWith } from "../state/selectors";
import { useInbox, useMessenger } from "./useMessenger";
import { useOpenChat } from "./useOpenChat";
import { useSounds } from "./useSounds";

export type Choice =
  | { type: "chat"; key: string; conversation: Conversation }
  | { type: "member"; key: string; member: Member }
  | { type: "place"; key: string; place: Place }
  | { type: "words"; key: string };

export interface ChoiceGroup {
  of: "chats" | "members" | "places" | "words";
  choices: readonly Choice[];
}

const MOST_CHATS = 8;
const MOST_MEMBERS = 6;

/** Where one may want to go: before a letter is typed, where one has just been; then what the letters name. */
export function useSwitcherChoices(query: string, places: readonly Place[]): { groups: readonly ChoiceGroup[]; isPending: boolean } {
  const { store, keeping } = useMessenger();
  const openId = useOpenChat();
  const conversations = useInbox((state) => state.conversations);
  const sounds = useSounds();
  const { data, isPending } = useMemberSearch(query);
  const words = query.trim();
  const groups = useMemo(() => {
    const state = { ...store.getState(), conversations };
    const chats = words ? conversationsNamed(state, words, sounds).slice(0, MOST_CHATS) : recent(conversationsNamed(state, "", sounds), keeping.visited, openId);
    const talks = new Set(chats.map((it) => it.id));
    const members = words ? (data ?? []).filter((it) => it.is_active && it.id !== state.personId) : [];
    const others = members.filter((it) => !talks.has(directConversationWith(state, it.id)?.id ?? "")).slice(0, MOST_MEMBERS);
    const near = places.filter((it) => !words || nearness(it.name, words, sounds) !== null);
    const all: ChoiceGroup[] = [
      { of: "chats", choices: chats.map((conversation) => ({ type: "chat", key: `c${conversation.id}`, conversation })) },
      { of: "members", choices: others.map((member) => ({ type: "member", key: `p${member.id}`, member })) },
      { of: "places", choices: near.map((place) => ({ type: "place", key: `g${place.id}`, place })) },
      { of: "words", choices: words ? [{ type: "words", key: "words" }] : [] },
    ];
    return all.filter((it) => it.choices.length > 0);
  }, [store, keeping, conversations, openId, words, sounds, data, places]);
  return { groups, isPending };
}

/** Those one came from before all others: pressed twice, the switcher leads there and back. */
function recent(listed: readonly Conversation[], visited: readonly string[], openId: string | undefined): Conversation[] {
  const place = new Map(visited.map((id, at) => [id, at]));
  const others = listed.filter((it) => it.id !== openId);
  return others.sort((a, b) => (place.get(a.id) ?? visited.length) - (place.get(b.id) ?? visited.length)).slice(0, MOST_CHATS);
}
