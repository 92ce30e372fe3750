import type { Outgoing } from "./outbox";
import type { ChangedMessages, Id, Message } from "./types";

/** What is known of one conversation: a run of messages without a hole, and those heard from beyond a hole. */
export interface MessageLog {
  readonly items: readonly Message[];
  readonly ahead: readonly Message[];
  /** What happened to these messages up to this revision of the conversation is in them. */
  readonly revision: number;
}

export const emptyLog: MessageLog = { items: [], ahead: [], revision: 0 };

const lastOf = (items: readonly Message[]): Message | undefined => items[items.length - 1];
export const lastSeq = (log: MessageLog): number => lastOf(log.items)?.seq ?? 0;
const firstSeq = (log: MessageLog): number => log.items[0]?.seq ?? 0;

const revisionOf = (message: Message): number => message.revision ?? 0;
/** Of two views of one message, the one that knows more of what happened to it. */
export const laterOf = (known: Message, told: Message): Message => (revisionOf(told) > revisionOf(known) ? told : known);

/** Takes from `ahead` whatever has become the next in line. */
function closeUp(items: readonly Message[], ahead: readonly Message[], revision: number): MessageLog {
  const joined = [...items];
  const rest: Message[] = [];
  for (const message of ahead) {
    const last = lastOf(joined)?.seq ?? 0;
    if (message.seq === last + 1) joined.push(message);
    else if (message.seq > last) rest.push(message);
  }
  return { items: joined, ahead: rest, revision };
}

function insertInOrder(known: readonly Message[], message: Message): readonly Message[] {
  if (known.some((other) => other.seq === message.seq)) return known;
  return [...known, message].sort((a, b) => a.seq - b.seq);
}

/**
 * One message heard live. A known seq changes nothing; the next one is appended; one from beyond a hole is kept in `ahead`
 * and `askAfter` says from where to fetch.
 */
export function applyMessage(log: MessageLog, message: Message): { log: MessageLog; askAfter: number | null } {
  const last = lastSeq(log);
  if (message.seq <= last) return { log, askAfter: null };
  if (message.seq === last + 1) return { log: closeUp([...log.items, message], log.ahead, log.revision), askAfter: null };
  return { log: { ...log, ahead: insertInOrder(log.ahead, message) }, askAfter: last };
}

/**
 * Something happened to a message. In line, it is taken; `askAfter` says from which revision on changes are missing. One that overtook the
 * message itself stands for it.
 */
export function applyChanged(log: MessageLog, message: Message): { log: MessageLog; askAfter: number | null } {
  const revision = revisionOf(message);
  // Nothing is loaded yet: what is loaded then has it already, or is older than the conversation says and is asked about.
  if (log.items.length === 0) return { log: withChanged(log, [message], log.revision), askAfter: null };
  if (revision <= log.revision) return { log, askAfter: null };
  const isNext = revision === log.revision + 1;
  const changed = withChanged(log, [message], isNext ? revision : log.revision);
  const joined = message.seq > lastSeq(log) ? applyMessage(changed, message).log : changed;
  return { log: joined, askAfter: isNext ? null : log.revision };
}

/** The answer to what changed after `log.revision`. */
export function applyChangedPage(log: MessageLog, page: ChangedMessages): MessageLog {
  const reached = page.has_newer ? revisionOf(lastOf(page.items)!) : page.last_revision;
  return withChanged(log, page.items, Math.max(log.revision, reached));
}

function withChanged(log: MessageLog, told: readonly Message[], revision: number): MessageLog {
  const bySeq = new Map(told.map((message) => [message.seq, message]));
  const taken = (known: Message) => laterOf(known, bySeq.get(known.seq) ?? known);
  return { items: log.items.map(taken), ahead: log.ahead.map(taken), revision };
}

/**
 * A fetched page, ascending, as it stood after `revision`. One that overlaps or touches what is known joins it; one that does not replaces
 * it: a log never has a hole.
 */
export function applyPage(log: MessageLog, items: readonly Message[], revision: number): MessageLog {
  const first = items[0];
  const last = lastOf(items);
  if (!first || !last) return log;
  const touches = log.items.length > 0 && first.seq <= lastSeq(log) + 1 && last.seq >= firstSeq(log) - 1;
  if (!touches) return closeUp(items, log.ahead, revision);
  const older = items.filter((message) => message.seq < firstSeq(log));
  const newer = items.filter((message) => message.seq > lastSeq(log));
  const bySeq = new Map(items.map((message) => [message.seq, message]));
  const known = log.items.map((message) => laterOf(message, bySeq.get(message.seq) ?? message));
  return closeUp([...older, ...known, ...newer], log.ahead, Math.min(log.revision, revision));
}

export const visibleMessages = (log: MessageLog): readonly Message[] => (log.ahead.length ? [...log.items, ...log.ahead] : log.items);

/** One's own messages that are on their way and not in the log yet: what is shown below it. */
export function pendingEchoes(log: MessageLog, outgoing: readonly Outgoing[], conversationId: Id | null): Outgoing[] {
  const arrived = new Set(visibleMessages(log).map((message) => message.client_id));
  return outgoing.filter(
    (message) => (message.conversation_id === conversationId || message.conversation_id === null) && !arrived.has(message.client_id),
  );
}

/** Asks page after page until there is nothing newer: the one path for a gap, a sleep and a restart. */
export async function fetchNewer<Page extends { items: readonly Message[]; has_newer: boolean }>(
  after: number,
  fetchPage: (after: number) => Promise<Page>,
  take: (page: Page) => void,
): Promise<void> {
  for (;;) {
    const page = await fetchPage(after);
    take(page);
    const last = lastOf(page.items)?.seq ?? after;
    // A page that brings nothing further would be asked for without end.
    if (!page.has_newer || last <= after) return;
    after = last;
  }
}

/** Who speaks has read what was said before. Who speaks in a topic, or for whom the clock speaks, only where nothing was unread. */
export function showsReading(message: Message, readSeq: number): boolean {
  const isApart = message.is_scheduled || message.topic_id !== undefined || message.notice?.topic_id !== undefined;
  return message.seq > readSeq && (!isApart || message.seq === readSeq + 1);
}

/** Without what was before: it is no longer kept. */
export function logFrom(log: MessageLog, firstSeq: number): MessageLog {
  const isGone = ({ seq }: Message) => seq < firstSeq;
  if (!log.items.some(isGone) && !log.ahead.some(isGone)) return log;
  return { ...log, items: log.items.filter((it) => !isGone(it)), ahead: log.ahead.filter((it) => !isGone(it)) };
}
