import type { Id, Message, Person } from "@hutong/realtime";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";

import { listShared, type SharedKind } from "../api/shared";
import { useInbox } from "./useMessenger";

const SOON_MS = 800;

export interface Shared {
  messages: readonly Message[];
  people: Readonly<Record<Id, Person>>;
  isPending: boolean;
  error: Error | null;
  hasMore: boolean;
  loadMore: () => void;
  retry: () => void;
}

/** What was shared in a conversation, newest first, page by page; what is said, edited or recalled meanwhile is followed. */
export function useShared(id: Id, kind: SharedKind): Shared {
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: ["messaging", "shared", id, kind],
    queryFn: ({ pageParam }) => listShared(id, kind, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    staleTime: 0,
    gcTime: 0,
  });
  const state = useInbox((it) => `${it.conversations[id]?.last_seq} ${it.conversations[id]?.last_revision}`);
  const shown = useRef(state);
  useEffect(() => {
    if (shown.current === state) return undefined;
    const timer = setTimeout(() => {
      shown.current = state;
      void refetch();
    }, SOON_MS);
    return () => clearTimeout(timer);
  }, [state, refetch]);
  return useMemo(
    () => ({
      messages: data?.pages.flatMap((page) => page.items) ?? [],
      people: Object.fromEntries((data?.pages.flatMap((page) => page.people) ?? []).map((it) => [it.id, it])),
      isPending,
      error,
      hasMore: hasNextPage,
      loadMore: () => {
        if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
      },
      retry: () => void refetch(),
    }),
    [data, isPending, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch],
  );
}
