import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconMessages, IconMessageForward, IconX } from "@tabler/icons-react";
import { useEffect } from "react";

import { useSelecting } from "../hooks/useSelecting";
import classes from "./SelectionBar.module.css";

/** In the place of the field while messages are being chosen: what may be done with them. */
export function SelectionBar() {
  const { t } = useLingui();
  const { selected, forward, forwarding, stop } = useSelecting();
  const seqs = [...(selected ?? [])].sort((a, b) => a - b);
  const count = seqs.length;
  useEffect(() => {
    if (forwarding) return undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      event.preventDefault();
      stop();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [stop, forwarding]);
  return (
    <div className={classes.bar} role="toolbar" aria-label={t`已选的消息`}>
      <span className={classes.count} role="status">{t`已选 ${count} 条`}</span>
      <Button variant="light" disabled={count === 0} leftSection={<IconMessageForward size={18} aria-hidden />} onClick={() => forward({ seqs, way: "each" })}>
        {t`逐条转发`}
      </Button>
      <Button variant="light" disabled={count < 2} leftSection={<IconMessages size={18} aria-hidden />} onClick={() => forward({ seqs, way: "merged" })}>
        {t`合并转发`}
      </Button>
      <Button variant="subtle" color="gray" leftSection={<IconX size={18} aria-hidden />} onClick={stop}>
        {t`取消`}
      </Button>
    </div>
  );
}
