import type { Id } from "@hutong/realtime";
import { newClientId } from "@hutong/realtime";
import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";

import { createGroup, openDirect } from "../api/messaging";
import { useMessenger } from "./useMessenger";

export interface StartChat {
  openDirectWith: (personId: Id) => Promise<void>;
  openGroupOf: (name: string, personIds: readonly Id[]) => Promise<void>;
}

/** Opens a talk with a colleague, or makes a group, and goes there. */
export function useStartChat(): StartChat {
  const messenger = useMessenger();
  const navigate = useNavigate();
  const openDirectWith = useCallback(
    async (personId: Id) => {
      const conversation = await openDirect(personId);
      messenger.take(conversation);
      await navigate({ to: "/chats/$conversationId", params: { conversationId: conversation.id } });
    },
    [messenger, navigate],
  );
  const openGroupOf = useCallback(
    async (name: string, personIds: readonly Id[]) => {
      const conversation = await createGroup(newClientId(), name.trim() || null, personIds);
      messenger.take(conversation);
      await navigate({ to: "/chats/$conversationId", params: { conversationId: conversation.id } });
    },
    [messenger, navigate],
  );
  return { openDirectWith, openGroupOf };
}
