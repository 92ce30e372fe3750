import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import { rowsOf } from "../rows";
import type { Talk } from "../talk";
import type { TalkState } from "../talkState";
import { t } from "../texts";
import { EchoBubble, MessageBubble, PictureEcho } from "./Bubble";
import { FileEcho } from "./FileEcho";
import { Icon } from "./Icon";
import { Viewer, type Viewed } from "./Viewer";

/** So near to the end counts as being there. */
const NEAR_PX = 60;
const FETCH_OLDER_PX = 600;

/** Whether what is added is new words, to be read aloud: not the first page, and not older ones put above. */
function useIsLive(state: TalkState): boolean {
  const [isLive, setLive] = useState(false);
  const isFetching = !state.isLogLoaded || state.isFetchingOlder;
  useEffect(() => {
    const timer = setTimeout(() => setLive(!isFetching), isFetching ? 0 : 500);
    return () => clearTimeout(timer);
  }, [isFetching]);
  return isLive && !isFetching;
}

/**
 * The scroller lays its one child from the bottom up (column-reverse): it stands at the end by itself, whatever loads, grows or
 * is put above, and scrollTop counts from 0 at the end downwards to minus.
 */
export function MessageList({ talk, state }: { talk: Talk; state: TalkState }) {
  const scrollerRef = useRef<HTMLDivElement>(null);
  const listRef = useRef<HTMLOListElement>(null);
  const beforeRef = useRef({ height: 0, last: "" });
  const [isAtEnd, setAtEnd] = useState(true);
  const [hasNew, setHasNew] = useState(false);
  const [viewed, setViewed] = useState<Viewed | null>(null);
  const isLive = useIsLive(state);
  const rows = rowsOf(state);
  const lastRow = rows[rows.length - 1];

  useLayoutEffect(() => {
    const height = listRef.current!.offsetHeight;
    const last = lastRow?.key ?? "";
    const { height: heightBefore, last: lastBefore } = beforeRef.current;
    if (lastRow && last !== lastBefore && lastBefore) {
      if (lastRow.is === "echo" || lastRow.is === "picture" || lastRow.is === "file") scrollerRef.current!.scrollTop = 0;
      else if (scrollerRef.current!.scrollTop < -NEAR_PX) {
        // Somebody reads above: the words stay where they are, and the new ones wait below.
        scrollerRef.current!.scrollTop -= height - heightBefore;
        setHasNew(true);
      }
    }
    beforeRef.current = { height, last };
  }, [lastRow, state.log]);

  const look = useCallback(() => {
    const { scrollTop, scrollHeight, clientHeight } = scrollerRef.current!;
    const atEnd = scrollTop > -NEAR_PX;
    setAtEnd(atEnd);
    if (atEnd) setHasNew(false);
    if (scrollHeight + scrollTop - clientHeight < FETCH_OLDER_PX) void talk.fetchOlder();
  }, [talk]);

  // A short talk on a tall screen has nothing to scroll, yet may have more.
  useEffect(look, [look, state.log, state.hasOlder]);

  useEffect(() => {
    const mark = () => {
      if (isAtEnd && document.visibilityState === "visible") talk.markRead();
    };
    mark();
    document.addEventListener("visibilitychange", mark);
    return () => document.removeEventListener("visibilitychange", mark);
  }, [talk, state.log, state.me, isAtEnd]);

  const retry = (clientId: string) => talk.retry(clientId);
  const discard = (clientId: string) => talk.discard(clientId);

  return (
    <>
      <div
        class="scroller"
        ref={scrollerRef}
        onScroll={look}
        // The keyboard scrolls what has the focus.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        role="log"
        aria-live={isLive ? "polite" : "off"}
        aria-label={t("messages")}
      >
        <ol class="messages" ref={listRef} aria-busy={!state.isLogLoaded && state.me !== null}>
          {state.hasOlder && (
            <li class="separator">
              {state.isFetchingOlder ? (
                t("loadingOlder")
              ) : (
                <button type="button" onClick={() => void talk.fetchOlder()}>
                  {t("older")}
                </button>
              )}
            </li>
          )}
          {!state.hasOlder && state.firstSeq > 1 && (state.log.items[0]?.seq ?? state.firstSeq) === state.firstSeq && <li class="separator">{t("removed")}</li>}
          {rows.map((row) => {
            switch (row.is) {
              case "message":
                return <MessageBubble key={row.key} row={row} talk={talk} onView={setViewed} />;
              case "echo":
                return <EchoBubble key={row.key} echo={row.echo} onRetry={retry} onDiscard={discard} />;
              case "picture":
                return <PictureEcho key={row.key} picture={row.picture} onRetry={retry} onDiscard={discard} />;
              case "file":
                return <FileEcho key={row.key} file={row.file} isKnown={state.me !== null} talk={talk} />;
              default:
                return (
                  <li key={row.key} class="separator">
                    {row.text}
                  </li>
                );
            }
          })}
        </ol>
      </div>
      {hasNew && (
        <button
          type="button"
          class="to-end"
          onClick={() => {
            scrollerRef.current!.scrollTop = 0;
          }}
        >
          <Icon name="down" />
          {t("newMessages")}
        </button>
      )}
      {viewed && <Viewer viewed={viewed} onClose={() => setViewed(null)} />}
    </>
  );
}
