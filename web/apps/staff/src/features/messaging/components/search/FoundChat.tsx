import type { Conversation } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";

import { useInbox } from "../../hooks/useMessenger";
import { useSounds } from "../../hooks/useSounds";
import { nearness, partsNamed, personIn } from "../../state/finding";
import { conversationTitle } from "../../state/selectors";
import { ConversationFace } from "../ConversationFace";
import { OutsideBadge } from "../OutsideBadge";
import { Marked } from "./Marked";
import classes from "./Search.module.css";

/** A conversation found by its name or by somebody in it, who is named then. */
export function FoundChat({ conversation, typed }: { conversation: Conversation; typed: string }) {
  const { t } = useLingui();
  const title = useInbox((state) => conversationTitle(conversation, state));
  const sounds = useSounds();
  const personId = useInbox((state) => state.personId);
  const person = typed.trim() && nearness(title, typed, sounds) === null ? personIn(conversation, { personId }, typed, sounds) : undefined;
  const count = conversation.participant_count;
  const size = { direct: "", customer: "", group: t`${count} 人`, channel: t`公告频道` }[conversation.kind];
  return (
    <span className={classes.chat}>
      <ConversationFace conversation={conversation} size={36} />
      <span className={classes.lines}>
        <span className={classes.line}>
          <span className={classes.name}>
            <Marked parts={partsNamed(title, typed, sounds)} />
          </span>
          {conversation.is_external ? <OutsideBadge /> : null}
          {size ? <span className={classes.aside}>{size}</span> : null}
        </span>
        {person ? (
          <span className={classes.second}>
            {t`有`} <Marked parts={partsNamed(person, typed, sounds)} />
          </span>
        ) : null}
      </span>
    </span>
  );
}
