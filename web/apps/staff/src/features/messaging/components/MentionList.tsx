import { useLingui } from "@lingui/react/macro";
import { IconUsers } from "@tabler/icons-react";
import { useEffect, useRef } from "react";

import { MemberLine } from "../../directory";
import type { Mentioning } from "../hooks/useMentioning";
import classes from "./MentionList.module.css";

/** Whom an @ may call on, above the field; the field keeps the focus. */
export function MentionList({ id, mentioning }: { id: string; mentioning: Mentioning }) {
  const { t } = useLingui();
  const { choices, active, onActive, pick } = mentioning;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: "nearest" });
  }, [active]);
  if (choices.length === 0) return null;
  return (
    <div ref={list} id={id} role="listbox" aria-label={t`提到谁`} className={classes.list}>
      {choices.map((choice, at) => (
        // The arrows, Enter and Tab of the field do the same.
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events
        <div
          key={choice.type === "everybody" ? "everybody" : choice.member.id}
          id={`${id}-${at}`}
          role="option"
          tabIndex={-1}
          aria-selected={at === active}
          className={classes.choice}
          onMouseMove={() => onActive(at)}
          // Before the field loses the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => pick(choice)}
        >
          {choice.type === "everybody" ? (
            <>
              <span className={classes.all} aria-hidden="true">
                <IconUsers size={20} stroke={1.7} />
              </span>
              <span>
                <span className={classes.name}>{choice.name}</span>
                <span className={classes.count}>{t`提醒 ${choice.count} 人`}</span>
              </span>
            </>
          ) : (
            <MemberLine member={choice.member} />
          )}
        </div>
      ))}
    </div>
  );
}

/** What the field says of the list to those who do not see it. */
export function mentionAria(id: string, { choices, active }: Mentioning) {
  if (choices.length === 0) return { "aria-autocomplete": "list" as const };
  return { "aria-autocomplete": "list" as const, "aria-controls": id, "aria-activedescendant": `${id}-${active}` };
}
