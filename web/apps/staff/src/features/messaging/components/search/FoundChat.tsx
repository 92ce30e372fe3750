import type { Conversation } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";

import { useInbox } from "../../hooks/useMessenger";
import { markedParts } from "../../state/marks";
import { conversationTitle } from "../../state/selectors";
import { ConversationFace } from "../ConversationFace";
import { OutsideBadge } from "../OutsideBadge";
import { Marked } from "./Marked";
import classes from "./Search.module.css";

/** A conversation found by its name or by somebody in it, who is named then. */
export function FoundChat({ conversation, typed }: { conversation: Conversation; typed: string }) {
  const { t } = useLingui();
  const title = useInbox((state) => conversationTitle(conversation, state));
  const words = [typed.trim().toLocaleLowerCase()];
  const isByName = title.toLocaleLowerCase().includes(words[0] ?? "");
  const person = isByName ? undefined : conversation.people.find((it) => it.name.toLocaleLowerCase().includes(words[0] ?? ""));
  const count = conversation.participant_count;
  const size = { direct: "", customer: "", group: t`${count} 人`, channel: t`公告频道` }[conversation.kind];
  return (
    <span className={classes.chat}>
      <ConversationFace conversation={conversation} size={36} />
      <span className={classes.lines}>
        <span className={classes.line}>
          <span className={classes.name}>
            <Marked parts={markedParts(title, words)} />
          </span>
          {conversation.is_external ? <OutsideBadge /> : null}
          {size ? <span className={classes.aside}>{size}</span> : null}
        </span>
        {person ? (
          <span className={classes.second}>
            {t`有`} <Marked parts={markedParts(person.name, words)} />
          </span>
        ) : null}
      </span>
    </span>
  );
}
