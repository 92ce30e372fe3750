/** What the server says over HTTP and socket, field for field. The staff app has the same shapes from the published schema. */

/** Opaque: decimal digits, never a number. */
export type Id = string;

export interface Person {
  id: Id;
  kind: "member" | "contact";
  name: string;
  avatar_url: string | null;
  is_active: boolean;
}

export interface StoredFile {
  id: Id;
  name: string;
  size: number;
  media_type: string;
  /** Of pictures and videos. */
  width: number | null;
  height: number | null;
  duration_ms?: number;
  /** It can be shown in place; a picture without it is one, too. */
  shown_as?: "video" | "sound" | "pdf";
}

export interface Notice {
  action: 
    | "group_created"
    | "people_invited"
    | "people_admitted"
    | "person_left"
    | "person_removed"
    | "group_renamed"
    | "owner_changed"
    | "deputy_named"
    | "notice_written"
    | "notice_removed"
    | "topic_opened"
    | "topic_renamed"
    | "topic_closed"
    | "topic_reopened"
    | "customer_arrived";
  by_id: Id | null;
  people: { id: Id; name: string }[];
  name: string | null;
  /** Of what tells of a topic. */
  topic_id?: Id;
}

/** What is shown of the message that another one answers. */
export interface Quote {
  seq: number;
  sender_id: Id;
  kind: Message["kind"];
  text: string;
  file_name: string | null;
  is_recalled: boolean;
}

/** Whom a message calls on; names as they were then, so that "@name" is found in its words for good. */
export interface Mentions {
  everybody: boolean;
  people: readonly { id: Id; name: string }[];
}

/** Several messages forwarded as one: what its bubble shows; `text` of a line is empty where there were no words. */
export interface Merged {
  bundle_id: Id;
  count: number;
  conversation_kind: Conversation["kind"];
  names: readonly string[];
  lines: readonly { name: string; kind: Message["kind"]; text: string }[];
}

/** A colleague's name card, as they were when it was told. */
export interface NameCard {
  person_id: Id;
  name: string;
  title: string | null;
  avatar_url: string | null;
  is_active: boolean;
}

/** Spoken words; the message's file is the sound. `levels` are how loud its parts were, 0 to 100. */
export interface Voice {
  duration_ms: number;
  levels: readonly number[];
}

/** A place on the map, by the grid that `datum` names: WGS-84 of satellites and browsers, or GCJ-02 of Chinese maps. */
export interface Location {
  lat: number;
  lon: number;
  datum: "wgs84" | "gcj02";
  accuracy_m: number | null;
  name: string;
  address: string;
}

/** What a page says of itself. `host` is where one lands, whatever the page calls itself. */
export interface LinkPreview {
  url: string;
  host: string;
  title: string;
  description: string;
  site: string;
  picture?: { width: number; height: number };
}

/** One of the messages that were forwarded as one, as it stood then. */
export interface BundleItem {
  sender_id: Id;
  sender_name: string;
  kind: Message["kind"];
  text: string;
  sent_at: string;
  file?: StoredFile;
  merged?: Merged;
  card?: NameCard;
  voice?: Voice;
  location?: Location;
}

/** Who answered a message with one emoji; of more than 200 the first. */
export interface Reaction {
  emoji: string;
  count: number;
  person_ids: Id[];
}

/** As it stands now. What never happened to it is absent; of two views of one message the greater `revision` holds. */
export interface Message {
  conversation_id: Id;
  seq: number;
  sender_id: Id;
  client_id: string;
  kind: "text" | "image" | "file" | "voice" | "card" | "location" | "merged" | "notice";
  text: string;
  file: StoredFile | null;
  notice: Notice | null;
  sent_at: string;
  reply_to?: Quote;
  mentions?: Mentions;
  merged?: Merged;
  card?: NameCard;
  voice?: Voice;
  location?: Location;
  /** The clock said it for its sender, who need not have read what was said before. */
  is_scheduled?: boolean;
  /** What it is said about, in a group that talks about several things. */
  topic_id?: Id;
  /** The page that it links to, once the server has looked at it. */
  preview?: LinkPreview;
  revision?: number;
  edited_at?: string;
  recalled_at?: string;
  reactions?: Reaction[];
  /** Who put it up for all in the conversation. */
  pinned?: { by_id: Id; at: string };
  /** Its author asked people to look at it now. */
  is_nudged?: boolean;
}

/** How a group governs itself; of two views of it the greater `revision` holds. Its managers are its owner and deputies. */
export interface Group {
  revision: number;
  deputy_ids: readonly Id[];
  who_invites: "everybody" | "approval" | "managers";
  who_mentions_all: "everybody" | "managers";
  who_edits: "everybody" | "managers";
  who_pins: "everybody" | "managers";
  /** What it has to tell, in short; absent: nothing. `seq` is the message that told of it. */
  notice?: { seq: number; text: string };
}

/** Something a group talks about, apart from the rest of it; of two views of it the greater `revision` holds. */
export interface Topic {
  id: Id;
  conversation_id: Id;
  name: string;
  opened_by_id: Id;
  opened_at: string;
  closed_by_id: Id | null;
  closed_at: string | null;
  revision: number;
}

/** With what its reader may read in it: of more than 1000 messages, 1000. `last_seq` 0: none. */
export interface ListedTopic extends Topic {
  message_count: number;
  last_seq: number;
  last_active_at: string;
}

/** What a group has to tell everybody in it. */
export interface GroupNotice {
  seq: number;
  text: string;
  by: Person;
  written_at: string;
}

/** Somebody proposed for a group; it is decided once. */
export interface JoinRequest {
  id: Id;
  conversation_id: Id;
  person: Person;
  by: Person;
  asked_at: string;
  state: "waiting" | "accepted" | "refused" | "lapsed";
  decided_by: Person | null;
}

export interface Conversation {
  id: Id;
  kind: "direct" | "group" | "customer" | "channel";
  name: string | null;
  is_external: boolean;
  owner_id: Id | null;
  participant_count: number;
  people: Person[];
  last_seq: number;
  last_revision: number;
  read_seq: number;
  unread_count: number;
  peer_read_seq: number | null;
  last_message: Message | null;
  last_active_at: string;
  has_left: boolean;
  can_publish: boolean;
  /** The newest unread message that calls on this person. */
  mention_seq?: number;
  /** What was said before is no longer kept; absent where all is. */
  first_seq?: number;
  /** Absent where it is no group, and where the group is as every group begins. */
  group?: Group;
}

/**
 * What a person keeps for themself about a conversation; of two views of it the greater `revision` holds. It is archived as long as nothing was
 * said after `archived_seq`, and a muted one whatever is said; null: it is not.
 */
export interface ConversationSettings {
  conversation_id: Id;
  revision: number;
  is_muted: boolean;
  is_pinned: boolean;
  archived_seq: number | null;
  is_marked_unread: boolean;
  /** Up to which of the group's notices they have looked. */
  seen_notice_seq: number;
}

/** What a person has half-written; an empty text: nothing. Of two views of it the greater `revision` holds. */
export interface KeptDraft {
  conversation_id: Id;
  text: string;
  reply_to: Quote | null;
  mentions: Mentions | null;
  typed_at: string;
  revision: number;
}

/** It takes the place of what is kept when whoever typed it had seen that, `base_revision`, or when it was typed later, `age_seconds` ago. */
export interface DraftWish {
  text: string;
  reply_to_seq: number | null;
  mentions: Mentions | null;
  base_revision: number;
  age_seconds: number;
}

export interface Contact {
  id: Id;
  name: string;
  remark: string | null;
  conversation_id: Id;
  source: string | null;
  followed_at: string;
  last_active_at: string;
}

export interface MessagePage {
  items: Message[];
  people: Person[];
  has_older: boolean;
  has_newer: boolean;
  last_revision: number;
  /** Those that its messages belong to; absent: none. */
  topics?: Topic[];
  /** What was said before is no longer kept; absent where all is. */
  first_seq?: number;
}

/** What is put up in a conversation, the latest first, as it stood after `last_revision`. */
export interface PinnedMessages {
  items: Message[];
  people: Person[];
  last_revision: number;
}

/** In the order of their last changes; without `has_newer` everything up to `last_revision` is known. */
export interface ChangedMessages {
  items: Message[];
  has_newer: boolean;
  last_revision: number;
}
