import type { Reader } from "@hutong/api";
import type { Id } from "@hutong/realtime";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";

import { listReaders } from "../api/messaging";
import { useReceipt } from "./useMessenger";

/** Who has read a message, or has not, page by page; asked again when their number changes. */
export function useReaders(conversationId: Id, seq: number, state: "read" | "unread") {
  const cache = useQueryClient();
  const key = useMemo(() => ["messaging", "readers", conversationId, seq, state], [conversationId, seq, state]);
  const receipt = useReceipt(conversationId, seq);
  const pages = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => listReaders(conversationId, seq, state, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    staleTime: 0,
  });
  const asked = useRef(receipt);
  useEffect(() => {
    // The first time is the query's own, and so is the first count.
    if (asked.current && asked.current !== receipt) void cache.invalidateQueries({ queryKey: key });
    asked.current = receipt;
  }, [cache, key, receipt]);
  const readers: readonly Reader[] = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data]);
  return {
    readers,
    isPending: pages.isPending,
    isFailed: pages.isError,
    isMoreComing: pages.isFetchingNextPage,
    hasMore: pages.hasNextPage,
    loadMore: () => void pages.fetchNextPage(),
    refresh: () => cache.invalidateQueries({ queryKey: key }),
  };
}
