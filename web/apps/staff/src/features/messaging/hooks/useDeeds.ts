import type { Id } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { useCallback, useMemo } from "react";

import { showToast } from "../../../app/toast";
import { mayPin } from "../state/groups";
import type { Bubble } from "../state/rows";
import { useInbox, useMessenger } from "./useMessenger";

/** What one may do with a message once it is said; what is refused is told. */
export function useDeeds(conversationId: Id) {
  const { t } = useLingui();
  const messenger = useMessenger();
  const told = useCallback(
    (deed: Promise<void>) =>
      void deed.catch((error: unknown) => showToast("failed", (error as { message?: string } | null)?.message || t`没有成功，请检查网络后再试。`)),
    [t],
  );
  return useMemo(
    () => ({
      edit: (seq: number, text: string) => told(messenger.deeds.edit(conversationId, seq, text)),
      recall: (bubble: Bubble) => told(messenger.deeds.recall(conversationId, bubble.seq!, bubble.kind === "text" ? bubble.text : "")),
      removePreview: (seq: number) => told(messenger.deeds.removePreview(conversationId, seq)),
      pin: (seq: number, isWanted: boolean) => told(messenger.deeds.pin(conversationId, seq, isWanted)),
      react: (bubble: Bubble, emoji: string) => {
        const { personId } = messenger.store.getState();
        const isThere = bubble.reactions.some((it) => it.emoji === emoji && it.person_ids.includes(personId));
        told(messenger.deeds.react(conversationId, bubble.seq!, emoji, !isThere));
      },
    }),
    [messenger, conversationId, told],
  );
}

/** What was said longer ago is not urgent any more. */
const NUDGE_MINUTES = 24 * 60;

export interface Allowed {
  reply: boolean;
  react: boolean;
  edit: boolean;
  recall: boolean;
  pin: boolean;
  nudge: boolean;
}

/** Which of them are open at this moment. The server has the last word. */
export function useAllowed(conversationId: Id): (bubble: Bubble) => Allowed {
  const limits = useInbox((state) => state.limits);
  const kind = useInbox((state) => state.conversations[conversationId]?.kind);
  const canSpeak = useInbox((state) => state.conversations[conversationId]?.can_publish ?? false);
  const canPin = useInbox((state) => {
    const conversation = state.conversations[conversationId];
    return conversation !== undefined && mayPin(conversation, state.personId);
  });
  return useCallback(
    (bubble: Bubble) => {
      const isSaid = bubble.seq !== null && kind !== undefined;
      const minutes = (Date.now() - Date.parse(bubble.at)) / 60_000;
      return {
        reply: isSaid && canSpeak,
        react: isSaid && kind !== "channel",
        edit: isSaid && bubble.isOwn && bubble.kind === "text" && minutes < limits.edit_minutes,
        recall: isSaid && bubble.isOwn && minutes < limits.recall_minutes,
        pin: isSaid && canPin,
        nudge: isSaid && bubble.isOwn && (kind === "direct" || kind === "group") && minutes < NUDGE_MINUTES,
      };
    },
    [limits, kind, canSpeak, canPin],
  );
}
