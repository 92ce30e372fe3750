import { useEffect } from "react";

import { useUnreadTotal } from "../../messaging";

const BASE = import.meta.env.BASE_URL;

/** The number on the installed app's icon, and the dot on the tab's. */
export function useBadges(): void {
  const unread = useUnreadTotal();
  useEffect(() => {
    // Not every browser has it, and where it has, it may refuse: the number also stands in the title.
    void navigator.setAppBadge?.(unread).catch(() => undefined);
    const icon = document.querySelector<HTMLLinkElement>("link[rel=icon]");
    icon?.setAttribute("href", `${BASE}${unread > 0 ? "icon-unread.svg" : "icon.svg"}`);
  }, [unread]);
  useEffect(
    () => () => {
      // Whoever signs in next has no business with this one's count.
      void navigator.clearAppBadge?.().catch(() => undefined);
      document.querySelector("link[rel=icon]")?.setAttribute("href", `${BASE}icon.svg`);
    },
    [],
  );
}
