import { visibleMessages, type Id } from "@hutong/realtime";
import { useCallback } from "react";

import { isOf } from "../../../app/keys/keyNames";
import { bubbleOfMessage, type Bubble } from "../state/rows";
import { useComposing } from "./useComposing";
import { useAllowed } from "./useDeeds";
import { useMessenger } from "./useMessenger";

/** In an empty field the arrows reach back into what was said: to mend one's own last words, to answer somebody's. */
export function useComposerKeys(conversationId: Id): (event: KeyboardEvent) => boolean {
  const { store } = useMessenger();
  const { composing, edit, reply } = useComposing();
  const allowed = useAllowed(conversationId);
  return useCallback(
    (event) => {
      const wish = isOf(event, "editLast") ? "edit" : isOf(event, "answerLast") ? "reply" : null;
      if (!wish || event.isComposing || event.keyCode === 229) return false;
      const { threads, personId } = store.getState();
      const thread = threads[conversationId];
      // Somewhere in the past, the last that is loaded is not the last that was said.
      if (!thread || thread.hasNewer) return false;
      const said = visibleMessages(thread.log).filter((it) => it.kind !== "notice" && !it.recalled_at);
      if (wish === "edit") return composing === null && take(said.findLast((it) => it.sender_id === personId), (bubble) => allowed(bubble).edit, edit);
      const before = composing?.mode === "reply" ? composing.quote.seq : Infinity;
      return composing?.mode !== "edit" && take(said.findLast((it) => it.sender_id !== personId && it.seq < before), (bubble) => allowed(bubble).reply, reply);

      function take(message: (typeof said)[number] | undefined, isAllowed: (bubble: Bubble) => boolean, begin: (bubble: Bubble) => void): boolean {
        const bubble = message && bubbleOfMessage(message, personId);
        if (!bubble || !isAllowed(bubble)) return false;
        begin(bubble);
        return true;
      }
    },
    [store, conversationId, composing, edit, reply, allowed],
  );
}
