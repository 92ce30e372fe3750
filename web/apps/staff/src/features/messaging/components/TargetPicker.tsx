import type { Member } from "@hutong/api";
import type { Conversation, Id } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { TextInput } from "@mantine/core";
import { IconCheck, IconSearch, IconX } from "@tabler/icons-react";
import { useId, useMemo, useState, type KeyboardEvent } from "react";

import { MemberLine, useMemberSearch } from "../../directory";
import { useInbox, useMessenger } from "../hooks/useMessenger";
import { conversationTitle, directConversationWith, sortedConversations } from "../state/selectors";
import { ConversationFace } from "./ConversationFace";
import classes from "./MemberPicker.module.css";

/** A conversation, or a colleague with whom there may be none yet. */
export interface Target {
  id: Id;
  name: string;
  conversationId: Id | null;
}

type Choice = Target & ({ conversation: Conversation; member?: undefined } | { conversation?: undefined; member: Member });

const SHOWN = 50;

/** Chats by name, colleagues also by pinyin; before a word is typed, the most recent ones. */
export function TargetPicker({ picked, onChange }: { picked: readonly Target[]; onChange: (picked: readonly Target[]) => void }) {
  const { t } = useLingui();
  const listId = useId();
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const choices = useChoices(query);
  const active = choices[Math.min(at, choices.length - 1)];
  const pickedIds = new Set(picked.map((it) => it.id));
  const toggle = ({ id, name, conversationId }: Target) => {
    onChange(pickedIds.has(id) ? picked.filter((it) => it.id !== id) : [...picked, { id, name, conversationId }]);
    setQuery("");
    setAt(0);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const last = picked[picked.length - 1];
    if (event.key === "ArrowDown") setAt(Math.min(choices.length - 1, at + 1));
    else if (event.key === "ArrowUp") setAt(Math.max(0, at - 1));
    else if (event.key === "Enter" && active) toggle(active);
    else if (event.key === "Backspace" && query === "" && last) toggle(last);
    else return;
    if (event.key !== "Backspace") event.preventDefault();
  };
  return (
    <div>
      {picked.length > 0 ? (
        <ul className={classes.picked} aria-label={t`已选会话`}>
          {picked.map((it) => (
            <li key={it.id}>
              {it.name}
              <button type="button" aria-label={t`移除 ${it.name}`} onClick={() => toggle(it)}>
                <IconX size={14} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <TextInput
        data-autofocus
        role="combobox"
        aria-label={t`搜索会话或同事`}
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={active ? `${listId}-${active.id}` : undefined}
        placeholder={t`会话名、同事姓名或拼音`}
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        leftSection={<IconSearch size={16} aria-hidden />}
      />
      <div className={classes.results}>
        <div id={listId} role="listbox" aria-label={t`会话和同事`} aria-multiselectable="true" tabIndex={0} className={classes.list} hidden={choices.length === 0} onKeyDown={onKeyDown}>
          {choices.map((choice) => (
            // The arrows and Enter of the search field do the same.
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events
            <div
              key={choice.id}
              id={`${listId}-${choice.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={pickedIds.has(choice.id)}
              data-active={choice === active || undefined}
              className={classes.choice}
              onClick={() => toggle(choice)}
            >
              <span className={classes.who}>
                {choice.member ? (
                  <MemberLine member={choice.member} words={query.trim()} />
                ) : (
                  <>
                    <ConversationFace conversation={choice.conversation} size={36} />
                    <span className={classes.name}>{choice.name}</span>
                  </>
                )}
              </span>
              {pickedIds.has(choice.id) ? <IconCheck size={20} className={classes.check} aria-hidden /> : null}
            </div>
          ))}
        </div>
        {choices.length === 0 ? <p className={classes.nobody}>{t`没有找到，换个写法试试。`}</p> : null}
      </div>
    </div>
  );
}

function useChoices(query: string): readonly Choice[] {
  const { store } = useMessenger();
  const conversations = useInbox(sortedConversations);
  const { data } = useMemberSearch(query);
  return useMemo(() => {
    const state = store.getState();
    const words = query.trim().toLocaleLowerCase();
    const open = conversations.filter((it) => it.can_publish && !it.has_left);
    const named = open.map((it): Choice => ({ id: it.id, conversationId: it.id, name: conversationTitle(it, state), conversation: it }));
    if (!words) return named.slice(0, SHOWN);
    const found = named.filter((it) => it.name.toLocaleLowerCase().includes(words)).slice(0, SHOWN);
    const talks = new Set(found.map((it) => it.id));
    const members = (data ?? []).filter((it) => it.is_active && it.id !== state.personId);
    const others = members.flatMap((member): Choice[] => {
      const talk = directConversationWith(state, member.id);
      if (talk && talks.has(talk.id)) return [];
      return [{ id: talk?.id ?? member.id, conversationId: talk?.id ?? null, name: member.name, member }];
    });
    return [...found, ...others].slice(0, SHOWN);
  }, [store, conversations, query, data]);
}
