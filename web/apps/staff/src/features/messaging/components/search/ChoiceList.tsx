import { useLingui } from "@lingui/react/macro";
import { TextInput } from "@mantine/core";
import { useId, useState, type KeyboardEvent, type ReactNode } from "react";

import classes from "./Search.module.css";

export interface Choice {
  id: string;
  label: string;
  lead: ReactNode;
}

interface ChoiceListProps {
  label: string;
  query: string;
  onQuery: (query: string) => void;
  choices: readonly Choice[];
  onChoose: (id: string) => void;
}

/** A field and what matches it: the arrows walk, Enter chooses. */
export function ChoiceList({ label, query, onQuery, choices, onChoose }: ChoiceListProps) {
  const { t } = useLingui();
  const listId = useId();
  const [at, setAt] = useState(0);
  const active = choices[Math.min(at, choices.length - 1)];

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === "ArrowDown") setAt((it) => Math.min(it + 1, choices.length - 1));
    else if (event.key === "ArrowUp") setAt((it) => Math.max(0, it - 1));
    else if (event.key === "Enter" && active) onChoose(active.id);
    else return;
    event.preventDefault();
  };

  return (
    <div className={classes.choices}>
      <TextInput
        data-autofocus
        role="combobox"
        aria-label={label}
        placeholder={label}
        aria-expanded={choices.length > 0}
        aria-controls={choices.length > 0 ? listId : undefined}
        aria-autocomplete="list"
        aria-activedescendant={active ? `${listId}-${active.id}` : undefined}
        autoComplete="off"
        value={query}
        onChange={(event) => {
          setAt(0);
          onQuery(event.currentTarget.value);
        }}
        onKeyDown={onKeyDown}
      />
      {choices.length === 0 ? (
        <p className={classes.nobody}>{t`没有找到，换个写法试试。`}</p>
      ) : (
        <div id={listId} role="listbox" aria-label={label} className={classes.choiceList}>
          {choices.map((choice) => (
            // The keys are the field's: it keeps the focus and names this option as its active one.
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events
            <div
              key={choice.id}
              id={`${listId}-${choice.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={choice === active}
              data-active={choice === active}
              className={classes.choice}
              ref={(element) => {
                if (choice === active) element?.scrollIntoView({ block: "nearest" });
              }}
              onClick={() => onChoose(choice.id)}
            >
              {choice.lead}
              <span className={classes.choiceName}>{choice.label}</span>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
