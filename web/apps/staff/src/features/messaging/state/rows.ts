/** From messages to the rows of the list: days, the line before the unread, who begins and who ends a group. Pure. */
import { daysBetween } from "@hutong/i18n";
import type { Id, LinkPreview, Location, Mentions, Merged, Message, NameCard, Outgoing, Quote, Reaction, SendFailure, StoredFile, Voice } from "@hutong/realtime";
import type { ThreadView } from "./selectors";
import type { Upload } from "./uploads";

/** One said thing, whether the server has it or not: both are drawn by the same component, so that nothing blinks on arrival. */
export interface Bubble {
  key: string;
  clientId: string;
  seq: number | null;
  senderId: Id;
  isOwn: boolean;
  kind: Exclude<Message["kind"], "notice">;
  text: string;
  file: StoredFile | null;
  at: string;
  replyTo: Quote | null;
  topicId: Id | null;
  preview: LinkPreview | null;
  mentions: Mentions | null;
  merged: Merged | null;
  card: NameCard | null;
  voice: Voice | null;
  location: Location | null;
  editedAt: string | null;
  reactions: readonly Reaction[];
  isPinned: boolean;
  isNudged: boolean;
  failure: SendFailure | null;
  upload: Upload | null;
}

export type Row =
  | { type: "day"; key: string; at: string }
  | { type: "unread"; key: string }
  | { type: "notice"; key: string; message: Message }
  | { type: "recalled"; key: string; message: Message; isOwn: boolean }
  | { type: "bubble"; key: string; bubble: Bubble; startsGroup: boolean; endsGroup: boolean };

export interface RowOptions {
  personId: Id;
  /** The read mark when the conversation was opened; null where no line is wanted. */
  readSeq: number | null;
  hasOlder: boolean;
  uploads: readonly Upload[];
  now: Date;
}

const GROUP_MS = 5 * 60_000;
const NONE: readonly Reaction[] = [];

export function rowsOf(view: ThreadView, options: RowOptions): Row[] {
  const rows: Row[] = [];
  let lastAt: string | null = null;
  const pushDay = (at: string) => {
    if (lastAt === null || daysBetween(new Date(lastAt), new Date(at)) !== 0) rows.push({ type: "day", key: `day ${at.slice(0, 10)} ${rows.length}`, at });
    lastAt = at;
  };
  const unreadFrom = firstUnread(view.messages, options);
  for (const message of view.messages) {
    pushDay(message.sent_at);
    if (message.seq === unreadFrom) rows.push({ type: "unread", key: "unread" });
    if (message.kind === "notice") rows.push({ type: "notice", key: `s${message.seq}`, message });
    else if (message.recalled_at) rows.push({ type: "recalled", key: `s${message.seq}`, message, isOwn: message.sender_id === options.personId });
    else pushBubble(rows, bubbleOfMessage(message, options.personId));
  }
  const echoes = [...view.echoes.map((it) => bubbleOfOutgoing(it, options.personId)), ...options.uploads.map((it) => bubbleOfUpload(it, options))];
  for (const echo of echoes) {
    pushDay(echo.at);
    pushBubble(rows, echo);
  }
  return rows;
}

/** The first message of others beyond the mark, where what lies before it is loaded too. */
function firstUnread(messages: readonly Message[], { readSeq, hasOlder, personId }: RowOptions): number | null {
  if (readSeq === null) return null;
  const first = messages[0];
  if (!first || (hasOlder && first.seq > readSeq)) return null;
  const unread = messages.find((it) => it.seq > readSeq && it.sender_id !== personId);
  // Above everything there is nothing to divide from.
  return unread && unread !== first ? unread.seq : null;
}

function pushBubble(rows: Row[], bubble: Bubble): void {
  const before = rows[rows.length - 1];
  const continues =
    before?.type === "bubble" &&
    before.bubble.senderId === bubble.senderId &&
    before.bubble.topicId === bubble.topicId &&
    Date.parse(bubble.at) - Date.parse(before.bubble.at) < GROUP_MS;
  if (continues) before.endsGroup = false;
  rows.push({ type: "bubble", key: bubble.key, bubble, startsGroup: !continues, endsGroup: true });
}

const bubbles = new WeakMap<Message, Bubble>();

/** The same message gives the same bubble, so that a page that comes in draws its own rows and no other. */
export function bubbleOfMessage(message: Message, personId: Id): Bubble {
  const known = bubbles.get(message);
  if (known?.isOwn === (message.sender_id === personId)) return known;
  const bubble = newBubble(message, personId);
  bubbles.set(message, bubble);
  return bubble;
}

function newBubble(message: Message, personId: Id): Bubble {
  const isOwn = message.sender_id === personId;
  return {
    // One's own keeps the key of its echo: the element stays when the server's answer takes its place.
    key: isOwn && message.client_id ? message.client_id : `s${message.seq}`,
    clientId: message.client_id,
    seq: message.seq,
    senderId: message.sender_id,
    isOwn,
    kind: message.kind === "notice" ? "text" : message.kind,
    text: message.text ?? "",
    file: message.file,
    at: message.sent_at,
    replyTo: message.reply_to ?? null,
    topicId: message.topic_id ?? null,
    preview: message.preview ?? null,
    mentions: message.mentions ?? null,
    merged: message.merged ?? null,
    card: message.card ?? null,
    voice: message.voice ?? null,
    location: message.location ?? null,
    editedAt: message.edited_at ?? null,
    reactions: message.reactions ?? NONE,
    isPinned: message.pinned !== undefined,
    isNudged: message.is_nudged === true,
    failure: null,
    upload: null,
  };
}

function bubbleOfOutgoing(outgoing: Outgoing, personId: Id): Bubble {
  return {
    key: outgoing.client_id,
    clientId: outgoing.client_id,
    seq: null,
    senderId: personId,
    isOwn: true,
    kind: outgoing.kind,
    text: outgoing.text,
    file: outgoing.file,
    at: outgoing.created_at,
    replyTo: outgoing.reply_to ?? null,
    topicId: outgoing.topic_id ?? null,
    preview: null,
    mentions: outgoing.mentions ?? null,
    merged: null,
    card: outgoing.card ?? null,
    voice: outgoing.voice ?? null,
    location: outgoing.location ?? null,
    editedAt: null,
    reactions: NONE,
    isPinned: false,
    isNudged: false,
    failure: outgoing.failure,
    upload: null,
  };
}

function bubbleOfUpload(upload: Upload, { personId, now }: RowOptions): Bubble {
  const { id, file, isImage, width, height } = upload;
  return {
    key: id,
    clientId: id,
    seq: null,
    senderId: personId,
    isOwn: true,
    kind: upload.voice ? "voice" : isImage ? "image" : "file",
    text: "",
    file: { id: "", name: file.name, size: file.size, media_type: file.type, width, height },
    at: now.toISOString(),
    replyTo: null,
    topicId: upload.topic_id ?? null,
    preview: null,
    mentions: null,
    merged: null,
    card: null,
    voice: upload.voice ?? null,
    location: null,
    editedAt: null,
    reactions: NONE,
    isPinned: false,
    isNudged: false,
    failure: null,
    upload,
  };
}
