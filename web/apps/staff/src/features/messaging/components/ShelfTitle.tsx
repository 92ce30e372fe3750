import { useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { IconChevronLeft } from "@tabler/icons-react";
import { useEffect, useRef, type ReactNode } from "react";

import classes from "./ConversationList.module.css";

/** The heading of the list while it shows something else than all chats, and the way back. */
export function ShelfTitle({ children, onBack }: { children: ReactNode; onBack: () => void }) {
  const { t } = useLingui();
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => back.current?.focus({ preventScroll: true }), []);
  return (
    <span className={classes.shelfTitle}>
      <ActionIcon ref={back} variant="subtle" color="gray" size={36} aria-label={t`回到全部会话`} onClick={onBack}>
        <IconChevronLeft size={22} aria-hidden />
      </ActionIcon>
      {children}
    </span>
  );
}
