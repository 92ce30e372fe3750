"""What the server says, field for field, over HTTP and socket. Fields that this client does not know are ignored."""

from datetime import datetime
from typing import Any

import msgspec


class Person(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    kind: str
    name: str
    is_active: bool = True


class File(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str
    size: int
    media_type: str
    # Of sound and video, where it is known.
    duration_ms: int | None = None
    # video, sound or pdf: it can be shown in place.
    shown_as: str | None = None


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """What is shown of the message that another one answers."""

    seq: int
    sender_id: str
    kind: str
    text: str
    file_name: str | None = None
    is_recalled: bool = False


class Reaction(msgspec.Struct, frozen=True, kw_only=True):
    emoji: str
    count: int
    person_ids: list[str]


class MentionedPerson(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str


class Mentions(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a message calls on."""

    everybody: bool = False
    people: list[MentionedPerson] = []


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """One thing said, or (`kind` is "notice") one thing that happened to the conversation; as of `revision`."""

    conversation_id: str
    seq: int
    sender_id: str
    client_id: str
    kind: str
    text: str
    file: File | None = None
    notice: dict[str, Any] | None = None
    sent_at: datetime
    reply_to: Quote | None = None
    mentions: Mentions | None = None
    # Of the kind "merged": what was forwarded as one, in short.
    merged: dict[str, Any] | None = None
    # Of the kind "card": the colleague shown, as they were when it was told.
    card: dict[str, Any] | None = None
    # Of the kind "voice": how long and how loud; `file` is the sound.
    voice: dict[str, Any] | None = None
    # Of the kind "location": {"lat", "lon", "datum", "accuracy_m", "name", "address"}.
    location: dict[str, Any] | None = None
    # The clock said it for its sender, who need not have read what was said before.
    is_scheduled: bool = False
    # What it is said about, in a group that talks about several things.
    topic_id: str | None = None
    # What the page says of itself that it links to: "url", "host", "title", "description", "site".
    preview: dict[str, Any] | None = None
    revision: int = 0
    edited_at: datetime | None = None
    recalled_at: datetime | None = None
    reactions: list[Reaction] = []
    # Put up for all in the conversation: "by_id" and "at".
    pinned: dict[str, Any] | None = None


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """How a group governs itself; of two views of it the greater `revision` holds."""

    revision: int = 0
    deputy_ids: list[str] = []
    who_invites: str = "everybody"
    who_mentions_all: str = "everybody"
    who_edits: str = "everybody"
    who_pins: str = "everybody"
    # What it has to tell everybody in it, in short: "seq" and "text".
    notice: dict[str, Any] | None = None


class Conversation(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation as this person sees it."""

    id: str
    kind: str
    name: str | None = None
    owner_id: str | None = None
    participant_count: int = 0
    people: list[Person] = []
    last_seq: int
    last_revision: int = 0
    read_seq: int
    unread_count: int
    peer_read_seq: int | None = None
    last_message: Message | None = None
    last_active_at: datetime
    has_left: bool = False
    can_publish: bool = True
    # The newest unread message that calls on this person; 0: none does.
    mention_seq: int = 0
    # What was said before is no longer kept.
    first_seq: int = 1
    group: Group = Group()


class Topic(msgspec.Struct, frozen=True, kw_only=True):
    """Something a group talks about, apart from the rest of it; of two views of it the greater `revision` holds."""

    id: str
    conversation_id: str
    name: str
    opened_by_id: str
    opened_at: datetime
    closed_by_id: str | None = None
    closed_at: datetime | None = None
    revision: int


class ConversationSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What this person keeps for themself about a conversation; of two views of it the greater `revision` holds."""

    conversation_id: str
    revision: int
    is_muted: bool = False
    is_pinned: bool = False
    archived_seq: int | None = None
    is_marked_unread: bool = False
    seen_notice_seq: int = 0


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What this person has half-written, on whichever device; of two views of it the greater `revision` holds."""

    conversation_id: str
    text: str
    reply_to: Quote | None = None
    mentions: dict[str, Any] | None = None
    typed_at: datetime
    revision: int


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Messages in ascending `seq`."""

    items: list[Message]
    has_older: bool
    has_newer: bool


class ChangedMessages(msgspec.Struct, frozen=True, kw_only=True):
    """Messages in the order of their last changes."""

    items: list[Message]
    has_newer: bool
    last_revision: int


class Sync(msgspec.Struct, frozen=True, kw_only=True):
    token: str
    is_full: bool
    conversations: list[Conversation]
    settings: list[ConversationSettings] = []
    drafts: list[Draft] = []
