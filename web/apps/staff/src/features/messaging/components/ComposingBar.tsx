import type { Id } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";

import { useInbox } from "../hooks/useMessenger";
import { useQuoteText } from "../hooks/useWords";
import { personName } from "../state/selectors";
import { useComposing, type Composing } from "../hooks/useComposing";
import classes from "./Quote.module.css";
import { TopicChip } from "./topics/TopicChip";

/** What the field below is about, and the way out of it. */
export function ComposingBar({ conversationId, composing, onStop }: { conversationId: Id; composing: Composing; onStop: () => void }) {
  const { t } = useLingui();
  const { topicId } = useComposing();
  const quoteText = useQuoteText(conversationId);
  const name = useInbox((state) =>
    composing.mode !== "reply" ? "" : composing.quote.sender_id === state.personId ? t`我` : personName(state, composing.quote.sender_id),
  );
  if (composing.mode === "again") return null;
  return (
    <div className={classes.bar} role="status">
      <span className={classes.barWords}>
        <b>{composing.mode === "reply" ? t`回复 ${name}` : t`编辑消息`}</b> {composing.mode === "reply" ? quoteText(composing.quote) : composing.text}
      </span>
      {composing.mode === "reply" && composing.topicId && topicId === null ? <TopicChip conversationId={conversationId} topicId={composing.topicId} /> : null}
      <ActionIcon variant="subtle" color="gray" size={28} aria-label={composing.mode === "reply" ? t`取消回复` : t`取消编辑`} title="Esc" onClick={onStop}>
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </div>
  );
}
