import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";

import { sentenceOf } from "../../../app/client";
import { showToast } from "../../../app/toast";
import { openDirectConversation } from "../api/directory";

/** Opens the talk with somebody, the existing one where there is one, and goes there. */
export function useMessageMember() {
  const navigate = useNavigate();
  return useMutation({
    mutationFn: openDirectConversation,
    onSuccess: (conversation) => navigate({ to: "/chats/$conversationId", params: { conversationId: conversation.id } }),
    onError: (error) => showToast("failed", sentenceOf(error)),
  });
}
