import type { Conversation, Id } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useRef, useState, type KeyboardEvent, type ReactNode } from "react";

import { useMinute } from "../hooks/useMinute";
import { ConversationMenu, type MenuPlace } from "./ConversationMenu";
import { ConversationRow, ROW_HEIGHT } from "./ConversationRow";
import classes from "./ConversationList.module.css";

interface ConversationListProps {
  conversations: readonly Conversation[];
  openId: Id | null;
  /** Stands after the last one. */
  end?: ReactNode;
}

/** Only the rows in sight are in the page: a thousand conversations scroll as lightly as ten. */
export function ConversationList({ conversations, openId, end }: ConversationListProps) {
  const { t } = useLingui();
  const scroller = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<MenuPlace | null>(null);
  const closeMenu = useCallback(() => setPlace(null), []);
  useMinute();
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualizer's values are read in this render only
  const virtual = useVirtualizer({
    count: conversations.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => conversations[index]?.id ?? index,
    overscan: 6,
  });

  const moveFocus = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const item = (event.target as HTMLElement).closest<HTMLElement>("[data-index]");
    if (step === 0 || !item) return;
    event.preventDefault();
    const index = Math.min(conversations.length - 1, Math.max(0, Number(item.dataset["index"]) + step));
    virtual.scrollToIndex(index);
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"] a`)?.focus());
  };

  return (
    <div ref={scroller} className={classes.scroller}>
      {/* The arrows are an addition: each row is a link that Tab reaches too. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div role="list" aria-label={t`会话列表`} className={classes.list} style={{ height: virtual.getTotalSize() }} onKeyDown={moveFocus}>
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const conversation = conversations[index];
          return conversation ? (
            <div
              key={key}
              role="listitem"
              aria-setsize={conversations.length}
              aria-posinset={index + 1}
              data-index={index}
              className={classes.item}
              style={{ transform: `translateY(${start}px)` }}
            >
              <ConversationRow conversation={conversation} isOpen={conversation.id === openId} onMenu={setPlace} />
            </div>
          ) : null;
        })}
      </div>
      {end}
      <ConversationMenu place={place} onClose={closeMenu} />
    </div>
  );
}
