import type { Id } from "@hutong/realtime";
import { useNavigate } from "@tanstack/react-router";

import { useSelecting } from "./useSelecting";

/** To a message in its chat, and a message to other chats, from a list of what was shared. */
export function useShow(conversationId: Id, onGone?: () => void): { show: (seq: number) => void; forward: (seq: number) => void } {
  const navigate = useNavigate();
  const selecting = useSelecting();
  return {
    show: (seq) => {
      onGone?.();
      void navigate({ to: "/chats/$conversationId/$seq", params: { conversationId, seq: String(seq) } });
    },
    forward: (seq) => selecting.forward({ seqs: [seq], way: "each" }),
  };
}
