import type { Id } from "@hutong/realtime";
import { useEffect } from "react";

import { useComposing } from "./useComposing";
import { useMessenger } from "./useMessenger";

/** The field follows what this person writes on another device, and what it answers follows them there. */
export function useKeptDraft(conversationId: Id, setText: (text: string) => void): void {
  const { drafts } = useMessenger();
  const { composing, resume, stop } = useComposing();
  useEffect(() => {
    if (composing?.mode !== "edit") drafts.change(conversationId, { replyTo: composing?.mode === "reply" ? composing.quote : null });
  }, [drafts, conversationId, composing]);
  useEffect(
    () =>
      drafts.onAdopted((id) => {
        // An edit has the field to itself; afterwards the draft comes back as it is then.
        if (id !== conversationId || composing?.mode === "edit") return;
        const { text, replyTo } = drafts.partsOf(conversationId);
        setText(text);
        if (replyTo) resume(replyTo);
        else if (composing) stop();
      }),
    [drafts, conversationId, composing, resume, stop, setText],
  );
}
