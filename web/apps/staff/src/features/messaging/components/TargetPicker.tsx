import type { Member } from "@hutong/api";
import type { Conversation, Id } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { useMemo, useState } from "react";

import { MemberLine, useMemberSearch } from "../../directory";
import { useInbox, useMessenger } from "../hooks/useMessenger";
import { useSounds } from "../hooks/useSounds";
import { conversationsNamed } from "../state/finding";
import { conversationTitle, directConversationWith } from "../state/selectors";
import { ConversationFace } from "./ConversationFace";
import { Picker, PickerName, type Picked } from "./Picker";

/** A conversation, or a colleague with whom there may be none yet. */
export interface Target extends Picked {
  conversationId: Id | null;
}

type Choice = Target & ({ conversation: Conversation; member?: undefined } | { conversation?: undefined; member: Member });

const SHOWN = 50;

/** Chats and colleagues by name or pinyin; before a word is typed, the most recent ones. */
export function TargetPicker({ picked, onChange }: { picked: readonly Target[]; onChange: (picked: readonly Target[]) => void }) {
  const { t } = useLingui();
  const [query, setQuery] = useState("");
  const choices = useChoices(query);
  return (
    <Picker
      picked={picked}
      onChange={onChange}
      query={query}
      onQuery={setQuery}
      choices={choices}
      draw={(choice) =>
        choice.member ? (
          <MemberLine member={choice.member} words={query.trim()} />
        ) : (
          <>
            <ConversationFace conversation={choice.conversation} size={36} />
            <PickerName>{choice.name}</PickerName>
          </>
        )
      }
      nothing={t`没有找到，换个写法试试。`}
      labels={{ picked: t`已选会话`, search: t`搜索会话或同事`, placeholder: t`会话名、同事姓名或拼音`, list: t`会话和同事` }}
    />
  );
}

function useChoices(query: string): readonly Choice[] {
  const { store } = useMessenger();
  const conversations = useInbox((state) => state.conversations);
  const sounds = useSounds();
  const { data } = useMemberSearch(query);
  return useMemo(() => {
    const state = { ...store.getState(), conversations };
    const open = conversationsNamed(state, query, sounds).filter((it) => it.can_publish && !it.has_left);
    const found = open.slice(0, SHOWN).map((it): Choice => ({ id: it.id, conversationId: it.id, name: conversationTitle(it, state), conversation: it }));
    if (!query.trim()) return found;
    const talks = new Set(found.map((it) => it.id));
    const members = (data ?? []).filter((it) => it.is_active && it.id !== state.personId);
    const others = members.flatMap((member): Choice[] => {
      const talk = directConversationWith(state, member.id);
      if (talk && talks.has(talk.id)) return [];
      return [{ id: talk?.id ?? member.id, conversationId: talk?.id ?? null, name: member.name, member }];
    });
    return [...found, ...others].slice(0, SHOWN);
  }, [store, conversations, query, sounds, data]);
}
