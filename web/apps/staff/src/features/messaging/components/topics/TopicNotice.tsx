import type { Id, Notice } from "@hutong/realtime";

import { useNoticeText } from "../../hooks/useWords";
import { TopicChip } from "./TopicChip";

/** What became of a topic, and the way there. The name that it was given then is said where that is what happened. */
export function TopicNotice({ conversationId, notice, topicId }: { conversationId: Id; notice: Notice; topicId: Id }) {
  const noticeText = useNoticeText();
  const isName = notice.action === "topic_renamed";
  return (
    <>
      <span>{noticeText(isName ? notice : { ...notice, name: null })}</span>
      {isName ? null : <TopicChip conversationId={conversationId} topicId={topicId} />}
    </>
  );
}
