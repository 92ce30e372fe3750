import type { Contact } from "@hutong/api";
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";

import { useMessenger } from "../../messaging";
import { CONTACTS_KEY, listContacts, putContactWay } from "../api/contacts";

/** My customers, page by page; a new one, or one whose name changed, is told by the socket and asked for at once. */
export function useContacts(query: string) {
  const messenger = useMessenger();
  const cache = useQueryClient();
  const pages = useInfiniteQuery({
    queryKey: [...CONTACTS_KEY, query],
    queryFn: ({ pageParam, signal }) => listContacts(query, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
  useEffect(() => {
    const refresh = () => void cache.invalidateQueries({ queryKey: CONTACTS_KEY });
    // After a gap in the line a customer may have come unheard.
    const offs = [messenger.client.on("contact", refresh), messenger.client.on("welcome", refresh)];
    return () => offs.forEach((off) => off());
  }, [messenger, cache]);
  const contacts: readonly Contact[] = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data]);
  return {
    contacts,
    isPending: pages.isPending,
    isFailed: pages.isError,
    hasMore: pages.hasNextPage,
    isLoadingMore: pages.isFetchingNextPage,
    loadMore: () => void pages.fetchNextPage(),
    reload: () => void pages.refetch(),
  };
}

export function useContactWay() {
  return useQuery({ queryKey: ["contact-way"], queryFn: putContactWay, staleTime: Infinity });
}
