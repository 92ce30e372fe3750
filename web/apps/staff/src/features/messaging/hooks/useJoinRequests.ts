import type { Id, JoinRequest } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";

import { sentenceOf } from "../../../app/client";
import { showToast } from "../../../app/toast";
import { decideJoin, listJoinRequests } from "../api/groups";
import { managedGroups } from "../state/groups";
import { useInbox, useMessenger } from "./useMessenger";

const KEY = ["messaging", "join-requests"];
// As many as one may decide at once.
const AT_ONCE = 200;
const NONE: readonly JoinRequest[] = [];

/** Who waits to be let into a group that this person manages; asked for again after an absence, and by whoever becomes a manager. */
export function useJoinRequests(conversationId: Id): readonly JoinRequest[] {
  const managed = useInbox(managedGroups);
  const token = useInbox((state) => state.syncToken);
  const { data } = useQuery({
    queryKey: [...KEY, managed, token],
    queryFn: listJoinRequests,
    enabled: managed !== "",
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    select: useCallback((all: readonly JoinRequest[]) => all.filter((it) => it.conversation_id === conversationId), [conversationId]),
  });
  return managed === "" ? NONE : (data ?? NONE);
}

/** Once for the app: hears of requests, and tells whoever asked that it was refused. */
export function useJoinRequestWatch(): void {
  const { t } = useLingui();
  const { client, store } = useMessenger();
  const cache = useQueryClient();
  useEffect(
    () =>
      client.on("join_requests", ({ items }) => {
        void cache.invalidateQueries({ queryKey: KEY });
        const me = store.getState().personId;
        for (const { by, decided_by, person, state } of items) {
          if (state === "refused" && by.id === me && decided_by && decided_by.id !== me) showToast("failed", t`${decided_by.name} 没有同意 ${person.name} 入群`);
        }
      }),
    [cache, client, store, t],
  );
}

/** Lets these in, or does not; whoever was decided on before stays so, and it is said. */
export function useJoinDecision(conversationId: Id): (requests: readonly JoinRequest[], isAccepted: boolean) => Promise<void> {
  const { t } = useLingui();
  const { store } = useMessenger();
  const cache = useQueryClient();
  return useCallback(
    async (requests, isAccepted) => {
      try {
        const ids = requests.slice(0, AT_ONCE).map((it) => it.id);
        const me = store.getState().personId;
        for (const { state, person, decided_by } of await decideJoin(conversationId, ids, isAccepted)) {
          if (state === "lapsed") showToast("failed", t`${person.name} 已离开企业，没有入群`);
          else if (decided_by && decided_by.id !== me) showToast("done", state === "accepted" ? t`${decided_by.name} 已同意 ${person.name} 入群` : t`${decided_by.name} 已拒绝 ${person.name} 入群`);
        }
      } catch (error) {
        showToast("failed", sentenceOf(error));
      }
      await cache.invalidateQueries({ queryKey: KEY });
    },
    [cache, conversationId, store, t],
  );
}
