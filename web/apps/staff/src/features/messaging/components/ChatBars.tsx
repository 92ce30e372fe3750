import type { Conversation } from "@hutong/realtime";

import { useInbox } from "../hooks/useMessenger";
import { isManager } from "../state/groups";
import { GroupNoticeBar } from "./GroupNotice";
import { JoinRequestBar } from "./JoinRequests";
import { PinBar } from "./PinBar";
import { TopicBar } from "./topics/TopicBar";

/** What stands between a chat's head and its messages. */
export function ChatBars({ conversation }: { conversation: Conversation | undefined }) {
  const manages = useInbox((state) => conversation !== undefined && isManager(conversation, state.personId));
  if (!conversation) return null;
  return (
    <>
      {manages ? <JoinRequestBar key={`join ${conversation.id}`} conversationId={conversation.id} /> : null}
      {conversation.kind === "group" ? <GroupNoticeBar key={`notice ${conversation.id}`} conversation={conversation} /> : null}
      {conversation.kind === "group" ? <TopicBar key={`topics ${conversation.id}`} conversation={conversation} /> : null}
      {conversation.kind === "customer" ? null : <PinBar key={`pins ${conversation.id}`} conversation={conversation} />}
    </>
  );
}
