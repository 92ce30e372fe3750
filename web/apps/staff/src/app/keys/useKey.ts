import { useEffect, useRef } from "react";

import { isOf, isPlain, type KeyName } from "./keyNames";

interface KeyOptions {
  /** Also while a dialog or a menu is open. */
  isOverDialogs?: boolean;
}

const DIALOGS = "[role=dialog], [role=menu], dialog[open]";

// Before anybody hears of the key: a dialog that Escape closes would be gone when it is our turn.
let wasOverDialogs = false;
window.addEventListener("keydown", () => (wasOverDialogs = document.querySelector(DIALOGS) !== null), { capture: true });

/**
 * A key of the whole window. Nothing fires while an input method composes, nor after something nearer has taken the key; one without
 * Ctrl, ⌘ or Alt is text wherever one types.
 */
export function useKey(name: KeyName, run: (event: KeyboardEvent) => void, { isOverDialogs = false }: KeyOptions = {}): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      // 229: browsers that end the composition before telling of the key that ended it.
      if (event.defaultPrevented || event.isComposing || event.keyCode === 229 || !isOf(event, name)) return;
      if (isPlain(name) && isField(event.target)) return;
      if (!isOverDialogs && wasOverDialogs) return;
      event.preventDefault();
      latest.current(event);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [name, isOverDialogs]);
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
