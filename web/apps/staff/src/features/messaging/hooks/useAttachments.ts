import { useLingui } from "@lingui/react/macro";
import { useCallback, useEffect, useRef, useState } from "react";

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
  const current = useRef(items);
  useEffect(() => {
    current.current = items;
  }, [items]);

  const add = useCallback(
    (files: readonly File[]) => {
      const filled = files.filter((it) => it.size > 0);
      if (filled.length < files.length) showToast("failed", t`空文件不能发送。`);
      if (filled.length > MOST) showToast("failed", t`一次最多添加 ${MOST} 个文件。`);
      void Promise.all(filled.slice(0, MOST).map(attachmentOf)).then((added) => setItems((it) => [...it, ...added].slice(0, MOST)));
    },
    [t],
  );
  const remove = useCallback((id: string) => setItems((it) => it.filter((other) => other.id !== id)), []);
  const take = useCallback(() => {
    const taken = current.current;
    setItems([]);
    return taken;
  }, []);
  return { items, add, remove, take };
}
