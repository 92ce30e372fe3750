import type { Conversation, Id } from "@hutong/realtime";
import { Bone } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { IconArrowDown, IconAt } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useDeferredValue, useEffect, useRef, useState } from "react";

import { useCalled } from "../hooks/useCalled";
import { useComposing } from "../hooks/useComposing";
import { useNoticeText } from "../hooks/useWords";
import type { OpenThread } from "../hooks/useThread";
import { useThreadScroll } from "../hooks/useThreadScroll";
import { DayRow } from "./DayRow";
import { Lightbox } from "./Lightbox";
import classes from "./MessageList.module.css";
import { MessageRow } from "./MessageRow";
import { ReadersDialog } from "./ReadersDialog";
import { RecalledRow } from "./RecalledRow";
import { TopicNotice } from "./topics/TopicNotice";

const FIRST_ROWS = 24;

interface MessageListProps {
  conversationId: Id;
  conversation: Conversation | undefined;
  thread: OpenThread;
  seq: number | null;
  /** Grows whenever the newest is wanted in sight: with every message written here. */
  presentCount: number;
}

export function MessageList({ conversationId, conversation, thread, seq, presentCount }: MessageListProps) {
  const { t } = useLingui();
  const { topicId } = useComposing();
  const noticeText = useNoticeText();
  const [firstLook] = useState(() => ({ ...thread, rows: thread.rows.slice(-FIRST_ROWS), hasOlder: false }));
  // Of a chat that opens, what fills the screen comes first; and a page that comes in while one scrolls is drawn between the frames.
  const drawn = useDeferredValue(thread, firstLook);
  const { rows, hasOlder, hasNewer } = drawn;
  const isDrawn = drawn === thread;
  const [openImage, setOpenImage] = useState<string | null>(null);
  const [readersOf, setReadersOf] = useState<number | null>(null);
  const { verbs } = thread;
  const asks = { onNeedOlder: verbs.older, onNeedNewer: verbs.newer, onSeen: verbs.seen, onFar: verbs.far };
  const { scroller, content, isAtEnd, onScroll, toEnd, toSeq } = useThreadScroll({ rows, isDrawn, hasOlder, hasNewer, ...asks });

  const navigate = useNavigate();
  const called = useCalled(conversation, content, rows);
  const toCalled = () => {
    if (called.seq === null) return;
    void navigate({ to: "/chats/$conversationId/$seq", params: { conversationId, seq: String(called.seq) } });
    called.dismiss();
  };

  const arrivedAt = useRef<number | null>(null);
  const [markedSeq, setMarkedSeq] = useState<number | null>(null);
  useEffect(() => {
    if (seq === null || arrivedAt.current === seq || !toSeq(seq)) return undefined;
    arrivedAt.current = seq;
    const frame = requestAnimationFrame(() => setMarkedSeq(seq));
    return () => cancelAnimationFrame(frame);
  }, [seq, rows, toSeq]);

  // What one says oneself is always shown; from the past, as soon as the present is loaded.
  const isWantedAtEnd = useRef(false);
  useEffect(() => {
    if (presentCount > 0) isWantedAtEnd.current = true;
  }, [presentCount]);
  useEffect(() => {
    if (!isWantedAtEnd.current || hasNewer) return;
    isWantedAtEnd.current = false;
    toEnd();
  }, [rows, hasNewer, presentCount, toEnd]);

  const jumpToNewest = () => {
    if (!hasNewer) return toEnd();
    isWantedAtEnd.current = true;
    verbs.newest().catch(() => (isWantedAtEnd.current = false));
  };
  // What is unread is counted for all of a group.
  const unread = topicId ? 0 : (conversation?.unread_count ?? 0);
  const kind = conversation?.kind ?? "direct";

  return (
    <div className={classes.frame}>
      {/* Scrollable by keyboard, as every scrolling region must be. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div ref={scroller} className={classes.scroller} onScroll={onScroll} tabIndex={0} role="region" aria-label={t`聊天记录`}>
        <ol ref={content} className={classes.content} aria-label={t`消息列表`}>
          {hasOlder ? <OlderSkeleton /> : null}
          {!hasOlder && beginsAfterRemoved(rows, conversation) ? (
            <li className={classes.notice}>
              <span>{t`更早的消息已按企业的保存期限删除`}</span>
            </li>
          ) : null}
          {rows.map((row) => {
            switch (row.type) {
              case "day":
                return <DayRow key={row.key} at={row.at} />;
              case "unread":
                return (
                  <li key={row.key} className={classes.unread}>
                    <span>{t`以下是未读消息`}</span>
                  </li>
                );
              case "notice":
                return (
                  <li key={row.key} className={classes.notice} data-seq={row.message.seq}>
                    {row.message.notice?.topic_id ? (
                      <TopicNotice conversationId={conversationId} notice={row.message.notice} topicId={row.message.notice.topic_id} />
                    ) : (
                      <span>{row.message.notice ? noticeText(row.message.notice) : ""}</span>
                    )}
                  </li>
                );
              case "recalled":
                return <RecalledRow key={row.key} message={row.message} isOwn={row.isOwn} />;
              case "bubble":
                return (
                  <MessageRow
                    key={row.key}
                    conversationId={conversationId}
                    kind={kind}
                    bubble={row.bubble}
                    startsGroup={row.startsGroup}
                    endsGroup={row.endsGroup}
                    isMarked={markedSeq !== null && row.bubble.seq === markedSeq}
                    onOpenImage={setOpenImage}
                    onOpenReaders={setReadersOf}
                  />
                );
            }
          })}
        </ol>
      </div>
      {called.seq !== null ? (
        <button type="button" className={classes.jump} data-called onClick={toCalled}>
          <IconAt size={18} stroke={1.9} aria-hidden />
          <span>{t`有人@我`}</span>
        </button>
      ) : null}
      {!isAtEnd ? (
        <button type="button" className={classes.jump} onClick={jumpToNewest} aria-label={unread > 0 ? t`回到最新消息，${unread} 条未读` : t`回到最新消息`}>
          <IconArrowDown size={18} stroke={1.9} aria-hidden />
          {unread > 0 ? <span>{t`${unread} 条新消息`}</span> : null}
        </button>
      ) : null}
      <ReadersDialog conversationId={conversationId} seq={readersOf} onClose={() => setReadersOf(null)} />
      <Lightbox conversationId={conversationId} rows={rows} openKey={openImage} onChange={setOpenImage} />
    </div>
  );
}

/** What was before is kept no longer, and would be this person's to read. */
function beginsAfterRemoved(rows: OpenThread["rows"], conversation: Conversation | undefined): boolean {
  const firstSeq = conversation?.first_seq ?? 1;
  if (firstSeq === 1) return false;
  const first = rows.find((row) => row.type !== "day" && row.type !== "unread");
  const seq = first?.type === "bubble" ? first.bubble.seq : first?.message.seq;
  return seq === undefined || seq === null || seq === firstSeq;
}

/** As high as it ever is, so that loading above moves nothing below. */
function OlderSkeleton() {
  return (
    <li className={classes.older} aria-hidden="true">
      <Bone width={36} height={36} radius={9} />
      <Bone width="38%" height={36} radius={12} />
    </li>
  );
}
