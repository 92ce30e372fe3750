"""What is said, and the rules of saying, without I/O."""

import re
import unicodedata
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from hutong.core.errors import Invalid
from hutong.core.lines import BLANKS, one_line
from hutong.directory import Department
from hutong.files import File
from hutong.identity import Person
from hutong.messaging.content import Card, Content, Levels, Location, Mentions, MentionWish, Merged, Voice
from hutong.messaging.errors import EmptyMessage, MessageTooLong, NotAnEmoji
from hutong.messaging.governing import Group
from hutong.messaging.linked import LinkPreview
from hutong.messaging.topics import MAX_TOPIC_NAME, Topic

ConversationKind = Literal["direct", "group", "customer", "channel"]
SpokenKind = Literal["text", "image", "file", "voice", "card", "location"]
FoundKind = Literal["text", "image", "file", "card", "location", "merged"]
SharedKind = Literal["image", "file", "link"]
MessageKind = Literal["text", "image", "file", "voice", "card", "location", "merged", "notice"]
NoticeAction = Literal[
    "group_created",
    "people_invited",
    "people_admitted",
    "person_left",
    "person_removed",
    "group_renamed",
    "owner_changed",
    "deputy_named",
    "notice_written",
    "notice_removed",
    "topic_opened",
    "topic_renamed",
    "topic_closed",
    "topic_reopened",
]

MAX_TEXT = 8000
MAX_GROUP = 10_000
MAX_GROUP_NAME = 64
# As many as a group's face shows: in a list more would be dots, and faces are most of what opening the app costs.
FACES = 3
# Up to so many participants, each hears how far the others have read.
HEARD_BY_ALL = 200
# Kinds of reactions on one message, and people named for each.
MAX_REACTIONS = 20
MAX_REACTORS = 200
MAX_PINS = 50

Seq = Annotated[int, Meta(ge=0, le=2**62)]


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened to the conversation itself, told in its own stream."""

    action: NoticeAction
    by_id: str | None = None
    people: list[Person] = []
    name: str | None = None
    topic_id: str | UnsetType = UNSET


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """What is shown of the message that another one answers: its beginning, nothing once it is recalled."""

    seq: int
    sender_id: str
    kind: MessageKind
    text: str
    file_name: str | None = None
    is_recalled: bool = False


class Reaction(msgspec.Struct, frozen=True, kw_only=True):
    """Who answered a message with one emoji, in the order in which they did; of more than 200 the first."""

    emoji: str
    count: int
    person_ids: list[str]


class Pin(msgspec.Struct, frozen=True, kw_only=True):
    """Who put a message up for all in the conversation."""

    by_id: str
    at: datetime


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """What was said, as it stands now. What never happened to it is absent: the path of a message counts bytes.

    `revision` is the conversation's count of changes at this message's last one: of two views of one message the
    greater holds. A recalled message keeps its place and has nothing in it. `is_scheduled`: the clock said it, so its
    author need not have read what was said before. `is_nudged`: its author asked people to look at it now.
    """

    conversation_id: str
    seq: int
    sender_id: str
    client_id: UUID
    kind: MessageKind
    text: str
    file: File | None = None
    notice: Notice | None = None
    sent_at: datetime
    reply_to: Quote | UnsetType = UNSET
    mentions: Mentions | UnsetType = UNSET
    merged: Merged | UnsetType = UNSET
    card: Card | UnsetType = UNSET
    voice: Voice | UnsetType = UNSET
    location: Location | UnsetType = UNSET
    is_scheduled: bool | UnsetType = UNSET
    topic_id: str | UnsetType = UNSET
    preview: LinkPreview | UnsetType = UNSET
    revision: int | UnsetType = UNSET
    edited_at: datetime | UnsetType = UNSET
    recalled_at: datetime | UnsetType = UNSET
    reactions: list[Reaction] | UnsetType = UNSET
    pinned: Pin | UnsetType = UNSET
    is_nudged: bool | UnsetType = UNSET


class ChangeLimits(msgspec.Struct, frozen=True, kw_only=True):
    """How long after it was said a message may be recalled, and edited."""

    recall_minutes: int
    edit_minutes: int


class MessageVersion(msgspec.Struct, frozen=True, kw_only=True):
    """Words that an edit replaced, and when they were said."""

    text: str
    said_at: datetime


class Conversation(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation as somebody sees it who is in it.

    Of a channel, `people` are the first of its publishers and `participant_count` is how many it is for.
    `mention_seq` is the newest unread message that calls on them; absent where none does. `group` is absent where it is
    no group, and where the group is as it began. `first_seq`: what was said before is no longer kept; absent where all
    is.
    """

    id: str
    kind: ConversationKind
    name: str | None
    is_external: bool
    owner_id: str | None
    participant_count: int
    people: list[Person]
    last_seq: int
    last_revision: int
    read_seq: int
    unread_count: int
    peer_read_seq: int | None
    last_message: Message | None
    last_active_at: datetime
    has_left: bool
    can_publish: bool
    mention_seq: int | UnsetType = UNSET
    first_seq: int | UnsetType = UNSET
    group: Group | UnsetType = UNSET


class Participant(msgspec.Struct, frozen=True, kw_only=True):
    person: Person
    role: Literal["owner", "deputy", "member"]
    read_seq: int
    joined_at: datetime


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """How many have read a message and how many have not: of those who are in the conversation now, without its
    author, and were when it was said."""

    seq: int
    read_count: int
    unread_count: int


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    person: Person
    read_seq: int


class Audience(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a channel is for: everybody, or some departments with all below them."""

    everybody: bool = False
    department_ids: Annotated[list[Annotated[str, Meta(min_length=1, max_length=20)]], Meta(max_length=200)] = []


class Channel(msgspec.Struct, frozen=True, kw_only=True):
    """An announcement channel as those see it who manage it. Without `departments` it is for everybody."""

    id: str
    name: str
    owner_id: str
    departments: list[Department]
    publishers: list[Person]
    audience_count: int


class ChannelReader(msgspec.Struct, frozen=True, kw_only=True):
    """`read_at`: when this person last read on in the channel; unknown of a publisher."""

    person: Person
    read_at: datetime | None


class ChannelReaders(msgspec.Struct, frozen=True, kw_only=True):
    """How far an announcement has come, its sender left out, and a page of those who have read it."""

    read_count: int
    audience_count: int
    items: list[ChannelReader]
    next_cursor: str | None


class SendMessage(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wants to say. `client_id` makes a repetition harmless."""

    client_id: UUID
    kind: SpokenKind = "text"
    text: Annotated[str, Meta(max_length=MAX_TEXT * 4)] = ""
    file_id: str | None = None
    levels: Levels = []
    card_id: Annotated[str, Meta(min_length=1, max_length=20)] | None = None
    location: Location | None = None
    reply_to_seq: Annotated[int, Meta(ge=1, le=2**62)] | None = None
    mentions: MentionWish | None = None
    topic_id: Annotated[str, Meta(min_length=1, max_length=20)] | None = None
    without_preview: bool = False


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A message ready to be written: checked, but not yet given its place.

    `is_forwarded`: its file was said before, where the sender may read it.
    """

    conversation_id: int
    sender_id: int
    company_id: int
    client_id: UUID
    kind: MessageKind
    body: str
    file_id: int | None = None
    levels: list[int] = []
    card_id: int | None = None
    notice: Notice | None = None
    reply_to_seq: int | None = None
    mentions: MentionWish | None = None
    content: Content | None = None
    is_forwarded: bool = False
    topic_id: int | None = None


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Messages in ascending `seq`, with the faces of those who speak in them, as they stood after `last_revision`;
    `topics` are those that they belong to. `first_seq`: what was said before is no longer kept; absent where all is."""

    items: list[Message]
    people: list[Person]
    has_older: bool
    has_newer: bool
    last_revision: int
    topics: list[Topic] | UnsetType = UNSET
    first_seq: int | UnsetType = UNSET


class ChangedMessages(msgspec.Struct, frozen=True, kw_only=True):
    """Messages in the order of their last changes. With `has_newer`, ask on after the last one's revision; without,
    everything up to `last_revision` is known."""

    items: list[Message]
    has_newer: bool
    last_revision: int


class PinnedMessages(msgspec.Struct, frozen=True, kw_only=True):
    """What is put up in a conversation, the latest first, with the faces of those who said it, as it stood after
    `last_revision`."""

    items: list[Message]
    people: list[Person]
    last_revision: int


class FoundConversation(msgspec.Struct, frozen=True, kw_only=True):
    """Where something was found: what a list shows of it."""

    id: str
    kind: ConversationKind
    name: str | None
    people: list[Person]


class FoundPage(msgspec.Struct, frozen=True, kw_only=True):
    """Messages that hold all the words, newest first, with where and by whom they were said.

    `words` are as they were compared (case and width folded), for marking them.
    """

    items: list[Message]
    conversations: list[FoundConversation]
    people: list[Person]
    words: list[str]
    next_cursor: str | None


class SharedPage(msgspec.Struct, frozen=True, kw_only=True):
    """Messages of one conversation that carry something to look at, newest first, and who sent them."""

    items: list[Message]
    people: list[Person]
    next_cursor: str | None


# What a text may not hold: NUL ends strings in the database, lone surrogates are no characters.
_FORBIDDEN = re.compile("[\x00\ud800-\udfff]")
# The quick answer for nearly every text; others are looked at one character after the other.
_WORD = re.compile(r"\w")


def clean_text(text: str) -> str:
    """The text as it is kept: outer white space gone, nothing that is not a character. Raises nothing."""
    stripped = text.strip()
    # What is printable holds neither, and to ask costs a tenth of looking.
    return stripped if stripped.isprintable() else _FORBIDDEN.sub("", stripped)


def check_text(text: str) -> str:
    """The cleaned text. Raises EmptyMessage, MessageTooLong."""
    cleaned = clean_text(text)
    if not is_visible(cleaned):
        raise EmptyMessage
    if len(cleaned) > MAX_TEXT:
        raise MessageTooLong
    return cleaned


def is_visible(text: str) -> bool:
    """Whether there is anything to be seen of it."""
    text = text.translate(BLANKS)
    return bool(_WORD.search(text)) or any(unicodedata.category(c)[0] in "LNPSM" or c == "\u200d" for c in text)


def check_emoji(text: str) -> str:
    """One emoji, however it is put together (skin tones, joiners, flags). Raises NotAnEmoji."""
    parts = [unicodedata.category(c) for c in text]
    whole = all(part in {"So", "Sk", "Mn"} or c in "\u200d" or "\U000e0020" <= c <= "\U000e007f"
                for c, part in zip(text, parts, strict=True))  # fmt: skip
    if not whole or "So" not in parts or len(text) > 16:
        raise NotAnEmoji
    return text


def check_topic_name(name: str) -> str:
    """The cleaned name; a topic has one."""
    cleaned = one_line(name)
    if not 1 <= len(cleaned) <= MAX_TOPIC_NAME:
        raise Invalid(details={"fields": [{"field": "name", "message": f"1 – {MAX_TOPIC_NAME}"}]})
    return cleaned


def check_group_name(name: str | None) -> str | None:
    """The cleaned name, None for an empty one: such a group is called by its people."""
    cleaned = one_line(name or "")
    if len(cleaned) > MAX_GROUP_NAME:
        raise Invalid(details={"fields": [{"field": "name", "message": f"<= {MAX_GROUP_NAME}"}]})
    return cleaned or None


def check_channel_name(name: str) -> str:
    """The cleaned name; a channel has one."""
    cleaned = check_group_name(name)
    if cleaned is None:
        raise Invalid(details={"fields": [{"field": "name", "message": ">= 1"}]})
    return cleaned


def check_audience(audience: Audience) -> None:
    """Somebody must be meant, in one way. Raises Invalid."""
    if audience.everybody == bool(audience.department_ids):
        raise Invalid(details={"fields": [{"field": "audience", "message": "everybody or department_ids"}]})


def direct_key(one: int, other: int) -> str:
    return f"{min(one, other)}:{max(one, other)}"
