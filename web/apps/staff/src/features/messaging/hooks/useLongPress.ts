import { useCallback, useMemo, useRef, useState, type MouseEvent, type PointerEvent, type TouchEvent } from "react";

const HELD_MS = 480;

/** A finger that rests does something; one that scrolls does not. The mouse has a button for it. */
export function useHold(onHold: (x: number, y: number) => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const wasHeld = useRef(false);
  return useMemo(() => {
    const stop = () => clearTimeout(timer.current);
    // The click that follows the lifted finger would close the menu again, or open the link under it.
    const swallow = (event: TouchEvent | MouseEvent) => {
      if (wasHeld.current) event.preventDefault();
    };
    return {
      onPointerDown: (event: PointerEvent) => {
        stop();
        wasHeld.current = false;
        const { clientX, clientY, pointerType } = event;
        if (pointerType !== "touch") return;
        timer.current = setTimeout(() => {
          wasHeld.current = true;
          onHold(clientX, clientY);
        }, HELD_MS);
      },
      onPointerUp: stop,
      onPointerMove: (event: PointerEvent) => {
        if (Math.abs(event.movementX) + Math.abs(event.movementY) > 2) stop();
      },
      onPointerCancel: stop,
      onTouchEnd: swallow,
      onContextMenu: swallow,
    };
  }, [onHold]);
}

/** The same, opening a menu. */
export function useLongPress() {
  const [isOpen, setIsOpen] = useState(false);
  const touch = useHold(useCallback(() => setIsOpen(true), []));
  return { isOpen, setIsOpen, touch };
}
