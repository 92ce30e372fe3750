import { useLingui } from "@lingui/react/macro";

import { useSelecting } from "../hooks/useSelecting";
import classes from "./SelectMark.module.css";

/** Over a whole row, so that a press anywhere on it chooses the message. */
export function SelectMark({ seq, who }: { seq: number; who: string }) {
  const { t } = useLingui();
  const { selected, toggle } = useSelecting();
  return (
    <label className={classes.mark}>
      <input type="checkbox" checked={selected?.has(seq) ?? false} aria-label={t`选择${who}的消息`} onChange={() => toggle(seq)} />
    </label>
  );
}
