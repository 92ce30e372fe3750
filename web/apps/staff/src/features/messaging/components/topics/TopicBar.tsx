import type { Conversation, ListedTopic } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { IconHash } from "@tabler/icons-react";

import { useTopicDialog, useTopics } from "../../hooks/useTopics";
import { useCountText } from "./topicWords";
import classes from "./Topics.module.css";

const SHOWN = 30;

/** Over the messages of a group: what it talks about now, the last spoken in first. */
export function TopicBar({ conversation }: { conversation: Conversation }) {
  const { t } = useLingui();
  const listed = useTopics(conversation.id);
  const { show, go } = useTopicDialog();
  if (listed.length === 0) return null;
  const count = listed.length;
  return (
    <div className={classes.bar} role="region" aria-label={t`群里的话题`}>
      <ul className={classes.strip}>
        {listed.slice(0, SHOWN).map((topic) => (
          <li key={topic.id}>
            <Tab topic={topic} isUnread={topic.last_seq > conversation.read_seq} onGo={() => go(topic.id)} />
          </li>
        ))}
      </ul>
      <button type="button" className={classes.all} aria-haspopup="dialog" onClick={() => show({ mode: "list" })}>
        {t`全部话题 ${count}`}
      </button>
    </div>
  );
}

function Tab({ topic, isUnread, onGo }: { topic: ListedTopic; isUnread: boolean; onGo: () => void }) {
  const { t } = useLingui();
  const countText = useCountText();
  return (
    <button type="button" className={classes.tab} onClick={onGo}>
      <IconHash size={15} stroke={1.9} aria-hidden />
      <span className={classes.name}>{topic.name}</span>
      <span className={classes.count} aria-hidden="true">
        {topic.message_count > 999 ? "999+" : topic.message_count}
      </span>
      <span className={classes.hidden}>{countText(topic)}</span>
      {isUnread ? <span className={classes.dot} role="img" aria-label={t`有未读消息`} /> : null}
    </button>
  );
}
