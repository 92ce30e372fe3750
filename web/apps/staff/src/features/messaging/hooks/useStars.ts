import type { Id } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { queryClient, sentenceOf } from "../../../app/client";
import { showToast } from "../../../app/toast";
import { deleteStar, listStars, putStar } from "../api/keeping";
import { gatherPages } from "../state/pages";
import { useChanges } from "./useFoundMessages";

const STARS_KEY = ["messaging", "stars"] as const;

/** Every message that this person keeps, the newest star first, page by page. */
export function useStars() {
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: STARS_KEY,
    queryFn: ({ pageParam, signal }) => listStars(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    // Starred on another device meanwhile, or said anew.
    staleTime: 0,
  });
  const pages = data?.pages;
  const gathered = useMemo(() => gatherPages(pages ?? []), [pages]);
  useChanges(gathered.conversations, refetch);
  return {
    ...gathered,
    error: pages ? null : error,
    isPending,
    isLoadingMore: isFetchingNextPage,
    loadMore: () => {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
    },
    retry: () => void refetch(),
  };
}

/** Keeping a message, and keeping it no longer. */
export function useStarring() {
  const { t } = useLingui();
  return useMemo(() => {
    const change = async (deed: Promise<void>, done: string | null) => {
      try {
        await deed;
        if (done) showToast("done", done);
        await queryClient.invalidateQueries({ queryKey: STARS_KEY });
      } catch (error) {
        showToast("failed", sentenceOf(error));
      }
    };
    return {
      star: (id: Id, seq: number) => void change(putStar(id, seq), t`已收藏，在消息列表上方的星标里。`),
      unstar: (id: Id, seq: number) => void change(deleteStar(id, seq), null),
    };
  }, [t]);
}
