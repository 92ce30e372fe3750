import type { Id, Person } from "@hutong/realtime";
import { Face } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { useMemo, useState } from "react";

import { useMemberSearch } from "../../../directory";
import { useInbox, useMessenger } from "../../hooks/useMessenger";
import type { InboxState } from "../../state/inbox";
import { personName, sortedConversations } from "../../state/selectors";
import { ChoiceList } from "./ChoiceList";
import { FilterChip } from "./FilterChip";

const MOST = 50;
type Known = Pick<Person, "id" | "name">;

interface SenderFilterProps {
  value: Id | null;
  conversationId: Id | null;
  onChange: (id: Id | null) => void;
}

export function SenderFilter({ value, conversationId, onChange }: SenderFilterProps) {
  const { t } = useLingui();
  // Whom only the directory knew has no name in the inbox.
  const [chosen, setChosen] = useState<Known | null>(null);
  const name = useInbox((state) => {
    if (value === null) return null;
    if (value === state.personId) return t`我`;
    return personName(state, value) || (chosen?.id === value ? chosen.name : "…");
  });
  return (
    <FilterChip label={t`发送人`} value={name} onClear={() => onChange(null)}>
      {(close) => (
        <Choices
          conversationId={conversationId}
          onChoose={(person) => {
            setChosen(person);
            onChange(person.id);
            close();
          }}
        />
      )}
    </FilterChip>
  );
}

function Choices({ conversationId, onChoose }: { conversationId: Id | null; onChoose: (person: Known) => void }) {
  const { t } = useLingui();
  const { store } = useMessenger();
  const [query, setQuery] = useState("");
  const found = useMemberSearch(query).data;
  const people = useMemo(() => {
    const state = store.getState();
    const words = query.trim().toLocaleLowerCase();
    const near = peopleNear(state, conversationId);
    const named = words ? [...near, ...Object.values(state.people)].filter((it) => nameIn(state, it).toLocaleLowerCase().includes(words)) : near;
    const all = words ? [...named, ...(found ?? [])] : named;
    return [...new Map<Id, Known>(all.map((it) => [it.id, it])).values()].slice(0, MOST);
  }, [store, conversationId, query, found]);
  const state = store.getState();
  const choices = people.map((it) => ({ id: it.id, label: it.id === state.personId ? t`我` : nameIn(state, it), lead: <Face person={it} size={28} /> }));
  return (
    <ChoiceList
      label={t`姓名、拼音或账号`}
      query={query}
      onQuery={setQuery}
      choices={choices}
      onChoose={(id) => {
        const person = people.find((it) => it.id === id);
        if (person) onChoose(person);
      }}
    />
  );
}

/** Oneself, then those of the conversation, or those one talked with last. */
function peopleNear(state: InboxState, conversationId: Id | null): Known[] {
  const one = conversationId === null ? undefined : state.conversations[conversationId];
  const others = (one ? [one] : sortedConversations(state).slice(0, 20)).flatMap((it) => it.people).filter((it) => it.id !== state.personId);
  return [state.people[state.personId] ?? { id: state.personId, name: "" }, ...others];
}

function nameIn(state: InboxState, person: Known): string {
  return personName(state, person.id) || person.name;
}
