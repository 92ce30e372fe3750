import { useMemo, useRef, useState, type MouseEvent, type PointerEvent, type TouchEvent } from "react";

const HELD_MS = 480;

/** A finger that rests opens the menu; one that scrolls does not. The mouse has a button for it. */
export function useLongPress() {
  const [isOpen, setIsOpen] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const wasHeld = useRef(false);
  const touch = useMemo(() => {
    const stop = () => clearTimeout(timer.current);
    const hold = () => {
      wasHeld.current = true;
      setIsOpen(true);
    };
    // The click that follows the lifted finger would close the menu again, or open the link under it.
    const swallow = (event: TouchEvent | MouseEvent) => {
      if (wasHeld.current) event.preventDefault();
    };
    return {
      onPointerDown: (event: PointerEvent) => {
        stop();
        wasHeld.current = false;
        if (event.pointerType === "touch") timer.current = setTimeout(hold, HELD_MS);
      },
      onPointerUp: stop,
      onPointerMove: (event: PointerEvent) => {
        if (Math.abs(event.movementX) + Math.abs(event.movementY) > 2) stop();
      },
      onPointerCancel: stop,
      onTouchEnd: swallow,
      onContextMenu: swallow,
    };
  }, []);
  return { isOpen, setIsOpen, touch };
}
