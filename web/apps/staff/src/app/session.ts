import { ApiError, type Me } from "@hutong/api";
import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

import { api, ME_KEY } from "./client";

/** Who is signed in on this device; null for nobody. */
export const meQuery = queryOptions<Me | null>({
  queryKey: ME_KEY,
  staleTime: Infinity,
  queryFn: async ({ signal }) => {
    try {
      return await api.get<Me>("/api/me", undefined, signal);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
});

/** The signed-in member. Only for components inside the shell, where somebody always is. */
export function useMe(): Me {
  const { data } = useQuery(meQuery);
  if (!data) throw new Error("useMe outside the signed-in shell");
  return data;
}

/** After a sign-in: who it is, from the server; what an earlier person saw on this device is forgotten. */
export function useSignedIn(): () => Promise<void> {
  const cache = useQueryClient();
  return useCallback(async () => {
    cache.removeQueries({ predicate: (query) => query.queryKey[0] !== ME_KEY[0] });
    await cache.fetchQuery({ ...meQuery, staleTime: 0 });
  }, [cache]);
}

export function useSignOut(): (everywhere: boolean) => Promise<void> {
  const cache = useQueryClient();
  return useCallback(
    async (everywhere: boolean) => {
      try {
        await api.delete(everywhere ? "/api/sessions" : "/api/session");
      } catch (error) {
        if (!(error instanceof ApiError && error.status === 401)) throw error;
      }
      cache.setQueryData(ME_KEY, null);
      cache.removeQueries({ predicate: (query) => query.queryKey[0] !== ME_KEY[0] });
    },
    [cache],
  );
}
