import { useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";

import { useMe } from "../../../app/session";
import { deleteSubscription, pushQuery, putSubscription } from "../api/notifications";
import { canPush, keepWish, subscribe, unsubscribe, wantsPush } from "../state/push";
import { permission } from "../state/notices";

/** Where the person allows it: also after the browser was given another address, or the session is a new one. */
export async function startPush(cache: QueryClient, personId: string): Promise<void> {
  if (!canPush() || permission() !== "granted" || !wantsPush(personId)) return;
  const { public_key } = await cache.ensureQueryData(pushQuery);
  const subscription = await subscribe(public_key);
  await putSubscription(subscription);
  cache.setQueryData(pushQuery.queryKey, { public_key, endpoint: subscription.endpoint ?? null });
}

/** Whether this device is pushed to, and the switch for it. */
export function usePush() {
  const cache = useQueryClient();
  const { id } = useMe();
  const state = useQuery({ ...pushQuery, enabled: canPush() && permission() === "granted" });
  const change = useMutation({
    mutationFn: async (wants: boolean) => {
      keepWish(id, wants);
      if (wants) return startPush(cache, id);
      await deleteSubscription();
      await unsubscribe().catch(() => undefined);
      cache.setQueryData(pushQuery.queryKey, (known) => known && { ...known, endpoint: null });
    },
  });
  const isOn = change.isPending ? change.variables : Boolean(state.data?.endpoint) && wantsPush(id);
  return { isOn, isBusy: state.isPending || change.isPending, hasFailed: change.isError, choose: change.mutate };
}
