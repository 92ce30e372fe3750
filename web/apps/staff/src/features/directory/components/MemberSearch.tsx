import type { Member } from "@hutong/api";
import { EmptyState, SkeletonRows } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { IconSearch, IconUserSearch, IconX } from "@tabler/icons-react";
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";

import { sentenceOf } from "../../../app/client";
import { useMemberSearch } from "../hooks/useMemberSearch";
import { MemberLine } from "./MemberLine";
import classes from "./MemberSearch.module.css";

interface MemberSearchProps {
  typed: string;
  onType: (typed: string) => void;
  onChoose: (memberId: string) => void;
  selectedId: string | null;
  /** Where the search box stands: in a list's header, on top of a page. */
  frame: (box: ReactNode) => ReactNode;
  /** What is shown while nothing is asked. */
  children: ReactNode;
}

/** A search box and what it finds. Up and down choose, Enter opens, Escape clears; half-typed Chinese is left alone. */
export function MemberSearch({ typed, onType, onChoose, selectedId, frame, children }: MemberSearchProps) {
  const { t } = useLingui();
  const listId = useId();
  const box = useRef<HTMLInputElement>(null);
  const [active, setActive] = useState(0);
  const { data, isPending, error } = useMemberSearch(typed);
  const isAsking = typed.trim() !== "";
  const found = isAsking ? (data ?? []) : [];
  const activeAt = Math.min(active, found.length - 1);
  const isEnterWaiting = useRef(false);
  useEffect(() => {
    // Enter pressed before the answer was there: fast typists do not look whether it came.
    if (isPending || !isEnterWaiting.current) return;
    isEnterWaiting.current = false;
    const first = data?.[0];
    if (first) onChoose(first.id);
  }, [isPending, data, onChoose]);

  const type = (value: string) => {
    isEnterWaiting.current = false;
    setActive(0);
    onType(value);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // 229: browsers that end the composition before telling of the Enter that ended it.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape" && typed !== "") type("");
    else if (event.key === "ArrowDown") setActive(Math.min(activeAt + 1, found.length - 1));
    else if (event.key === "ArrowUp") setActive(Math.max(activeAt - 1, 0));
    else if (event.key === "Enter") {
      const member = found[activeAt];
      if (isPending) isEnterWaiting.current = true;
      else if (member) onChoose(member.id);
    } else return;
    event.preventDefault();
  };

  const input = (
    <div className={classes.box}>
      <IconSearch size={17} stroke={1.8} aria-hidden className={classes.glass} />
      <input
        ref={box}
        type="search"
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls={found.length > 0 ? listId : undefined}
        aria-autocomplete="list"
        aria-activedescendant={found[activeAt] ? `${listId}-${found[activeAt].id}` : undefined}
        aria-label={t`搜索同事`}
        placeholder={t`姓名、拼音、账号、手机尾号`}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {typed !== "" ? (
        <button
          type="button"
          aria-label={t`清空`}
          onClick={() => {
            type("");
            box.current?.focus();
          }}
        >
          <IconX size={15} aria-hidden />
        </button>
      ) : null}
    </div>
  );

  return (
    <>
      {frame(input)}
      <div role="status" className={classes.spoken}>
        {isAsking && !isPending && data ? t`找到 ${found.length} 位同事` : null}
      </div>
      {isAsking ? (
        <Found id={listId} members={found} isPending={isPending && !data} error={error} activeAt={activeAt} selectedId={selectedId} words={typed.trim()} onChoose={onChoose} />
      ) : (
        children
      )}
    </>
  );
}

interface FoundProps {
  id: string;
  members: readonly Member[];
  isPending: boolean;
  error: Error | null;
  activeAt: number;
  selectedId: string | null;
  words: string;
  onChoose: (memberId: string) => void;
}

function Found({ id, members, isPending, error, activeAt, selectedId, words, onChoose }: FoundProps) {
  const { t } = useLingui();
  if (error) return <EmptyState title={sentenceOf(error)} />;
  if (isPending) return <SkeletonRows count={6} height={60} face={36} />;
  if (members.length === 0) {
    return (
      <EmptyState
        icon={<IconUserSearch size={28} />}
        title={t`没有找到“${words}”`}
        hint={t`换个写法试试：全名、拼音、拼音首字母、账号，或手机号的后四位。`}
      />
    );
  }
  return (
    <ul id={id} role="listbox" aria-label={t`搜索结果`} className={classes.found}>
      {members.map((member, at) => (
        // The keys are the search box's: it keeps the focus and names this option as its active one.
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events
        <li
          key={member.id}
          id={`${id}-${member.id}`}
          role="option"
          aria-selected={at === activeAt}
          data-active={at === activeAt}
          data-selected={member.id === selectedId}
          ref={(element) => {
            if (at === activeAt) element?.scrollIntoView({ block: "nearest" });
          }}
          onClick={() => onChoose(member.id)}
        >
          <MemberLine member={member} words={words} />
        </li>
      ))}
    </ul>
  );
}
