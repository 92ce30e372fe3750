import type { ScheduledMessage } from "@hutong/api";
import type { Id } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";

import { queryClient, sentenceOf } from "../../../app/client";
import { showToast } from "../../../app/toast";
import { deleteScheduled, listScheduled, patchScheduled, postScheduled, sendScheduled, type ScheduleChange, type ScheduleWish } from "../api/scheduling";
import { useInbox, useMessenger } from "./useMessenger";

const KEY = ["messaging", "scheduled"];
const NONE: readonly ScheduledMessage[] = [];

/** What waits to be said for this person, the next one first; in one conversation, or everywhere. */
export function useScheduled(conversationId?: Id): readonly ScheduledMessage[] {
  const token = useInbox((state) => state.syncToken);
  const { data = NONE } = useQuery({
    queryKey: [...KEY, token],
    queryFn: listScheduled,
    enabled: token !== null,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });
  return useMemo(() => (conversationId === undefined ? data : data.filter((it) => it.conversation_id === conversationId)), [data, conversationId]);
}

/** Once for the app: hears of changes, and tells of what could not be said. */
export function useScheduledWatch(): void {
  const { t } = useLingui();
  const { client } = useMessenger();
  const cache = useQueryClient();
  const stopped = useScheduled().filter((it) => it.stopped_code !== null);
  const known = useRef<ReadonlySet<Id> | null>(null);
  useEffect(() => client.on("scheduled", () => void cache.invalidateQueries({ queryKey: KEY })), [cache, client]);
  useEffect(() => {
    if (stopped.some((it) => !known.current?.has(it.id))) showToast("failed", t`有定时消息没有发出，在消息列表上方的时钟里。`);
    known.current = new Set(stopped.map((it) => it.id));
  });
}

/** What one does with words that wait. Each answers whether it was done; what was refused is told. */
export function useScheduling() {
  return useMemo(() => {
    const done = async (deed: Promise<unknown>): Promise<boolean> => {
      try {
        await deed;
        return true;
      } catch (error) {
        showToast("failed", sentenceOf(error));
        return false;
      } finally {
        await queryClient.invalidateQueries({ queryKey: KEY });
      }
    };
    return {
      schedule: (id: Id, wish: ScheduleWish) => done(postScheduled(id, wish)),
      change: (id: Id, change: ScheduleChange) => done(patchScheduled(id, change)),
      drop: (id: Id) => done(deleteScheduled(id)),
      sendNow: (id: Id) => done(sendScheduled(id)),
    };
  }, []);
}

/** Why it could not be said, and what to do. */
export function useStopText(): (code: string) => string {
  const { t } = useLingui();
  return (code) =>
    ({
      not_found: t`没有发出：你已不在这个会话中。`,
      not_publisher: t`没有发出：你已不能在这里发布。`,
      answered_unknown: t`没有发出：要回复的消息已不存在。`,
      mentions_everybody: t`没有发出：这里只有管理者可以 @所有人。`,
      sender_left: t`没有发出：那时你不在企业中。`,
    })[code] ?? t`没有发出，请修改后再试。`;
}
