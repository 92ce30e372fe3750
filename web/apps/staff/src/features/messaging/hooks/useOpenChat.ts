import type { Id } from "@hutong/realtime";
import { useMatches } from "@tanstack/react-router";

/** The chat that is open, for what stands outside the routes of chats. */
export function useOpenChat(): Id | undefined {
  return useMatches({ select: (matches) => (matches.at(-1)?.params as { conversationId?: Id } | undefined)?.conversationId });
}
