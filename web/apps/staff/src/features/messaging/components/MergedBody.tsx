import type { Id, Merged } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { useState } from "react";

import { useMergedTitle, useShortWords } from "../hooks/useWords";
import { BundleDialog } from "./BundleDialog";
import classes from "./Merged.module.css";

/** Several messages forwarded as one: whose they were, how they begin; a click reads them all. */
export function MergedBody({ conversationId, merged }: { conversationId: Id; merged: Merged }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <MergedCard merged={merged} onOpen={() => setIsOpen(true)} />
      {isOpen ? <BundleDialog conversationId={conversationId} merged={merged} onClose={() => setIsOpen(false)} /> : null}
    </>
  );
}

export function MergedCard({ merged, onOpen }: { merged: Merged; onOpen: () => void }) {
  const { t } = useLingui();
  const title = useMergedTitle()(merged);
  const shortWords = useShortWords();
  const { count } = merged;
  return (
    <button type="button" className={classes.card} aria-haspopup="dialog" onClick={onOpen}>
      <span className={classes.title}>{title}</span>
      {merged.lines.map((line, at) => (
        <span key={at} className={classes.line}>
          {line.name}：{shortWords(line)}
        </span>
      ))}
      <span className={classes.foot}>{t`查看 ${count} 条聊天记录`}</span>
    </button>
  );
}
