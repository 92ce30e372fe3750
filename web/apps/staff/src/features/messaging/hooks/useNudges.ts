import type { Id, Message } from "@hutong/realtime";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";

import { queryClient, sentenceOf } from "../../../app/client";
import { showToast } from "../../../app/toast";
import { confirmNudge, getNudge, listNudges } from "../api/nudges";
import { gatherPages, type GatheredMessages } from "../state/pages";
import { useInbox, useMessenger } from "./useMessenger";

const WAITING = ["messaging", "nudges"];
const STATES = ["messaging", "nudge"];
const NOTHING: GatheredMessages = { messages: [], conversations: {}, people: {} };

/** What waits for this person's confirmation, the latest first; asked for again after an absence. */
export function useWaitingNudges(): GatheredMessages {
  const token = useInbox((state) => state.syncToken);
  const { data } = useQuery({ queryKey: [...WAITING, token], queryFn: listNudges, enabled: token !== null, staleTime: Infinity, placeholderData: keepPreviousData });
  const gathered = useMemo(() => (data ? gatherPages([data]) : NOTHING), [data]);
  const { messages } = gathered;
  const { client, store } = useMessenger();
  const cache = useQueryClient();
  useEffect(() => {
    const again = () => void cache.invalidateQueries({ queryKey: WAITING });
    // What becomes of a message that somebody was asked about is heard by a whole group: only who was asked asks again.
    const waits = ({ conversation_id, seq }: Pick<Message, "conversation_id" | "seq">) =>
      messages.some((it) => it.conversation_id === conversation_id && it.seq === seq);
    const offs = [
      client.on("nudged", again),
      client.on("nudge_confirmed", ({ conversation_id, seq, person_id }) => {
        if (person_id === store.getState().personId) again();
        void cache.invalidateQueries({ queryKey: [...STATES, conversation_id, seq] });
      }),
      client.on("message_changed", (message) => (waits(message) ? again() : undefined)),
      client.on("conversation_left", again),
      client.on("welcome", () => void cache.invalidateQueries({ queryKey: STATES })),
    ];
    return () => offs.forEach((off) => off());
  }, [cache, client, store, messages]);
  return gathered;
}

/** Who was asked about one's own message, and who has confirmed; live. */
export function useNudgeState(conversationId: Id, seq: number) {
  const { data } = useQuery({ queryKey: [...STATES, conversationId, seq], queryFn: () => getNudge(conversationId, seq), staleTime: Infinity });
  return data;
}

/** After one's own nudge: more may have been asked. */
export function forgetNudgeState(conversationId: Id, seq: number): void {
  void queryClient.invalidateQueries({ queryKey: [...STATES, conversationId, seq] });
}

export async function confirm(conversationId: Id, seq: number): Promise<void> {
  try {
    await confirmNudge(conversationId, seq);
  } catch (error) {
    showToast("failed", sentenceOf(error));
  }
  await queryClient.invalidateQueries({ queryKey: WAITING });
}
