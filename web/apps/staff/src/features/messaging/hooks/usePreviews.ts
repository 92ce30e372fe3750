import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState, useSyncExternalStore } from "react";

import { getLinkPreviews, putLinkPreviews, type LinkPreviews } from "../api/previews";
import { firstLinkHost } from "../state/previews";

const KEY = ["messaging", "link previews"];
const HIDDEN = "hutong.linkCards";
const listeners = new Set<() => void>();

/** Whether the company has links shown as cards; undefined until it is known. */
export function useLinkPreviews(isWanted = true): LinkPreviews | undefined {
  return useQuery({ queryKey: KEY, queryFn: getLinkPreviews, staleTime: 5 * 60_000, enabled: isWanted }).data;
}

export function useSwitchPreviews(): (isOn: boolean) => Promise<void> {
  const cache = useQueryClient();
  return useCallback(async (isOn) => void cache.setQueryData(KEY, await putLinkPreviews(isOn)), [cache]);
}

/** What this person wants to see, on this device. */
export function useShowsCards(): [boolean, (shows: boolean) => void] {
  const shows = useSyncExternalStore(subscribe, read);
  const choose = useCallback((wanted: boolean) => {
    try {
      if (wanted) localStorage.removeItem(HIDDEN);
      else localStorage.setItem(HIDDEN, "hidden");
    } catch {
      // Forbidden: it stays as it is.
    }
    for (const listener of [...listeners]) listener();
  }, []);
  return [shows, choose];
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

function read(): boolean {
  try {
    return localStorage.getItem(HIDDEN) === null;
  } catch {
    return true;
  }
}

/** Of what is being typed: which page will be shown under it, unless its author does without. */
export function useLinkHint(text: string): { host: string | null; dismiss: () => void; without: { without_preview?: true }; reset: () => void } {
  const [dismissed, setDismissed] = useState<string | null>(null);
  const link = useMemo(() => firstLinkHost(text), [text]);
  const settings = useLinkPreviews(link !== null);
  const isShown = settings?.is_on && settings.is_possible && link !== null;
  const isDismissed = link !== null && dismissed === link.href;
  return {
    host: isShown && !isDismissed ? link.host : null,
    dismiss: () => setDismissed(link?.href ?? null),
    without: isDismissed ? { without_preview: true } : {},
    reset: () => setDismissed(null),
  };
}
