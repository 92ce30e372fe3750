import { ApiClient, ApiError } from "@hutong/api";
import { t } from "@lingui/core/macro";
import { QueryClient } from "@tanstack/react-query";

import { currentLanguage } from "./language";

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      // What the server has refused it will refuse again; only an unreachable server is worth another try.
      retry: (count, error) => error instanceof ApiError && (error.isOffline || error.status >= 502) && count < 3,
    },
  },
});

export const ME_KEY = ["me"] as const;

export const api = new ApiClient({
  language: currentLanguage,
  sentence: (kind) =>
    kind === "offline" ? t`连不上服务器，请检查网络后再试。` : t`服务器的回答无法识别，请稍后再试；若一直如此，请联系管理员。`,
  // The shell watches this key: null shows the sign-in page in place, and the address stays where it was.
  onSignedOut: () => queryClient.setQueryData(ME_KEY, null),
});

/** The sentence to show for whatever was thrown. */
export function sentenceOf(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  return t`出了点问题，请刷新页面后再试。`;
}
