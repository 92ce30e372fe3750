import type { Id } from "@hutong/realtime";
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from "react";

import { rowsOf } from "../state/rows";
import { readThrough, topicView } from "../state/topics";
import { useInbox, useMessenger, useUploads } from "./useMessenger";
import type { OpenThread, ThreadStatus } from "./useThread";

const nothing = () => undefined;

/** Opens a topic of a group, and gives what to draw of it. */
export function useTopicThread(id: Id, topicId: Id): OpenThread {
  const messenger = useMessenger();
  const { topics, store } = messenger;
  const thread = useSyncExternalStore(topics.subscribe, () => topics.getState().threads[topicId]);
  const group = useInbox((state) => state.threads[id]);
  const outgoing = useInbox((state) => state.outgoing);
  const token = useInbox((state) => state.syncToken);
  const isIn = useInbox((state) => state.conversations[id] !== undefined);
  const readSeq = useInbox((state) => state.conversations[id]?.read_seq);
  const uploads = useUploads(id);
  const [attempt, setAttempt] = useState(0);
  const [problem, setProblem] = useState<{ attempt: number; status: ThreadStatus } | null>(null);
  const [openedAt, setOpenedAt] = useState<number | null>(null);
  if (openedAt === null && readSeq !== undefined) setOpenedAt(readSeq);

  useEffect(() => {
    // The group too: what is lost on the line is found with it.
    messenger.open(id).catch(nothing);
    return () => messenger.close(id);
  }, [messenger, id]);
  useEffect(() => () => topics.leave(topicId), [topics, topicId]);
  useEffect(() => {
    let isCurrent = true;
    topics.load(id, topicId).then(() => setProblem(null)).catch((error: unknown) => {
      const isMissing = (error as { status?: number } | null)?.status === 404;
      if (isCurrent) setProblem({ attempt, status: isMissing ? "missing" : "failed" });
    });
    return () => {
      isCurrent = false;
    };
    // Whoever is put out of the group, or comes back, asks again.
  }, [topics, id, topicId, token, isIn, attempt]);

  const rows = useMemo(() => {
    if (!thread) return [];
    const { personId } = store.getState();
    const own = uploads.filter((it) => it.topic_id === topicId);
    return rowsOf(topicView(thread, group, outgoing, topicId), { personId, readSeq: openedAt, hasOlder: thread.hasOlder, uploads: own, now: new Date() });
  }, [store, thread, group, outgoing, topicId, uploads, openedAt]);

  const verbs = useMemo(
    () => ({
      older: () => void topics.loadOlder(id, topicId).catch(nothing),
      newer: nothing,
      newest: () => Promise.resolve(),
      far: nothing,
      seen: (seen: number) => {
        const known = store.getState().conversations[id];
        const items = topics.getState().threads[topicId]?.items;
        if (known && items) messenger.markRead(id, readThrough(known.read_seq, items, seen));
      },
    }),
    [messenger, topics, store, id, topicId],
  );
  const reload = useCallback(() => setAttempt((it) => it + 1), []);
  const trouble = problem?.attempt === attempt ? problem.status : null;
  const status = trouble === "missing" ? trouble : thread ? "ready" : (trouble ?? "loading");
  const hasOlder = thread?.hasOlder ?? false;
  return useMemo(() => ({ status, rows, hasOlder, hasNewer: false, reload, verbs }), [status, rows, hasOlder, reload, verbs]);
}
