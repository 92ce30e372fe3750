import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";

import { useOpenChat } from "./useOpenChat";
import { useSearchPlace } from "./useSearchPlace";

/** To the field above the chats, from anywhere; an open chat stays open beside it. */
export function useGoToSearch(): (words: string) => void {
  const navigate = useNavigate();
  const { ask } = useSearchPlace();
  const conversationId = useOpenChat();
  return useCallback(
    (words) => {
      ask(words);
      if (conversationId === undefined) void navigate({ to: "/chats" });
    },
    [ask, navigate, conversationId],
  );
}
