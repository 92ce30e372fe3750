import { Face } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconBellRinging } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { useInbox } from "../../hooks/useMessenger";
import { confirm, useWaitingNudges } from "../../hooks/useNudges";
import { usePreviewText } from "../../hooks/useWords";
import { conversationTitle, personName } from "../../state/selectors";
import classes from "./Nudges.module.css";

/** Over everything, wherever one is: somebody asks to be heard now. It stays until one says that one has. */
export function NudgeStrip() {
  const { t } = useLingui();
  const previewText = usePreviewText();
  const navigate = useNavigate();
  const { messages, conversations, people } = useWaitingNudges();
  const [isBusy, setIsBusy] = useState(false);
  const [lookedAt, setLookedAt] = useState<string | null>(null);
  const [message] = messages;
  const name = useInbox((state) => (message ? personName(state, message.sender_id) : ""));
  const found = message && conversations[message.conversation_id];
  const title = useInbox((state) => (found?.kind === "group" ? conversationTitle({ ...found, participant_count: found.people.length }, state) : null));
  if (!message) return null;
  const { conversation_id: id, seq } = message;
  const person = people[message.sender_id];
  const others = messages.length - 1;
  const who = name || (person?.name ?? "…");
  const done = async () => {
    setIsBusy(true);
    await confirm(id, seq);
    setIsBusy(false);
  };
  const look = () => {
    setLookedAt(`${id}/${seq}`);
    void navigate({ to: "/chats/$conversationId/$seq", params: { conversationId: id, seq: String(seq) } });
  };
  // Whoever looks at the message needs what the strip would cover: the head of its chat.
  if (lookedAt === `${id}/${seq}`) {
    return (
      <section className={classes.folded} role="alert" aria-label={t`加急消息`} data-over-page>
        <span className={classes.bell}>
          <IconBellRinging size={18} stroke={1.8} aria-hidden />
        </span>
        <Button size="compact-sm" loading={isBusy} onClick={() => void done()}>
          {others > 0 ? t`收到，还有 ${others} 条` : t`收到`}
        </Button>
      </section>
    );
  }
  return (
    <section className={classes.strip} role="alert" aria-label={t`加急消息`} data-over-page>
      <span className={classes.bell}>
        <IconBellRinging size={20} stroke={1.8} aria-hidden />
      </span>
      {person ? <Face person={person} size={36} /> : null}
      <span className={classes.lines}>
        <span className={classes.who}>{title === null ? t`${who} 加急提醒你` : t`${who} 在“${title}”加急提醒你`}</span>
        <span className={classes.words}>{previewText(message)}</span>
        {others > 0 ? <span className={classes.others}>{t`还有 ${others} 条加急消息`}</span> : null}
      </span>
      <span className={classes.deeds}>
        <Button variant="default" size="compact-md" onClick={look}>
          {t`查看`}
        </Button>
        <Button size="compact-md" loading={isBusy} onClick={() => void done()}>
          {t`收到`}
        </Button>
      </span>
    </section>
  );
}
