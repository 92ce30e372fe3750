import { GroupFace } from "@hutong/ui";
import { IconSpeakerphone } from "@tabler/icons-react";

import { useInbox } from "../hooks/useMessenger";
import { customerOf, othersIn, type NamedConversation } from "../state/selectors";
import classes from "./ConversationFace.module.css";
import { PresentFace } from "./PresentFace";

/** The other person's face; a group's is made of its people's, a channel's is a megaphone. */
export function ConversationFace({ conversation, size = 44 }: { conversation: NamedConversation; size?: number }) {
  const personId = useInbox((state) => state.personId);
  if (conversation.kind === "channel") {
    return (
      <span className={classes.channel} style={{ width: size, height: size, borderRadius: Math.round(size * 0.24) }} aria-hidden="true">
        <IconSpeakerphone size={Math.round(size * 0.54)} stroke={1.7} />
      </span>
    );
  }
  if (conversation.kind === "group") return <GroupFace people={conversation.people} size={size} />;
  const person = customerOf(conversation) ?? othersIn(conversation, personId)[0];
  return person ? <PresentFace person={person} size={size} /> : <GroupFace people={[]} size={size} />;
}
