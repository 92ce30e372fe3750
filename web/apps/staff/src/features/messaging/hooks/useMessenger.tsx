import type { Receipt } from "@hutong/api";
import type { Id, Presence } from "@hutong/realtime";
import { createContext, useContext, useEffect, useMemo, useSyncExternalStore } from "react";

import type { InboxState } from "../state/inbox";
import type { Messenger } from "../state/messenger";
import { totalUnread } from "../state/selectors";
import type { Upload } from "../state/uploads";

export const MessengerContext = createContext<Messenger | null>(null);

export function useMessenger(): Messenger {
  const messenger = useContext(MessengerContext);
  if (!messenger) throw new Error("useMessenger outside MessagingProvider");
  return messenger;
}

/** `select` must give the same value for the same state. */
export function useInbox<T>(select: (state: InboxState) => T): T {
  const { store } = useMessenger();
  return useSyncExternalStore(store.subscribe, () => select(store.getState()));
}

export function useUnreadTotal(): number {
  return useInbox(totalUnread);
}

/** How many have read one's own message; undefined until it is known. */
export function useReceipt(conversationId: Id, seq: number): Receipt | undefined {
  const { receipts } = useMessenger();
  return useSyncExternalStore(receipts.subscribe, () => receipts.get(conversationId, seq));
}

/** How somebody is here, for as long as they are shown; a customer, or nobody, is not asked for. */
export function usePresence(personId: Id | undefined): Presence {
  const { presence } = useMessenger();
  useEffect(() => (personId === undefined ? undefined : presence.show(personId)), [presence, personId]);
  return useSyncExternalStore(presence.subscribe, () => (personId === undefined ? "offline" : presence.get(personId)));
}

export function useUploads(conversationId: Id): readonly Upload[] {
  const { uploads } = useMessenger();
  const all = useSyncExternalStore(uploads.subscribe, uploads.getUploads);
  return useMemo(() => all.filter((it) => it.conversation_id === conversationId), [all, conversationId]);
}

export function useDrafts(): Readonly<Record<Id, string>> {
  const { drafts } = useMessenger();
  return useSyncExternalStore(drafts.subscribe, drafts.getAll);
}
