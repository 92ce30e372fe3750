import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { t } from "../texts";
import { Icon } from "./Icon";

interface SheetProps {
  title: string;
  kind?: "sheet" | "viewer";
  onClose: () => void;
  children: ComponentChildren;
}

/** A modal panel of the browser's own: it keeps the focus inside, closes by Escape, and gives the focus back. */
export function Sheet({ title, kind = "sheet", onClose, children }: SheetProps) {
  const dialogRef = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const { current } = dialogRef;
    // A browser without modal dialogs shows it as a plain panel.
    if (current?.showModal) current.showModal();
    else current?.setAttribute("open", "");
    return () => current?.close?.();
  }, []);
  return (
    // The keyboard closes it by Escape; a tap beside the panel is an addition for fingers.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={dialogRef}
      class={kind}
      aria-label={title}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialogRef.current) onClose();
      }}
    >
      <div class="panel">
        <div class="panel-head">
          <h2>{title}</h2>
          <button type="button" class="icon" aria-label={t("close")} onClick={onClose}>
            <Icon name="close" />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
