import type { Conversation } from "@hutong/realtime";
import { Face, GroupFace } from "@hutong/ui";

import { useInbox } from "../hooks/useMessenger";
import { customerOf, othersIn } from "../state/selectors";

/** The other person's face; a group's is made of its people's. */
export function ConversationFace({ conversation, size = 44 }: { conversation: Conversation; size?: number }) {
  const personId = useInbox((state) => state.personId);
  if (conversation.kind === "group") return <GroupFace people={conversation.people} size={size} />;
  const person = customerOf(conversation) ?? othersIn(conversation, personId)[0];
  return person ? <Face person={person} size={size} isMuted={!person.is_active} /> : <GroupFace people={[]} size={size} />;
}
