/**
 * What this person's messenger knows, as one value, and how it changes. Pure: every event may come twice, late or out of order, and the
 * answers of the server and the frames of the socket may overtake each other; the same state must come out.
 */
import { applyMessage, applyPage, emptyLog, lastSeq, laterOf, showsReading } from "@hutong/realtime";
import type { ChangedMessages, ConnectionState, Conversation, ConversationChangedFrame, ConversationSettings, GroupFrame, Id, KeptDraft, Message, MessageLog, MessagePage, Outgoing, Person } from "@hutong/realtime";

import { applyChangedMessage, applyChangedMessages } from "./changes";
import { applyGroup, laterGroup } from "./groups";
import { callsOn, withMention } from "./mentions";
import { applyRemoved } from "./removed";
import { applySettings } from "./settings";
import { trimThread } from "./window";

const MOST_TOLD = 1_000;

/** The loaded part of a conversation: an unbroken run of messages, which may end before the newest one (after a link into the past). */
export interface Thread {
  log: MessageLog;
  hasOlder: boolean;
  hasNewer: boolean;
}

export interface InboxState {
  readonly personId: Id;
  readonly isSynced: boolean;
  readonly syncToken: string | null;
  readonly connection: ConnectionState;
  readonly limits: ChangeLimits;
  readonly conversations: Readonly<Record<Id, Conversation>>;
  readonly threads: Readonly<Record<Id, Thread>>;
  readonly people: Readonly<Record<Id, Person>>;
  /** What this person keeps for themself; absent where they never changed anything. */
  readonly settings: Readonly<Record<Id, ConversationSettings>>;
  /** The last message when a conversation's name, owner and people were told: what was told of them earlier comes too late. */
  readonly changedAt: Readonly<Record<Id, number>>;
  /** What a member calls a customer; it goes before the name the customer gave. */
  readonly remarks: Readonly<Record<Id, string>>;
  readonly outgoing: readonly Outgoing[];
  readonly typing: Readonly<Record<Id, readonly Id[]>>;
  /** Conversations heard of since the last sync was asked for: a full answer that lacks them is merely older than they are. */
  readonly heardSinceSync: ReadonlySet<Id>;
}

export interface SyncAnswer {
  token: string;
  is_full: boolean;
  conversations: readonly Conversation[];
  settings: readonly ConversationSettings[];
  drafts: readonly KeptDraft[];
  limits: ChangeLimits;
}

/** How long after it was said a message may be recalled, and edited. */
export interface ChangeLimits {
  recall_minutes: number;
  edit_minutes: number;
}

export type InboxEvent =
  | { type: "connection"; state: ConnectionState }
  | { type: "sync_asked" }
  | { type: "synced"; answer: SyncAnswer }
  | { type: "conversation"; conversation: Conversation }
  | ConversationChangedFrame
  | GroupFrame
  | { type: "conversation_left"; conversation_id: Id }
  | { type: "channel"; conversation_id: Id; name: string }
  | { type: "message"; message: Message }
  | { type: "message_changed"; message: Message }
  | { type: "changed_page"; conversation_id: Id; page: ChangedMessages }
  | { type: "page"; conversation_id: Id; page: MessagePage }
  | { type: "trimmed"; conversation_id: Id; from_seq: number; to_seq: number }
  | { type: "forgotten"; conversation_id: Id }
  | { type: "removed"; conversation_id: Id; first_seq: number }
  | { type: "read"; conversation_id: Id; person_id: Id; seq: number }
  | { type: "settings"; settings: readonly ConversationSettings[] }
  | { type: "people"; people: readonly Person[] }
  | { type: "remark"; person_id: Id; remark: string | null }
  | { type: "outgoing"; outgoing: readonly Outgoing[] }
  | { type: "typing"; conversation_id: Id; person_ids: readonly Id[] };

export function emptyInbox(personId: Id): InboxState {
  return {
    personId,
    isSynced: false,
    syncToken: null,
    connection: "idle",
    limits: { recall_minutes: 0, edit_minutes: 0 },
    conversations: {},
    threads: {},
    people: {},
    settings: {},
    changedAt: {},
    remarks: {},
    outgoing: [],
    typing: {},
    heardSinceSync: new Set(),
  };
}

export function applyEvent(state: InboxState, event: InboxEvent): InboxState {
  switch (event.type) {
    case "connection":
      return state.connection === event.state ? state : { ...state, connection: event.state };
    case "sync_asked":
      return { ...state, heardSinceSync: new Set() };
    case "synced":
      return applySync(state, event.answer);
    case "conversation":
      return applyConversation(state, event.conversation);
    case "conversation_changed":
      return applyChange(state, event);
    case "group":
      return applyGroup(state, event);
    case "conversation_left":
      return leave(state, event.conversation_id);
    case "channel":
      return rename(state, event.conversation_id, event.name);
    case "message":
      return applySaid(state, event.message);
    case "message_changed":
      return applyChangedMessage(state, event.message);
    case "changed_page":
      return applyChangedMessages(state, event.conversation_id, event.page);
    case "page":
      return applyThreadPage(state, event.conversation_id, event.page);
    case "trimmed":
      return withThread(state, event.conversation_id, (thread) => trimThread(thread, event.from_seq, event.to_seq));
    case "forgotten":
      return { ...state, threads: pick(state.threads, (it) => it !== event.conversation_id) };
    case "removed":
      return applyRemoved(state, event.conversation_id, event.first_seq);
    case "read":
      return applyRead(state, event.conversation_id, event.person_id, event.seq);
    case "settings":
      return applySettings(state, event.settings);
    case "people":
      return withPeople(state, event.people);
    case "remark":
      return { ...state, remarks: withRemark(state.remarks, event.person_id, event.remark) };
    case "outgoing":
      return { ...state, outgoing: event.outgoing };
    case "typing":
      return { ...state, typing: { ...state.typing, [event.conversation_id]: event.person_ids } };
  }
}

/** Where a fetch must go on so that the thread reaches what is known to have been said; null when nothing is missing. */
export function holeAfter(state: InboxState, conversationId: Id): number | null {
  const thread = state.threads[conversationId];
  const conversation = state.conversations[conversationId];
  if (!thread || thread.hasNewer) return null;
  const last = lastSeq(thread.log);
  if (thread.log.ahead.length > 0) return last;
  return conversation && conversation.last_seq > last ? last : null;
}

function applySync(state: InboxState, answer: SyncAnswer): InboxState {
  let next: InboxState = { ...state, isSynced: true, syncToken: answer.token, limits: answer.limits };
  if (answer.is_full) {
    const told = new Set(answer.conversations.filter((it) => !it.has_left).map((it) => it.id));
    // It tells of the newest thousand at most, and never of a talk in which nothing was said yet: either may be the one that is open.
    const isWhole = answer.conversations.length < MOST_TOLD;
    const kept = (id: Id) => !isWhole || told.has(id) || state.heardSinceSync.has(id) || state.conversations[id]?.last_seq === 0;
    // Messages may be here before the answer about their conversation.
    const isKept = (id: Id) => kept(id) || !state.conversations[id];
    next = { ...next, conversations: pick(state.conversations, kept), threads: pick(state.threads, isKept) };
  }
  const conversations = { ...next.conversations };
  const threads = { ...next.threads };
  const changedAt = { ...next.changedAt };
  const people: Person[] = [];
  for (const told of answer.conversations) {
    if (told.has_left) {
      // A frame that came after the question knows better than the answer.
      if (state.heardSinceSync.has(told.id)) continue;
      delete conversations[told.id];
      delete threads[told.id];
    } else {
      conversations[told.id] = mergeConversation(conversations[told.id], told, changedAt[told.id]);
      changedAt[told.id] = Math.max(changedAt[told.id] ?? 0, told.last_seq);
      people.push(...told.people);
    }
  }
  next = applySettings({ ...next, conversations, threads, changedAt }, answer.settings);
  for (const { id, has_left, first_seq } of answer.conversations) if (first_seq && !has_left) next = applyRemoved(next, id, first_seq);
  return withPeople(next, people);
}

function applyConversation(state: InboxState, told: Conversation): InboxState {
  if (told.has_left) return leave(state, told.id);
  const merged = mergeConversation(state.conversations[told.id], told, state.changedAt[told.id]);
  const changedAt = { ...state.changedAt, [told.id]: Math.max(state.changedAt[told.id] ?? 0, told.last_seq) };
  const next = { ...state, changedAt, conversations: { ...state.conversations, [told.id]: merged }, heardSinceSync: heard(state, told.id) };
  return withPeople(told.first_seq ? applyRemoved(next, told.id, told.first_seq) : next, told.people);
}

function applyChange(state: InboxState, told: ConversationChangedFrame): InboxState {
  const { conversation_id: id, seq, name, owner_id, participant_count, people } = told;
  const known = state.conversations[id];
  if (!known || seq < (state.changedAt[id] ?? 0)) return state;
  const conversations = { ...state.conversations, [id]: { ...known, name, owner_id, participant_count, people } };
  return withPeople({ ...state, conversations, changedAt: { ...state.changedAt, [id]: seq } }, people);
}

function leave(state: InboxState, id: Id): InboxState {
  return {
    ...state,
    conversations: pick(state.conversations, (it) => it !== id),
    threads: pick(state.threads, (it) => it !== id),
    heardSinceSync: pickIds(state.heardSinceSync, id),
  };
}

function rename(state: InboxState, id: Id, name: string): InboxState {
  const known = state.conversations[id];
  return known ? { ...state, conversations: { ...state.conversations, [id]: { ...known, name } } } : state;
}

/** The later told is the truth about names and people; what has been said and read only ever grows, so the greater mark wins. */
function mergeConversation(known: Conversation | undefined, told: Conversation, changedAt = 0): Conversation {
  if (!known) return told;
  const { name, owner_id, participant_count, people } = told.last_seq < changedAt ? known : told;
  const merged = { ...told, name, owner_id, participant_count, people };
  const group = laterGroup(known.group, told.group);
  if (group) merged.group = group;
  merged.last_revision = Math.max(known.last_revision, told.last_revision);
  merged.read_seq = Math.max(known.read_seq, told.read_seq);
  const first = Math.max(known.first_seq ?? 1, told.first_seq ?? 1);
  if (first > 1) merged.first_seq = first;
  if (known.peer_read_seq !== null || told.peer_read_seq !== null) {
    merged.peer_read_seq = Math.max(known.peer_read_seq ?? 0, told.peer_read_seq ?? 0);
  }
  if (known.last_seq > told.last_seq) {
    merged.last_seq = known.last_seq;
    merged.last_message = known.last_message;
    merged.last_active_at = known.last_active_at;
    merged.unread_count = known.unread_count;
  } else if (known.last_seq === told.last_seq) {
    if (known.last_message && told.last_message) merged.last_message = laterOf(known.last_message, told.last_message);
    if (known.read_seq > told.read_seq) merged.unread_count = Math.min(known.unread_count, told.unread_count);
  }
  return withMention(merged, Math.max(known.mention_seq ?? 0, told.mention_seq ?? 0));
}

function applySaid(state: InboxState, message: Message): InboxState {
  const id = message.conversation_id;
  const thread = state.threads[id];
  let next = state;
  // A thread that stops in the past leaves the newest to be fetched when the reader comes to it: no hole in between.
  if (thread && !thread.hasNewer) {
    const { log } = applyMessage(thread.log, message);
    if (log !== thread.log) next = { ...next, threads: { ...next.threads, [id]: { ...thread, log } } };
  }
  const known = state.conversations[id];
  if (!known) return next;
  const isOwn = message.sender_id === state.personId;
  const isNewest = message.seq > known.last_seq;
  let conversation: Conversation = isNewest
    ? { ...known, last_seq: message.seq, last_message: message, last_active_at: message.sent_at, unread_count: message.seq - known.read_seq }
    : { ...known };
  // Who speaks has read what was said before; also when a later message overtook this one on its way.
  if (isOwn && showsReading(message, known.read_seq)) {
    conversation.read_seq = message.seq;
    conversation.unread_count = conversation.last_seq - message.seq;
  }
  if (!isOwn && known.peer_read_seq !== null && speaksAsPeer(state, known, message.sender_id) && showsReading(message, known.peer_read_seq)) {
    conversation.peer_read_seq = message.seq;
  }
  const called = callsOn(message, state.personId) ? message.seq : 0;
  conversation = withMention(conversation, Math.max(known.mention_seq ?? 0, called));
  const isSame = conversation.read_seq === known.read_seq && conversation.peer_read_seq === known.peer_read_seq && conversation.mention_seq === known.mention_seq;
  if (!isNewest && isSame) return next;
  return { ...next, conversations: { ...next.conversations, [id]: conversation }, heardSinceSync: heard(state, id) };
}

function applyThreadPage(state: InboxState, id: Id, page: MessagePage): InboxState {
  const known = state.threads[id];
  const before = known?.log.items ?? [];
  const log = applyPage(known?.log ?? emptyLog, page.items, page.last_revision);
  const isJoined = before.length > 0 && isWithin(before[0]!, log) && isWithin(before[before.length - 1]!, log);
  const reachesStart = log.items[0]?.seq === page.items[0]?.seq;
  const reachesEnd = log.items[log.items.length - 1]?.seq === page.items[page.items.length - 1]?.seq;
  const hasNewer = known && isJoined && !reachesEnd ? known.hasNewer : page.has_newer;
  const thread: Thread = {
    // What was heard beyond the end is shown only where the end is the newest: never with a hole before it.
    log: hasNewer ? { ...log, ahead: [] } : log,
    hasOlder: known && isJoined && !reachesStart ? known.hasOlder : page.has_older,
    hasNewer,
  };
  return withPeople({ ...state, threads: { ...state.threads, [id]: thread } }, page.people);
}

function withThread(state: InboxState, id: Id, change: (thread: Thread) => Thread): InboxState {
  const known = state.threads[id];
  const thread = known && change(known);
  return !thread || thread === known ? state : { ...state, threads: { ...state.threads, [id]: thread } };
}

function isWithin(message: Message, log: MessageLog): boolean {
  const first = log.items[0];
  const last = log.items[log.items.length - 1];
  return first !== undefined && last !== undefined && message.seq >= first.seq && message.seq <= last.seq;
}

function applyRead(state: InboxState, id: Id, personId: Id, seq: number): InboxState {
  const known = state.conversations[id];
  if (!known) return state;
  let conversation = known;
  if (personId === state.personId) {
    if (seq <= known.read_seq && known.unread_count === 0) return state;
    conversation = { ...known, read_seq: Math.max(known.read_seq, seq), unread_count: Math.min(known.unread_count, Math.max(0, known.last_seq - seq)) };
    conversation = withMention(conversation, known.mention_seq ?? 0);
  } else if (known.peer_read_seq !== null && seq > known.peer_read_seq && speaksAsPeer(state, known, personId)) {
    conversation = { ...known, peer_read_seq: seq };
  }
  return conversation === known ? state : { ...state, conversations: { ...state.conversations, [id]: conversation } };
}

/** In a talk with a customer "read" means read by the customer, whichever colleagues are in it. */
function speaksAsPeer(state: InboxState, conversation: Conversation, personId: Id): boolean {
  if (conversation.kind === "direct") return personId !== state.personId;
  return conversation.kind === "customer" && state.people[personId]?.kind !== "member";
}

function withPeople(state: InboxState, people: readonly Person[]): InboxState {
  const changed = people.filter((it) => !isSamePerson(state.people[it.id], it));
  if (changed.length === 0) return state;
  return { ...state, people: { ...state.people, ...Object.fromEntries(changed.map((it) => [it.id, it])) } };
}

function isSamePerson(a: Person | undefined, b: Person): boolean {
  return a !== undefined && a.name === b.name && a.avatar_url === b.avatar_url && a.is_active === b.is_active && a.kind === b.kind;
}

function withRemark(remarks: Readonly<Record<Id, string>>, personId: Id, remark: string | null): Readonly<Record<Id, string>> {
  if ((remarks[personId] ?? null) === (remark || null)) return remarks;
  const rest = pick(remarks, (it) => it !== personId);
  return remark ? { ...rest, [personId]: remark } : rest;
}

function heard(state: InboxState, id: Id): ReadonlySet<Id> {
  return state.heardSinceSync.has(id) ? state.heardSinceSync : new Set([...state.heardSinceSync, id]);
}

function pick<T>(record: Readonly<Record<Id, T>>, isKept: (id: Id) => boolean): Record<Id, T> {
  return Object.fromEntries(Object.entries(record).filter(([id]) => isKept(id)));
}

function pickIds(ids: ReadonlySet<Id>, without: Id): ReadonlySet<Id> {
  return new Set([...ids].filter((it) => it !== without));
}
