import { EmptyState, SkeletonRows } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconCloudOff, IconSearch } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import type { ReactNode, UIEvent } from "react";

import { sentenceOf } from "../../../../app/client";
import { MemberLine } from "../../../directory";
import { NO_FILTERS } from "../../api/search";
import { useSearchPlace } from "../../hooks/useSearchPlace";
import type { Option, SearchResults } from "../../hooks/useSearchResults";
import { FoundChat } from "./FoundChat";
import { FoundMessage } from "./FoundMessage";
import classes from "./Search.module.css";

const REACH = 600;

interface SearchResultListProps {
  listId: string;
  results: SearchResults;
  active: Option | undefined;
  onChoose: (option: Option) => void;
}

/** What was found, in sections; further messages come as one scrolls. */
export function SearchResultList({ listId, results, active, onChoose }: SearchResultListProps) {
  const { t } = useLingui();
  const { chats, members, messages, found, isPending } = results;
  const inside = (option: Option) => <Inside option={option} results={results} />;
  const section = (name: string, options: readonly Option[]) =>
    options.length > 0 ? (
      <div role="group" aria-label={name}>
        <div className={classes.section} aria-hidden="true">
          {name}
        </div>
        {options.map((option) => (
          <OptionRow key={option.key} id={`${listId}-${option.key}`} option={option} isActive={option === active || option.key === active?.key} onChoose={onChoose}>
            {inside(option)}
          </OptionRow>
        ))}
      </div>
    ) : null;
  const onScroll = ({ currentTarget: box }: UIEvent<HTMLDivElement>) => {
    if (box.scrollHeight - box.clientHeight - box.scrollTop < REACH) found.loadMore();
  };
  const hasAny = chats.length + members.length + messages.length > 0;
  const count = messages.length;
  return (
    // Another search begins at its own top.
    <div className={classes.scroller} onScroll={onScroll} key={found.words.join(" ")}>
      <div role="status" className={classes.spoken}>
        {isPending ? null : found.hasMore ? t`找到 ${count} 条以上的消息` : t`找到 ${count} 条消息`}
      </div>
      {hasAny ? (
        <div id={listId} role="listbox" aria-label={t`搜索结果`} aria-busy={isPending}>
          {section(t({ message: "会话", context: "several" }), chats)}
          {section(t`同事`, members)}
          {section(t`消息`, messages)}
        </div>
      ) : null}
      <Rest results={results} hasAny={hasAny} />
    </div>
  );
}

/** Below what was found: what is still to come, or why there is nothing. */
function Rest({ results: { found, messages, isPending }, hasAny }: { results: SearchResults; hasAny: boolean }) {
  const { t } = useLingui();
  const { typed, hasFilters, filter } = useSearchPlace();
  const words = typed.trim();
  if (words === "") {
    return <EmptyState icon={<IconSearch size={26} stroke={1.6} />} title={t`要找什么？`} hint={t`输入消息里的字词，一个字也可以；也能找文件名。`} />;
  }
  if (found.error) {
    return (
      <EmptyState
        icon={<IconCloudOff size={26} stroke={1.6} />}
        title={sentenceOf(found.error)}
        action={isWorthRetrying(found.error) ? <Button variant="light" onClick={found.retry}>{t`重试`}</Button> : undefined}
      />
    );
  }
  if (found.isLoadingMore || (isPending && messages.length === 0)) return <SkeletonRows count={found.isLoadingMore ? 2 : 5} height={64} face={36} />;
  if (isPending || messages.length > 0) return null;
  if (hasAny) return <p className={classes.note}>{t`没有消息提到“${words}”`}</p>;
  return (
    <EmptyState
      icon={<IconSearch size={26} stroke={1.6} />}
      title={t`没有找到“${words}”`}
      hint={hasFilters ? t`换个词试试，或者放宽筛选。` : t`换个词试试，多个词之间用空格隔开。`}
      action={hasFilters ? <Button variant="light" onClick={() => filter(NO_FILTERS)}>{t`清除筛选`}</Button> : undefined}
    />
  );
}

/** What the server refused it will refuse again. */
function isWorthRetrying(error: Error): boolean {
  const { status = 0 } = error as { status?: number };
  return status === 0 || status >= 500;
}

interface OptionRowProps {
  id: string;
  option: Option;
  isActive: boolean;
  onChoose: (option: Option) => void;
  children: ReactNode;
}

function OptionRow({ id, option, isActive, onChoose, children }: OptionRowProps) {
  const { conversationId, seq } = useParams({ strict: false });
  const isOpen = option.type === "message" && option.message.conversation_id === conversationId && String(option.message.seq) === seq;
  return (
    // The keys are the search field's: it keeps the focus and names this option as its active one.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      data-active={isActive}
      data-open={isOpen}
      className={classes.option}
      ref={(element) => {
        if (isActive) element?.scrollIntoView({ block: "nearest" });
      }}
      onClick={() => onChoose(option)}
    >
      {children}
    </div>
  );
}

function Inside({ option, results: { found } }: { option: Option; results: SearchResults }) {
  const { t } = useLingui();
  const { typed, filters } = useSearchPlace();
  switch (option.type) {
    case "chat":
      return <FoundChat conversation={option.conversation} typed={typed} />;
    case "member":
      return <MemberLine member={option.member} words={typed.trim()} />;
    case "all":
      return <span className={classes.more}>{option.of === "chats" ? t`显示全部 ${option.count} 个会话` : t`显示全部 ${option.count} 位同事`}</span>;
    case "message":
      return (
        <FoundMessage
          message={option.message}
          conversation={found.conversations[option.message.conversation_id]}
          sender={found.people[option.message.sender_id]}
          words={found.words}
          isInside={filters.conversationId !== null}
        />
      );
  }
}
