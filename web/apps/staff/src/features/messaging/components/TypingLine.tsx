import type { Id } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";

import { useInbox, useMessenger } from "../hooks/useMessenger";
import { personName } from "../state/selectors";
import classes from "./Composer.module.css";

/** Always as high as one line, so that nothing moves when somebody begins to type. */
export function TypingLine({ conversationId }: { conversationId: Id }) {
  const { t } = useLingui();
  const { store } = useMessenger();
  const ids = useInbox((state) => state.typing[conversationId]);
  const names = (ids ?? []).map((id) => personName(store.getState(), id)).filter(Boolean);
  const first = names.slice(0, 2).join(t`、`);
  const text = names.length === 0 ? "" : names.length > 2 ? t`${first} 等 ${names.length} 人正在输入…` : t`${first} 正在输入…`;
  return (
    <div className={classes.typing} aria-live="off">
      {text}
    </div>
  );
}
