import type { Id } from "@hutong/realtime";
import { useCallback, useEffect, useMemo, useState } from "react";

import { rowsOf, type Row } from "../state/rows";
import { threadView } from "../state/selectors";
import { useInbox, useMessenger, useUploads } from "./useMessenger";

export type ThreadStatus = "loading" | "ready" | "missing" | "failed";

/** What the list of its messages asks for. */
export interface ThreadVerbs {
  older: () => void;
  newer: () => void;
  /** The newest page takes the place of what is loaded. */
  newest: () => Promise<void>;
  seen: (seq: number) => void;
  far: (fromSeq: number, toSeq: number) => void;
}

export interface OpenThread {
  status: ThreadStatus;
  rows: readonly Row[];
  hasOlder: boolean;
  hasNewer: boolean;
  reload: () => void;
  verbs: ThreadVerbs;
}

/** Opens a conversation, at a message where a link names one, and gives what to draw. */
export function useThread(id: Id, seq: number | null): OpenThread {
  const messenger = useMessenger();
  const thread = useInbox((state) => state.threads[id]);
  const outgoing = useInbox((state) => state.outgoing);
  const uploads = useUploads(id);
  const [attempt, setAttempt] = useState(0);
  const [problem, setProblem] = useState<{ attempt: number; status: ThreadStatus } | null>(null);
  const readSeq = useInbox((state) => state.conversations[id]?.read_seq);
  // The line before the unread stays where it was on opening, however much is read meanwhile.
  const [openedAt, setOpenedAt] = useState<number | null>(null);
  if (openedAt === null && readSeq !== undefined) setOpenedAt(readSeq);

  useEffect(() => {
    let isCurrent = true;
    messenger.open(id, seq).catch((error: unknown) => {
      const isMissing = (error as { status?: number } | null)?.status === 404;
      if (isCurrent) setProblem({ attempt, status: isMissing ? "missing" : "failed" });
    });
    return () => {
      isCurrent = false;
      messenger.close(id);
    };
  }, [messenger, id, seq, attempt]);

  const rows = useMemo(() => {
    const state = messenger.store.getState();
    const view = thread ? threadView(thread, outgoing, id) : null;
    if (!view || !thread) return [];
    return rowsOf(view, {
      personId: state.personId,
      readSeq: openedAt,
      hasOlder: thread.hasOlder,
      uploads: thread.hasNewer ? [] : uploads,
      now: new Date(),
    });
  }, [messenger, id, thread, outgoing, uploads, openedAt]);

  const verbs = useMemo(
    () => ({
      older: () => void messenger.loadOlder(id).catch(() => undefined),
      newer: () => void messenger.loadNewer(id).catch(() => undefined),
      newest: () => messenger.loadNewest(id),
      seen: (seen: number) => messenger.markRead(id, seen),
      far: (from: number, to: number) => messenger.keepOnly(id, from, to),
    }),
    [messenger, id],
  );
  const reload = useCallback(() => setAttempt((it) => it + 1), []);
  const status = thread ? "ready" : problem?.attempt === attempt ? problem.status : "loading";
  const hasOlder = thread?.hasOlder ?? false;
  const hasNewer = thread?.hasNewer ?? false;
  // The same as long as nothing changed, so that it can be drawn when there is time.
  return useMemo(() => ({ status, rows, hasOlder, hasNewer, reload, verbs }), [status, rows, hasOlder, hasNewer, reload, verbs]);
}
