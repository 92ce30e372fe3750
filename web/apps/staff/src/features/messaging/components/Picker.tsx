import type { Id } from "@hutong/realtime";
import { SkeletonRows } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { TextInput } from "@mantine/core";
import { IconCheck, IconSearch, IconX } from "@tabler/icons-react";
import { useId, useState, type KeyboardEvent, type ReactNode } from "react";

import classes from "./Picker.module.css";

export interface Picked {
  id: Id;
  name: string;
}

interface PickerProps<It extends Picked, Choice extends It> {
  picked: readonly It[];
  onChange: (picked: readonly It[]) => void;
  query: string;
  onQuery: (query: string) => void;
  choices: readonly Choice[];
  draw: (choice: Choice) => ReactNode;
  /** The answer to what is typed is on its way; the list may still show the one before. */
  isPending?: boolean;
  /** Said where there is nothing to choose. */
  nothing: string;
  labels: { picked: string; search: string; placeholder: string; list: string };
}

/** Several out of many, by what is typed: a field, what was picked above it, and what may be picked below. */
export function Picker<It extends Picked, Choice extends It>(props: PickerProps<It, Choice>) {
  const { picked, onChange, query, onQuery, choices, draw, isPending = false, nothing, labels } = props;
  const { t } = useLingui();
  const listId = useId();
  const [at, setAt] = useState(0);
  const active = choices[Math.min(at, choices.length - 1)];
  const pickedIds = new Set(picked.map((it) => it.id));

  const ask = (words: string) => {
    onQuery(words);
    setAt(0);
  };
  const toggle = (it: It) => {
    onChange(pickedIds.has(it.id) ? picked.filter((other) => other.id !== it.id) : [...picked, it]);
    ask("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const last = picked[picked.length - 1];
    if (event.key === "ArrowDown") setAt(Math.min(choices.length - 1, at + 1));
    else if (event.key === "ArrowUp") setAt(Math.max(0, at - 1));
    else if (event.key === "Enter" && active && !isPending) toggle(active);
    else if (event.key === "Backspace" && query === "" && last) toggle(last);
    else return;
    if (event.key !== "Backspace") event.preventDefault();
  };

  return (
    <div>
      {picked.length > 0 ? (
        <ul className={classes.picked} aria-label={labels.picked}>
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
        aria-label={labels.search}
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={active ? `${listId}-${active.id}` : undefined}
        placeholder={labels.placeholder}
        value={query}
        onChange={(event) => ask(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        leftSection={<IconSearch size={16} aria-hidden />}
      />
      <div className={classes.results}>
        <div id={listId} role="listbox" aria-label={labels.list} aria-multiselectable="true" tabIndex={0} className={classes.list} hidden={choices.length === 0} onKeyDown={onKeyDown}>
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
              <span className={classes.who}>{draw(choice)}</span>
              {pickedIds.has(choice.id) ? <IconCheck size={20} className={classes.check} aria-hidden /> : null}
            </div>
          ))}
        </div>
        {choices.length > 0 ? null : isPending ? <SkeletonRows count={4} height={52} face={36} /> : <p className={classes.nobody}>{nothing}</p>}
      </div>
    </div>
  );
}

/** The name beside a face, where nothing more is known of it. */
export function PickerName({ children }: { children: string }) {
  return <span className={classes.name}>{children}</span>;
}
