import type { Id } from "@hutong/realtime";
import { useState } from "react";

export type DetailsTab = "details" | "image" | "file" | "link";

// Over the way to a message, which is another page of the same chat: the panel that led there stays.
let kept: { id: Id; tab: DetailsTab } | null = null;

/** Which part of a chat's details is open; null: none. */
export function useDetailsOpen(id: Id): [DetailsTab | null, (tab: DetailsTab | null) => void] {
  const [tab, setTab] = useState(() => (kept?.id === id ? kept.tab : null));
  return [
    tab,
    (next) => {
      kept = next && { id, tab: next };
      setTab(next);
    },
  ];
}
