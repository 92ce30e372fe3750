import type { Id } from "@hutong/realtime";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";

import { searchMessages, type SearchFilters } from "../api/search";
import { gatherPages, type GatheredMessages } from "../state/pages";
import { useInbox } from "./useMessenger";

const SOON_MS = 400;

export interface FoundMessages extends GatheredMessages {
  /** As they were compared; of the answer that is shown. */
  words: readonly string[];
  /** Something is asked and its own answer has not come yet. */
  isPending: boolean;
  error: Error | null;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
  retry: () => void;
}

/** Newest first, page by page; asks when the typing pauses. */
export function useFoundMessages(typed: string, filters: SearchFilters): FoundMessages {
  const asked = typed.trim();
  const [settled] = useDebouncedValue(asked, 180);
  const found = useInfiniteQuery({
    queryKey: ["messaging", "search", settled, filters],
    queryFn: ({ pageParam, signal }) => searchMessages(settled, filters, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    enabled: settled !== "",
    // While one goes on typing the last answer stays, so that the list does not blink.
    placeholderData: keepPreviousData,
    // Who asks again wants what was said meanwhile.
    staleTime: 0,
    gcTime: 0,
  });
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = found;
  const pages = asked === "" ? undefined : data?.pages;
  const gathered = useMemo(() => ({ ...gatherPages(pages ?? []), words: pages?.[0]?.words ?? [] }), [pages]);
  useChanges(gathered.conversations, refetch);
  return {
    ...gathered,
    isPending: asked !== "" && (asked !== settled || found.isPending || found.isPlaceholderData),
    error: asked === settled ? found.error : null,
    hasMore: hasNextPage && asked !== "",
    isLoadingMore: isFetchingNextPage,
    loadMore: () => {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
    },
    retry: () => void refetch(),
  };
}

/** What is listed may be recalled or edited while one looks at it: then it is asked for again. */
export function useChanges(conversations: Readonly<Record<Id, unknown>>, ask: () => Promise<unknown>): void {
  const revisions = useInbox((state) => Object.keys(conversations).reduce((sum, id) => sum + (state.conversations[id]?.last_revision ?? 0), 0));
  const shown = useRef({ conversations, revisions });
  useEffect(() => {
    const isSame = shown.current.conversations === conversations;
    const hasChanged = isSame && shown.current.revisions !== revisions;
    if (!isSame) shown.current = { conversations, revisions };
    if (!hasChanged) return undefined;
    const timer = setTimeout(() => void ask(), SOON_MS);
    return () => clearTimeout(timer);
  }, [conversations, revisions, ask]);
}
