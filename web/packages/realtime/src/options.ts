import type { ConnectionState } from "./connection";
import type { ChannelFrame, ConversationChangedFrame, ConversationLeftFrame, ErrorFrame, GroupFrame, JoinRequestsFrame, NotificationSettingsFrame, NudgeConfirmedFrame, NudgedFrame, PresenceFrame, ReadFrame, RemovedFrame, ScheduledFrame, TypingFrame, VoiceHeardFrame, Welcome } from "./frames";
import type { Outbox, Outgoing } from "./outbox";
import type { Contact, Conversation, ConversationSettings, Id, KeptDraft, Message, Topic } from "./types";

export interface RealtimeEvents {
  state: ConnectionState;
  welcome: Welcome;
  message: Message;
  message_changed: Message;
  outgoing: readonly Outgoing[];
  read: ReadFrame;
  settings: ConversationSettings;
  draft: KeptDraft;
  scheduled: ScheduledFrame;
  voice_heard: VoiceHeardFrame;
  nudged: NudgedFrame;
  removed: RemovedFrame;
  nudge_confirmed: NudgeConfirmedFrame;
  typing: TypingFrame;
  presence: PresenceFrame;
  conversation: Conversation;
  conversation_changed: ConversationChangedFrame;
  group: GroupFrame;
  topic: Topic;
  join_requests: JoinRequestsFrame;
  conversation_left: ConversationLeftFrame;
  channel: ChannelFrame;
  contact: Contact;
  notification_settings: NotificationSettingsFrame;
  failed: ErrorFrame;
}

export interface RealtimeOptions {
  url: string;
  outbox?: Outbox;
  /** Fetch what was missed. Called after every welcome, when the server says so, and at each round without a socket; a throw means again later, {status: 401} signed out. */
  catchUp?: () => Promise<unknown>;
  http?: {
    send: (message: Outgoing) => Promise<Message>;
    read?: (conversationId: Id, seq: number) => Promise<unknown>;
  };
  /** The conversation of messages that were queued before there was one. */
  conversation?: () => Id | null;
  openSocket?: (url: string) => WebSocket;
}
