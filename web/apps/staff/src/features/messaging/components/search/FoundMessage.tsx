import type { FoundConversation } from "@hutong/api";
import { fullTime, listTime } from "@hutong/i18n";
import type { Message, Person } from "@hutong/realtime";
import { Face } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { IconFile, IconId, IconMapPin, IconMessages, IconMicrophone, IconPhoto } from "@tabler/icons-react";

import { useLanguage } from "../../../../app/language";
import { useInbox } from "../../hooks/useMessenger";
import { snippetParts } from "../../state/marks";
import { conversationTitle, personName } from "../../state/selectors";
import { ConversationFace } from "../ConversationFace";
import { OutsideBadge } from "../OutsideBadge";
import { Marked } from "./Marked";
import classes from "./Search.module.css";

interface FoundMessageProps {
  message: Message;
  conversation: FoundConversation | undefined;
  sender: Person | undefined;
  words: readonly string[];
  /** The search is in this one conversation: then the sender is what tells hits apart. */
  isInside: boolean;
}

export function FoundMessage({ message, conversation, sender, words, isInside }: FoundMessageProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const known = useInbox((state) => state.conversations[message.conversation_id]);
  const shown = known ?? (conversation ? { ...conversation, participant_count: conversation.people.length } : undefined);
  const title = useInbox((state) => (shown ? conversationTitle(shown, state) : ""));
  const isOwn = useInbox((state) => state.personId === message.sender_id);
  const name = useInbox((state) => personName(state, message.sender_id)) || (sender?.name ?? "…");
  const who = isOwn ? t`我` : name;
  // In a talk of two its name says who spoke, unless it was oneself.
  const isNamed = !isInside && (isOwn || shown?.kind === "group" || shown?.kind === "channel" || name !== title);
  const { Icon, kind } = {
    text: { Icon: null, kind: "" },
    notice: { Icon: null, kind: "" },
    image: { Icon: IconPhoto, kind: t`图片` },
    file: { Icon: IconFile, kind: t`文件` },
    voice: { Icon: IconMicrophone, kind: t`语音` },
    location: { Icon: IconMapPin, kind: t`位置` },
    card: { Icon: IconId, kind: t`名片` },
    merged: { Icon: IconMessages, kind: t({ message: "聊天记录", context: "forwarded" }) },
  }[message.kind];
  return (
    <span className={classes.message}>
      {isInside && sender ? <Face person={sender} size={36} isMuted={!sender.is_active} /> : shown ? <ConversationFace conversation={shown} size={36} /> : null}
      <span className={classes.lines}>
        <span className={classes.line}>
          <span className={classes.name}>{isInside ? who : title}</span>
          {!isInside && shown?.kind === "customer" ? <OutsideBadge /> : null}
          <time className={classes.time} dateTime={message.sent_at} title={fullTime(message.sent_at, language)}>
            {listTime(message.sent_at, language)}
          </time>
        </span>
        <span className={classes.words}>
          {isNamed ? <span className={classes.who}>{t`${who}：`}</span> : null}
          {Icon ? <Icon size={15} stroke={1.7} className={classes.icon} aria-label={kind} /> : null}
          <Marked parts={snippetParts(wordsOf(message), words)} />
        </span>
      </span>
    </span>
  );
}

/** Of several messages forwarded as one, what its bubble shows too; a word may stand further inside. */
function wordsOf({ file, merged, text }: Message): string {
  return file?.name ?? (merged ? merged.lines.map((line) => line.text).join(" ") : text);
}
