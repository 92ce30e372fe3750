import { EmptyState, SkeletonRows } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button } from "@mantine/core";
import { IconCloudOff, IconStar, IconStarOff } from "@tabler/icons-react";
import { Link, useParams } from "@tanstack/react-router";
import type { UIEvent } from "react";

import { sentenceOf } from "../../../app/client";
import { useStarring, useStars } from "../hooks/useStars";
import { FoundMessage } from "./search/FoundMessage";
import search from "./search/Search.module.css";
import classes from "./Stars.module.css";

const REACH = 600;

/** In the place of the chats: what one keeps. Each opens its chat at the message, and the list stays. */
export function StarList() {
  const { t } = useLingui();
  const { messages, conversations, people, error, isPending, isLoadingMore, loadMore, retry } = useStars();
  const { unstar } = useStarring();
  const at = useParams({ strict: false });
  const onScroll = ({ currentTarget: box }: UIEvent<HTMLDivElement>) => {
    if (box.scrollHeight - box.clientHeight - box.scrollTop < REACH) loadMore();
  };
  if (isPending) return <SkeletonRows count={6} height={64} face={36} />;
  if (error) {
    return <EmptyState icon={<IconCloudOff size={26} stroke={1.6} />} title={sentenceOf(error)} action={<Button variant="light" onClick={retry}>{t`重试`}</Button>} />;
  }
  if (messages.length === 0) {
    return <EmptyState icon={<IconStar size={26} stroke={1.6} />} title={t`还没有收藏`} hint={t`在消息的菜单里选“收藏”，重要的话和文件就留在这里，只有你看得到。`} />;
  }
  return (
    <div className={search.scroller} onScroll={onScroll}>
      <ul className={classes.list} aria-label={t`收藏的消息`}>
        {messages.map((message) => {
          const { conversation_id: id, seq } = message;
          const isOpen = at.conversationId === id && at.seq === String(seq);
          return (
            <li key={`${id}/${seq}`} className={classes.item}>
              <Link to="/chats/$conversationId/$seq" params={{ conversationId: id, seq: String(seq) }} className={`${search.option} ${classes.link}`} data-open={isOpen}>
                <FoundMessage message={message} conversation={conversations[id]} sender={people[message.sender_id]} words={[]} isInside={false} />
              </Link>
              <span className={classes.remove}>
                <ActionIcon variant="default" size={28} aria-label={t`取消收藏`} title={t`取消收藏`} onClick={() => unstar(id, seq)}>
                  <IconStarOff size={16} aria-hidden />
                </ActionIcon>
              </span>
            </li>
          );
        })}
      </ul>
      {isLoadingMore ? <SkeletonRows count={2} height={64} face={36} /> : null}
    </div>
  );
}
