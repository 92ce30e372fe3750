import { useEffect } from "react";

import { useComposing } from "./useComposing";
import { useMessenger } from "./useMessenger";

/** The field follows what this person writes on another device, and what it answers follows them there. */
export function useKeptDraft(setText: (text: string) => void): void {
  const { drafts } = useMessenger();
  const { draftId, composing, resume, stop } = useComposing();
  useEffect(() => {
    if (composing?.mode !== "edit") drafts.change(draftId, { replyTo: composing?.mode === "reply" ? composing.quote : null });
  }, [drafts, draftId, composing]);
  useEffect(
    () =>
      drafts.onAdopted((id) => {
        // An edit has the field to itself; afterwards the draft comes back as it is then.
        if (id !== draftId || composing?.mode === "edit") return;
        const { text, replyTo } = drafts.partsOf(draftId);
        setText(text);
        if (replyTo) resume(replyTo);
        else if (composing) stop();
      }),
    [drafts, draftId, composing, resume, stop, setText],
  );
}
