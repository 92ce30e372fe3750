import type { Member } from "@hutong/api";
import type { Id } from "@hutong/realtime";
import { Face, SkeletonRows } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { TextInput } from "@mantine/core";
import { IconCheck, IconSearch, IconX } from "@tabler/icons-react";
import { useId, useMemo, useState, type KeyboardEvent } from "react";

import { MemberLine, useMemberSearch } from "../../directory";
import { useInbox, useMessenger } from "../hooks/useMessenger";
import { othersIn, sortedConversations } from "../state/selectors";
import classes from "./MemberPicker.module.css";

export interface Picked {
  id: Id;
  name: string;
}

interface Choice extends Picked {
  /** Null for those one knows already, shown by name alone. */
  member: Member | null;
}

interface MemberPickerProps {
  picked: readonly Picked[];
  onChange: (picked: readonly Picked[]) => void;
  /** Already there. */
  without?: ReadonlySet<Id>;
}

/** Colleagues by name, pinyin, initials, account or the end of a phone number; before a word is typed, those one talks with. */
export function MemberPicker({ picked, onChange, without }: MemberPickerProps) {
  const { t } = useLingui();
  const listId = useId();
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const { choices, isPending, isFailed } = useChoices(query, without);
  const active = choices[Math.min(at, choices.length - 1)];
  const pickedIds = new Set(picked.map((it) => it.id));

  const toggle = ({ id, name }: Picked) => {
    onChange(pickedIds.has(id) ? picked.filter((it) => it.id !== id) : [...picked, { id, name }]);
    setQuery("");
    setAt(0);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const last = picked[picked.length - 1];
    if (event.key === "ArrowDown") setAt(Math.min(choices.length - 1, at + 1));
    else if (event.key === "ArrowUp") setAt(Math.max(0, at - 1));
    // While the answer to what is typed is on its way, the list still shows the one before.
    else if (event.key === "Enter" && active && !isPending) toggle(active);
    else if (event.key === "Backspace" && query === "" && last) toggle(last);
    else return;
    if (event.key !== "Backspace") event.preventDefault();
  };

  return (
    <div>
      {picked.length > 0 ? (
        <ul className={classes.picked} aria-label={t`已选同事`}>
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
        aria-label={t`搜索同事`}
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={active ? `${listId}-${active.id}` : undefined}
        placeholder={t`姓名、拼音、账号或手机尾号`}
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        leftSection={<IconSearch size={16} aria-hidden />}
      />
      <div className={classes.results}>
        <div id={listId} role="listbox" aria-label={t`同事`} aria-multiselectable="true" tabIndex={0} className={classes.list} hidden={choices.length === 0} onKeyDown={onKeyDown}>
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
                    <Face person={choice} size={36} />
                    <span className={classes.name}>{choice.name}</span>
                  </>
                )}
              </span>
              {pickedIds.has(choice.id) ? <IconCheck size={20} className={classes.check} aria-hidden /> : null}
            </div>
          ))}
        </div>
        {choices.length > 0 ? null : isPending ? (
          <SkeletonRows count={4} height={52} face={36} />
        ) : (
          <p className={classes.nobody}>
            {isFailed ? t`没能搜索，请检查网络后再试。` : query.trim() ? t`没有找到同事，换个写法试试。` : t`输入名字，找到要聊天的同事。`}
          </p>
        )}
      </div>
    </div>
  );
}

function useChoices(query: string, without: ReadonlySet<Id> | undefined) {
  const { store } = useMessenger();
  const personId = useInbox((state) => state.personId);
  const conversations = useInbox(sortedConversations);
  const { data, isPending, error } = useMemberSearch(query);
  const familiar = useMemo(() => {
    const people = conversations.filter((it) => it.kind === "direct").flatMap((it) => othersIn(it, store.getState().personId));
    return people.filter((it) => it.kind === "member" && it.is_active).slice(0, 12).map((it): Choice => ({ id: it.id, name: it.name, member: null }));
  }, [conversations, store]);
  const found = (data ?? []).filter((it) => it.is_active).map((it): Choice => ({ id: it.id, name: it.name, member: it }));
  const choices = (query.trim() ? found : familiar).filter((it) => it.id !== personId && !without?.has(it.id));
  return { choices, isPending, isFailed: error !== null };
}
