import { useEffect, useState } from "react";

/** How much of the page lies under an on-screen keyboard, where the browser lets it cover the page (iOS) instead of shrinking it. */
export function useKeyboardRoom(): number {
  const [room, setRoom] = useState(0);
  useEffect(() => {
    const view = window.visualViewport;
    if (!view) return undefined;
    const measure = () => {
      // Zoomed in, the visible part is small for another reason.
      const covered = view.scale > 1.01 ? 0 : window.innerHeight - view.height - view.offsetTop;
      setRoom(covered > 80 ? Math.round(covered) : 0);
    };
    view.addEventListener("resize", measure);
    view.addEventListener("scroll", measure);
    return () => {
      view.removeEventListener("resize", measure);
      view.removeEventListener("scroll", measure);
    };
  }, []);
  return room;
}
