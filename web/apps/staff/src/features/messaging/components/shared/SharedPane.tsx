import { monthName } from "@hutong/i18n";
import type { Id, Message } from "@hutong/realtime";
import { EmptyState, SkeletonRows } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconCloudOff, IconFile, IconLink, IconPhoto } from "@tabler/icons-react";
import { useEffect, useRef } from "react";

import { sentenceOf } from "../../../../app/client";
import { useLanguage } from "../../../../app/language";
import type { SharedKind } from "../../api/shared";
import { useShared, type Shared } from "../../hooks/useShared";
import classes from "./Shared.module.css";
import { SharedFile, SharedLinks } from "./SharedRow";
import { SharedWall } from "./SharedWall";

interface SharedPaneProps {
  conversationId: Id;
  kind: SharedKind;
  /** Called when one goes to a message, where this stands in its way. */
  onGone?: () => void;
}

/** Pictures, files or links of a conversation, by month. */
export function SharedPane({ conversationId, kind, onGone }: SharedPaneProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const shared = useShared(conversationId, kind);
  const { messages, error, isPending, retry } = shared;
  if (error && messages.length === 0) {
    return <EmptyState icon={<IconCloudOff size={26} stroke={1.6} />} title={sentenceOf(error)} action={<Button variant="light" onClick={retry}>{t`重试`}</Button>} />;
  }
  if (isPending) return <SkeletonRows count={5} height={60} face={36} />;
  if (messages.length === 0) {
    const { Icon, title } = {
      image: { Icon: IconPhoto, title: t`还没有图片` },
      file: { Icon: IconFile, title: t`还没有文件` },
      link: { Icon: IconLink, title: t`还没有链接` },
    }[kind];
    return <EmptyState icon={<Icon size={26} stroke={1.6} />} title={title} hint={t`在这个会话里发的会出现在这里。`} />;
  }
  const props = { conversationId, people: shared.people, onGone };
  return (
    <>
      {monthsOf(messages).map((ofMonth) => {
        const month = monthName(ofMonth[0]!.sent_at, language);
        return (
          <section key={month} className={classes.month} aria-label={month}>
            <h4>{month}</h4>
            {kind === "image" ? <SharedWall messages={ofMonth} all={messages} {...props} /> : null}
            {kind === "image" ? null : (
              <ul className={classes.rows}>
                {ofMonth.map((message) => (kind === "file" ? <SharedFile key={message.seq} message={message} {...props} /> : <SharedLinks key={message.seq} message={message} {...props} />))}
              </ul>
            )}
          </section>
        );
      })}
      <More shared={shared} />
    </>
  );
}

/** At the end of what is loaded: more is fetched when it comes near. */
function More({ shared: { hasMore, loadMore, messages } }: { shared: Shared }) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!hasMore) return undefined;
    const observer = new IntersectionObserver(([entry]) => (entry?.isIntersecting ? loadMore() : undefined), { rootMargin: "600px" });
    observer.observe(end.current!);
    return () => observer.disconnect();
    // Looked at anew after each page: an end that stays in sight tells nothing new.
  }, [hasMore, loadMore, messages]);
  return hasMore ? <div ref={end}><SkeletonRows count={2} height={60} face={36} /></div> : null;
}

/** In the reader's own time zone; runs of one month each. */
function monthsOf(messages: readonly Message[]): Message[][] {
  const months: Message[][] = [];
  let before = "";
  for (const message of messages) {
    const at = new Date(message.sent_at);
    const month = `${at.getFullYear()} ${at.getMonth()}`;
    if (month !== before) months.push([]);
    months[months.length - 1]!.push(message);
    before = month;
  }
  return months;
}
