import type { Id } from "@hutong/realtime";
import { useMediaQuery } from "@mantine/hooks";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";

import { sentenceOf } from "../../../../app/client";
import { showToast } from "../../../../app/toast";
import { NO_FILTERS } from "../../api/search";
import { useSearchPlace } from "../../hooks/useSearchPlace";
import { useSearchResults, type Option } from "../../hooks/useSearchResults";
import { useStartChat } from "../../hooks/useStartChat";
import { SearchField } from "./SearchField";
import { SearchFilterBar } from "./SearchFilterBar";
import { SearchResultList } from "./SearchResultList";

interface MessageSearchProps {
  /** Where the field stands. */
  frame: (field: ReactNode) => ReactNode;
  /** What is shown while nothing is asked. */
  children: ReactNode;
}

/** A field and what it finds. Up and down choose, Enter opens, Escape clears; half-typed Chinese is left alone. */
export function MessageSearch({ frame, children }: MessageSearchProps) {
  const place = useSearchPlace();
  const [isComposing, setIsComposing] = useState(false);
  const results = useSearchResults(isComposing);
  const navigate = useNavigate();
  const at = useParams({ strict: false });
  const { openDirectWith } = useStartChat();
  const isPhone = useMediaQuery("(max-width: 768px)", false, { getInitialValueInEffect: false });
  const listId = useId();
  const box = useRef<HTMLInputElement>(null);
  const [activeAt, setActiveAt] = useState(0);
  const isEnterWaiting = useRef(false);
  const options = place.isOpen ? [...results.chats, ...results.members, ...results.messages] : [];
  const active = options[Math.min(activeAt, options.length - 1)];

  const openAt = async (conversationId: Id, seq: string) => {
    // To where one is already the router would not go again, although one may have scrolled away.
    const isThere = at.conversationId === conversationId && at.seq === seq;
    if (isThere) await navigate({ to: "/chats/$conversationId", params: { conversationId }, replace: true });
    await navigate({ to: "/chats/$conversationId/$seq", params: { conversationId, seq }, replace: isThere });
    // The keys stay here, so that one walks from hit to hit; the chat that opens would like to have them too.
    if (!isPhone) setTimeout(() => box.current?.focus({ preventScroll: true }));
  };
  const open = (option: Option) => {
    switch (option.type) {
      case "chat":
        return void navigate({ to: "/chats/$conversationId", params: { conversationId: option.conversation.id } });
      case "member":
        return void openDirectWith(option.member.id).catch((error: unknown) => showToast("failed", sentenceOf(error)));
      case "all":
        return results.showAll(option.of);
      case "message":
        return void openAt(option.message.conversation_id, String(option.message.seq));
    }
  };

  const choose = (option: Option) => {
    setActiveAt(options.indexOf(option));
    open(option);
  };

  const { askedFor, forget } = place;
  useEffect(() => forget, [forget]);
  // Asked for from another room, the field is there only now.
  const wasAskedFor = useRef(0);
  useEffect(() => {
    if (wasAskedFor.current === askedFor) return;
    wasAskedFor.current = askedFor;
    // On a phone the chat covers the list.
    if (isPhone) void navigate({ to: "/chats" }).then(() => setTimeout(() => box.current?.focus()));
    else box.current?.focus();
  }, [askedFor, isPhone, navigate]);

  const { isPending } = results;
  const first = options[0];
  useEffect(() => {
    // Enter pressed before the answer was there: fast typists do not look whether it came.
    if (isPending || !isEnterWaiting.current) return;
    isEnterWaiting.current = false;
    if (first) open(first);
  });

  const type = (typed: string) => {
    isEnterWaiting.current = false;
    setActiveAt(0);
    place.type(typed);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // 229: browsers that end the composition before telling of the Enter that ended it.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape" && place.typed !== "") type("");
    else if (event.key === "Escape" && place.hasFilters) place.filter(NO_FILTERS);
    else if (event.key === "ArrowDown" && options.length > 0) {
      setActiveAt(Math.min(activeAt + 1, options.length - 1));
      if (activeAt >= options.length - 3) results.found.loadMore();
    } else if (event.key === "ArrowUp" && options.length > 0) setActiveAt(Math.max(Math.min(activeAt, options.length - 1) - 1, 0));
    else if (event.key === "Enter" && place.isOpen) {
      // What stands there of the last answer is not what is asked now.
      if (active && (active.type === "chat" || !isPending)) open(active);
      else if (isPending) isEnterWaiting.current = true;
    } else return;
    event.preventDefault();
  };

  return (
    <>
      {frame(
        <>
          <SearchField
            box={box}
            listId={options.length > 0 ? listId : undefined}
            activeId={active ? `${listId}-${active.key}` : undefined}
            onType={type}
            onComposing={setIsComposing}
            onKeyDown={onKeyDown}
          />
          {place.isOpen ? <SearchFilterBar /> : null}
        </>,
      )}
      {place.isOpen ? <SearchResultList listId={listId} results={results} active={active} onChoose={choose} /> : children}
    </>
  );
}
