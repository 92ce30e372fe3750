import type { Contact, Conversation, ConversationSettings, Group, Id, JoinRequest, KeptDraft, Message, Person, Topic } from "./types";

export interface Welcome {
  type: "welcome";
  person_id: Id;
  session_id: Id;
  server_time: string;
  heartbeat_seconds: number;
  max_frame_bytes: number;
}
export interface Ack {
  type: "ack";
  client_id: string;
  conversation_id: Id;
  seq: number;
  sent_at: string;
}
export interface ErrorFrame {
  type: "error";
  client_id?: string | null;
  code: string;
  message: string;
  retry: boolean;
}
export interface MessageFrame {
  type: "message";
  message: Message;
}
/** Something said was edited, recalled or reacted to: the whole of it as it stands now. */
export interface MessageChangedFrame {
  type: "message_changed";
  message: Message;
}
export interface ConversationFrame {
  type: "conversation";
  conversation: Conversation;
}
/** Name, owner or people changed: what is the same for everybody in it. A change with a smaller `seq` than one that is known comes too late. */
export interface ConversationChangedFrame {
  type: "conversation_changed";
  conversation_id: Id;
  seq: number;
  name: string | null;
  owner_id: Id | null;
  participant_count: number;
  people: Person[];
}
/** How a group governs itself is this now. */
export interface GroupFrame {
  type: "group";
  conversation_id: Id;
  group: Group;
}
/** In a group a topic was opened, renamed, closed or opened again: it is this now. */
export interface TopicFrame {
  type: "topic";
  topic: Topic;
}
/** For a group's managers, and for whoever asked: somebody waits to be let in, or it was decided. */
export interface JoinRequestsFrame {
  type: "join_requests";
  conversation_id: Id;
  items: readonly JoinRequest[];
}
export interface ConversationLeftFrame {
  type: "conversation_left";
  conversation_id: Id;
}
/** An announcement channel's name, or whom it is for, changed. */
export interface ChannelFrame {
  type: "channel";
  conversation_id: Id;
  name: string;
}
export interface ContactFrame {
  type: "contact";
  contact: Contact;
}
export interface ReadFrame {
  type: "read";
  conversation_id: Id;
  person_id: Id;
  seq: number;
}
/** On this or another device of one's own: what one keeps for oneself about a conversation. */
export interface SettingsFrame {
  type: "settings";
  settings: ConversationSettings;
}
/** On this or another device of one's own: what is half-written now. */
export interface DraftFrame {
  type: "draft";
  draft: KeptDraft;
}
/** On this or another device of one's own: what waits to be said by the clock is to be asked for again. */
export interface ScheduledFrame {
  type: "scheduled";
}
/** On another device of one's own: one has listened to what somebody spoke. */
export interface VoiceHeardFrame {
  type: "voice_heard";
  conversation_id: Id;
  seq: number;
}
/** Somebody asks this person to look at their message now; it waits until it is confirmed. */
export interface NudgedFrame {
  type: "nudged";
  conversation_id: Id;
  seq: number;
}
/** For whoever confirmed, and for whoever asked. */
export interface NudgeConfirmedFrame {
  type: "nudge_confirmed";
  conversation_id: Id;
  seq: number;
  person_id: Id;
}
/** What was said before `first_seq` is older than the company keeps it, and is gone. */
export interface RemovedFrame {
  type: "removed";
  conversation_id: Id;
  first_seq: number;
}
export interface TypingFrame {
  type: "typing";
  conversation_id: Id;
  person_id: Id;
}
/** `active` with a page in sight, `away` with one that nobody looks at. */
export type Presence = "active" | "away" | "offline";
/** Of somebody who is looked at. Of whom nothing was said is offline. */
export interface PresenceFrame {
  type: "presence";
  person_id: Id;
  state: Presence;
}
/** On another device of one's own: what one wants to be told of, and when, is to be asked for again. */
export interface NotificationSettingsFrame {
  type: "notification_settings";
}
/** Something may have been told that never arrived: everybody catches up, but not in the same instant. */
export interface LookAgain {
  type: "look_again";
  within_seconds: number;
}
export interface Pong {
  type: "pong";
}

export type ServerFrame =
  | Welcome
  | Ack
  | ErrorFrame
  | MessageFrame
  | MessageChangedFrame
  | ConversationFrame
  | ConversationChangedFrame
  | GroupFrame
  | TopicFrame
  | JoinRequestsFrame
  | ConversationLeftFrame
  | ChannelFrame
  | ContactFrame
  | ReadFrame
  | SettingsFrame
  | DraftFrame
  | ScheduledFrame
  | VoiceHeardFrame
  | NudgedFrame
  | RemovedFrame
  | NudgeConfirmedFrame
  | TypingFrame
  | PresenceFrame
  | NotificationSettingsFrame
  | LookAgain
  | Pong;

/** The field each frame cannot be used without. A frame that lacks it is ignored like an unknown one. */
const needs: Record<ServerFrame["type"], string> & { __proto__: null } = {
  // No prototype: a type such as "constructor" must not be found on it.
  __proto__: null,
  welcome: "person_id",
  ack: "client_id",
  error: "code",
  message: "message",
  message_changed: "message",
  conversation: "conversation",
  conversation_changed: "people",
  group: "group",
  topic: "topic",
  join_requests: "items",
  conversation_left: "conversation_id",
  channel: "conversation_id",
  contact: "contact",
  read: "seq",
  settings: "settings",
  draft: "draft",
  scheduled: "type",
  voice_heard: "seq",
  nudged: "seq",
  removed: "first_seq",
  nudge_confirmed: "person_id",
  typing: "person_id",
  presence: "state",
  notification_settings: "type",
  look_again: "within_seconds",
  pong: "type",
};

/** One text message of the server; null for what this version does not know, which a client ignores. */
export function decodeFrame(text: unknown): ServerFrame | null {
  if (typeof text !== "string") return null;
  try {
    const frame = JSON.parse(text) as ServerFrame;
    return needs[frame.type] in frame ? frame : null;
  } catch {
    return null;
  }
}
