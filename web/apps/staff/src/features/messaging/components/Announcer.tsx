import { useLingui } from "@lingui/react/macro";
import type { Message } from "@hutong/realtime";
import { useEffect, useState } from "react";

import { useMessenger } from "../hooks/useMessenger";
import { usePreviewText } from "../hooks/useWords";
import { conversationTitle, personName } from "../state/selectors";
import classes from "./Announcer.module.css";

/** New messages, read out to screen readers wherever they are in the app. */
export function Announcer() {
  const { t } = useLingui();
  const messenger = useMessenger();
  const previewText = usePreviewText();
  const [said, setSaid] = useState("");
  useEffect(
    () =>
      messenger.client.on("message", (message: Message) => {
        const state = messenger.store.getState();
        if (message.sender_id === state.personId) return;
        const text = previewText(message);
        const conversation = state.conversations[message.conversation_id];
        const name = personName(state, message.sender_id);
        if (message.kind === "notice") setSaid(text);
        else if (conversation?.kind === "group") setSaid(t`${name} 在 ${conversationTitle(conversation, state)}：${text}`);
        else setSaid(t`${name}：${text}`);
      }),
    [messenger, previewText, t],
  );
  return (
    <div className={classes.hidden} aria-live="polite" role="log" aria-label={t`新消息播报`}>
      {said}
    </div>
  );
}
