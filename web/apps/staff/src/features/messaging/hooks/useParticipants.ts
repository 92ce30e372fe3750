import type { Participant } from "@hutong/api";
import type { Id } from "@hutong/realtime";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";

import { listParticipants } from "../api/messaging";
import { useInbox } from "./useMessenger";

/** Who is in it, page by page; asked again when the conversation says that somebody came, went or took over. */
export function useParticipants(conversationId: Id) {
  const cache = useQueryClient();
  const key = useMemo(() => ["messaging", "participants", conversationId], [conversationId]);
  const version = useInbox((state) => {
    const it = state.conversations[conversationId];
    return it ? `${it.participant_count} ${it.owner_id} ${it.group?.deputy_ids.join(" ") ?? ""}` : "";
  });
  const pages = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => listParticipants(conversationId, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    staleTime: 0,
  });
  useEffect(() => void cache.invalidateQueries({ queryKey: key }), [cache, key, version]);
  const participants: readonly Participant[] = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data]);
  return {
    participants,
    isPending: pages.isPending,
    isFailed: pages.isError,
    hasMore: pages.hasNextPage,
    loadMore: () => void pages.fetchNextPage(),
    refresh: () => cache.invalidateQueries({ queryKey: key }),
  };
}
