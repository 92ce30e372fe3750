import { listTime } from "@hutong/i18n";
import type { Id } from "@hutong/realtime";
import { Face, SkeletonRows } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { Button, Modal } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";

import { sentenceOf } from "../../../app/client";
import { useLanguage } from "../../../app/language";
import { readersQuery } from "../api/channels";
import classes from "./DetailsPanel.module.css";

/** Who has read an announcement. */
export function ChannelReadersDialog({ channelId, seq, onClose }: { channelId: Id; seq: number; onClose: () => void }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(readersQuery(channelId, seq));
  const latest = data?.pages[data.pages.length - 1];
  const title = latest ? t`已读 ${latest.read_count} 人，共 ${latest.audience_count} 人` : t`谁已读`;
  const readers = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": t`关闭` }} size={400}>
      {error ? (
        <p className={classes.note} role="alert">
          {sentenceOf(error)} <Button size="compact-sm" variant="subtle" onClick={() => void refetch()}>{t`重新加载`}</Button>
        </p>
      ) : !data ? (
        <SkeletonRows count={4} height={48} face={32} />
      ) : readers.length === 0 ? (
        <p className={classes.note}>{t`还没有人读到。`}</p>
      ) : (
        <ul className={classes.people} aria-label={t`已读的同事`}>
          {readers.map(({ person, read_at }) => (
            <li key={person.id}>
              <Face person={person} size={32} isMuted={!person.is_active} />
              <span className={classes.name}>{person.name}</span>
              {read_at ? <time dateTime={read_at} className={classes.note}>{listTime(read_at, language)}</time> : null}
            </li>
          ))}
        </ul>
      )}
      {hasNextPage ? (
        <Button fullWidth size="compact-md" variant="subtle" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t`显示更多`}
        </Button>
      ) : null}
    </Modal>
  );
}
