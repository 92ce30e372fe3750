import type { Id } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { useMemo, useState } from "react";

import { useInbox, useMessenger } from "../../hooks/useMessenger";
import { useSounds } from "../../hooks/useSounds";
import { conversationsNamed } from "../../state/finding";
import { conversationTitle } from "../../state/selectors";
import { ConversationFace } from "../ConversationFace";
import { ChoiceList } from "./ChoiceList";
import { FilterChip } from "./FilterChip";

const MOST = 50;

export function ConversationFilter({ value, onChange }: { value: Id | null; onChange: (id: Id | null) => void }) {
  const { t } = useLingui();
  const name = useInbox((state) => {
    const known = value === null ? undefined : state.conversations[value];
    return known ? conversationTitle(known, state) : null;
  });
  return (
    <FilterChip label={t`会话`} value={value === null ? null : (name ?? "…")} onClear={() => onChange(null)}>
      {(close) => (
        <Choices
          onChoose={(id) => {
            onChange(id);
            close();
          }}
        />
      )}
    </FilterChip>
  );
}

function Choices({ onChoose }: { onChoose: (id: Id) => void }) {
  const { t } = useLingui();
  const { store } = useMessenger();
  const conversations = useInbox((state) => state.conversations);
  const sounds = useSounds();
  const [query, setQuery] = useState("");
  const choices = useMemo(() => {
    const state = { ...store.getState(), conversations };
    return conversationsNamed(state, query, sounds)
      .slice(0, MOST)
      .map((it) => ({ id: it.id, label: conversationTitle(it, state), lead: <ConversationFace conversation={it} size={28} /> }));
  }, [store, conversations, query, sounds]);
  return <ChoiceList label={t`会话名或成员`} query={query} onQuery={setQuery} choices={choices} onChoose={onChoose} />;
}
