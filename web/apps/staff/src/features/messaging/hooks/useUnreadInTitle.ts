import { useEffect } from "react";

import { useUnreadTotal } from "./useMessenger";

const COUNT = /^\(\d+\+?\) /;

/** Writes the unread count before whatever title the page has, and keeps it there when the page changes its title. */
export function useUnreadInTitle(): void {
  const unread = useUnreadTotal();
  useEffect(() => {
    const write = () => {
      const plain = document.title.replace(COUNT, "");
      const wanted = unread > 0 ? `(${unread > 99 ? "99+" : unread}) ${plain}` : plain;
      if (document.title !== wanted) document.title = wanted;
    };
    write();
    const observer = new MutationObserver(write);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => {
      observer.disconnect();
      // Whoever signs in next has no business with this one's count.
      document.title = document.title.replace(COUNT, "");
    };
  }, [unread]);
}
