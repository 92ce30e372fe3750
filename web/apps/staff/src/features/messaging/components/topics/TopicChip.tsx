import type { Id } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { IconHash } from "@tabler/icons-react";

import { useTopic, useTopicDialog } from "../../hooks/useTopics";
import classes from "./Topics.module.css";

/** Which topic something belongs to; a click goes there. */
export function TopicChip({ conversationId, topicId }: { conversationId: Id; topicId: Id }) {
  const { t } = useLingui();
  const { go } = useTopicDialog();
  const topic = useTopic(conversationId, topicId);
  if (!topic) return null;
  const { name } = topic;
  return (
    <button type="button" className={classes.chip} data-closed={topic.closed_at !== null || undefined} title={t`打开话题“${name}”`} onClick={() => go(topicId)}>
      <IconHash size={13} stroke={2} aria-hidden />
      <span>{name}</span>
    </button>
  );
}
