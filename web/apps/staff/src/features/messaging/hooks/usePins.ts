import type { Id, Message, PinnedMessages } from "@hutong/realtime";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";

import { listPins } from "../api/pins";
import { concernsPins, withPin } from "../state/pins";
import { useInbox, useMessenger } from "./useMessenger";

const NONE: PinnedMessages = { items: [], people: [], last_revision: 0 };

/** What is put up in the conversation on the screen; asked for again after an absence, and kept up by what happens to messages. */
export function usePins(conversationId: Id): PinnedMessages {
  const { client, store } = useMessenger();
  const cache = useQueryClient();
  const token = useInbox((state) => state.syncToken);
  const { data = NONE } = useQuery({
    queryKey: ["messaging", "pins", conversationId, token],
    queryFn: async () => {
      const told = await listPins(conversationId);
      store.apply({ type: "people", people: told.people });
      return told;
    },
    enabled: token !== null,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });
  useEffect(() => {
    const queryKey = ["messaging", "pins", conversationId];
    return client.on("message_changed", (message: Message) => {
      if (message.conversation_id !== conversationId) return;
      const known = cache.getQueryData<PinnedMessages>([...queryKey, store.getState().syncToken]);
      if (known && !concernsPins(known, message)) return;
      // What is not loaded may be from before one's time, and is for the server to tell.
      const isLoaded = store.getState().threads[conversationId]?.log.items.some((it) => it.seq === message.seq) ?? false;
      if (!known || !isLoaded) void cache.invalidateQueries({ queryKey });
      else cache.setQueriesData<PinnedMessages>({ queryKey }, (pins) => pins && withPin(pins, message));
    });
  }, [cache, client, conversationId, store]);
  // What is kept no longer is pinned no longer.
  const firstSeq = useInbox((state) => state.conversations[conversationId]?.first_seq ?? 1);
  return useMemo(() => (data.items.some((it) => it.seq < firstSeq) ? { ...data, items: data.items.filter((it) => it.seq >= firstSeq) } : data), [data, firstSeq]);
}
