import { useLingui } from "@lingui/react/macro";
import { useCallback, useRef, useState } from "react";

import { showToast } from "../../../app/toast";
import { attachmentOf, type Attachment } from "../state/uploads";

const MOST = 20;

export interface Attachments {
  items: readonly Attachment[];
  add: (files: readonly File[]) => void;
  remove: (id: string) => void;
  /** All of them, and the tray is empty. */
  take: () => readonly Attachment[];
}

/** What was chosen, pasted or dropped and waits for "send". */
export function useAttachments(): Attachments {
  const { t } = useLingui();
  const [items, setItems] = useState<readonly Attachment[]>([]);
  // The truth; the state only follows it. Whoever presses Enter between a rendering and its effects must lose nothing.
  const current = useRef(items);
  const set = useCallback((next: readonly Attachment[]) => {
    current.current = next;
    setItems(next);
  }, []);

  const add = useCallback(
    (files: readonly File[]) => {
      const filled = files.filter((it) => it.size > 0);
      if (filled.length < files.length) showToast("failed", t`空文件不能发送。`);
      if (filled.length > MOST) showToast("failed", t`一次最多添加 ${MOST} 个文件。`);
      void Promise.all(filled.slice(0, MOST).map(attachmentOf)).then((added) => set([...current.current, ...added].slice(0, MOST)));
    },
    [set, t],
  );
  const remove = useCallback((id: string) => set(current.current.filter((it) => it.id !== id)), [set]);
  const take = useCallback(() => {
    const taken = current.current;
    set([]);
    return taken;
  }, [set]);
  return { items, add, remove, take };
}
