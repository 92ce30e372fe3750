import { listTime } from "@hutong/i18n";
import type { Conversation, Id, ListedTopic } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { Button, SegmentedControl } from "@mantine/core";
import { IconHash } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";

import { useLanguage } from "../../../../app/language";
import { listTopics } from "../../api/topics";
import { useInbox, useMessenger } from "../../hooks/useMessenger";
import { useTopicDialog, useTopics } from "../../hooks/useTopics";
import { personName } from "../../state/selectors";
import { useCountText } from "./topicWords";
import classes from "./Topics.module.css";

/** All topics of a group: those that are open, or those that were closed. */
export function TopicList({ conversation }: { conversation: Conversation }) {
  const { t } = useLingui();
  const [wanted, setWanted] = useState("open");
  const open = useTopics(conversation.id);
  const closed = useClosed(conversation.id, wanted === "closed");
  const items = wanted === "open" ? open : closed.items;
  const isEmpty = items.length === 0 && (wanted === "open" || closed.isKnown);
  return (
    <div className={classes.listed}>
      <SegmentedControl
        fullWidth
        aria-label={t`哪些话题`}
        value={wanted}
        onChange={setWanted}
        data={[
          { value: "open", label: t`进行中` },
          { value: "closed", label: t`已关闭` },
        ]}
      />
      {isEmpty ? <p className={classes.empty}>{wanted === "open" ? t`还没有话题。给要讨论的事起个名字，大家就在里面说，不和别的消息混在一起。` : t`没有关闭的话题。`}</p> : null}
      <ul aria-label={t`话题列表`}>
        {items.map((topic) => (
          <li key={topic.id}>
            <TopicRow topic={topic} isUnread={topic.last_seq > conversation.read_seq} />
          </li>
        ))}
      </ul>
      {wanted === "closed" && closed.hasMore ? (
        <Button variant="subtle" fullWidth onClick={closed.loadMore}>
          {t`更多话题`}
        </Button>
      ) : null}
    </div>
  );
}

function TopicRow({ topic, isUnread }: { topic: ListedTopic; isUnread: boolean }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const countText = useCountText();
  const { go } = useTopicDialog();
  const opener = useInbox((state) => personName(state, topic.opened_by_id) || "…");
  const said = countText(topic);
  return (
    <button type="button" className={classes.row} onClick={() => go(topic.id)}>
      <IconHash size={20} stroke={1.7} aria-hidden />
      <span className={classes.lines}>
        <span className={classes.line}>
          <span className={classes.name}>{topic.name}</span>
          {isUnread ? <span className={classes.dot} role="img" aria-label={t`有未读消息`} /> : null}
        </span>
        <span className={classes.about}>{t`${opener} 发起 · ${said}`}</span>
      </span>
      <time className={classes.time} dateTime={topic.last_active_at}>
        {listTime(topic.last_active_at, language)}
      </time>
    </button>
  );
}

function useClosed(id: Id, isWanted: boolean) {
  const { store, topics } = useMessenger();
  const { data, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ["messaging", "closed topics", id],
    queryFn: async ({ pageParam }) => {
      const page = await listTopics(id, "closed", pageParam);
      store.apply({ type: "people", people: page.people });
      topics.learn(page.items);
      return page;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    enabled: isWanted,
    staleTime: 0,
    gcTime: 0,
  });
  return { items: data?.pages.flatMap((page) => page.items) ?? [], isKnown: data !== undefined, hasMore: hasNextPage, loadMore: () => void fetchNextPage() };
}
