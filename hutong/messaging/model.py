"""What is said, and the rules of saying, without I/O."""

import re
import unicodedata
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from hutong.core.errors import Conflict, Forbidden, Invalid
from hutong.directory import Department
from hutong.files import File
from hutong.identity import Person

ConversationKind = Literal["direct", "group", "customer", "channel"]
SpokenKind = Literal["text", "image", "file"]
MessageKind = Literal["text", "image", "file", "notice"]
NoticeAction = Literal[
    "group_created", "people_invited", "person_left", "person_removed", "group_renamed", "owner_changed"
]

MAX_TEXT = 8000
MAX_GROUP = 10_000
MAX_GROUP_NAME = 64
# As many as a group's face shows: in a list more would be dots, and faces are most of what opening the app costs.
FACES = 3
# Up to so many participants, each hears how far the others have read.
HEARD_BY_ALL = 200

Seq = Annotated[int, Meta(ge=0, le=2**62)]


class EmptyMessage(Invalid):
    code = "empty_message"
    zh = "消息是空的，请写点什么再发送。"
    en = "The message is empty. Write something first."


class MessageTooLong(Invalid):
    code = "message_too_long"
    zh = "消息太长，最多 8000 个字，请分几条发送。"
    en = "The message is too long: at most 8000 characters. Send it in parts."


class NotAGroup(Conflict):
    code = "not_a_group"
    zh = "这不是群聊，不能这样做。"
    en = "This is not a group; that cannot be done here."


class NotOwner(Forbidden):
    code = "not_owner"
    zh = "只有群主可以这样做。"
    en = "Only the group's owner may do this."


class NotChannelOwner(Forbidden):
    code = "not_channel_owner"
    zh = "只有频道所有者和管理员可以这样做。"
    en = "Only the channel's owner and administrators may do this."


class NotPublisher(Forbidden):
    code = "not_publisher"
    zh = "只有发布者可以这样做。"
    en = "Only those who publish here may do this."


class DepartmentsNotFound(Invalid):
    code = "departments_not_found"
    zh = "有些部门不存在，请重新选择。"
    en = "Some of these departments do not exist. Choose again."


class GroupTooLarge(Invalid):
    code = "group_too_large"
    zh = "群聊最多 10000 人。"
    en = "A group holds at most 10,000 people."


class PeopleNotFound(Invalid):
    code = "people_not_found"
    zh = "有些人不存在或已离职，请重新选择。"
    en = "Some of these people do not exist or have left. Choose again."


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened to the conversation itself, told in its own stream."""

    action: NoticeAction
    by_id: str | None = None
    people: list[Person] = []
    name: str | None = None


class Message(msgspec.Struct, frozen=True, kw_only=True):
    conversation_id: str
    seq: int
    sender_id: str
    client_id: UUID
    kind: MessageKind
    text: str
    file: File | None = None
    notice: Notice | None = None
    sent_at: datetime


class Conversation(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation as somebody sees it who is in it.

    Of a channel, `people` are the first of its publishers and `participant_count` is how many it is for.
    """

    id: str
    kind: ConversationKind
    name: str | None
    is_external: bool
    owner_id: str | None
    participant_count: int
    people: list[Person]
    last_seq: int
    read_seq: int
    unread_count: int
    peer_read_seq: int | None
    last_message: Message | None
    last_active_at: datetime
    has_left: bool
    can_publish: bool


class Participant(msgspec.Struct, frozen=True, kw_only=True):
    person: Person
    role: Literal["owner", "member"]
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


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A message ready to be written: checked, but not yet given its place."""

    conversation_id: int
    sender_id: int
    company_id: int
    client_id: UUID
    kind: MessageKind
    body: str
    file_id: int | None = None
    notice: Notice | None = None


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Messages in ascending `seq`, with the faces of those who speak in them."""

    items: list[Message]
    people: list[Person]
    has_older: bool
    has_newer: bool


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
    if not _WORD.search(cleaned) and not any(unicodedata.category(c)[0] in "LNPSM" or c == "\u200d" for c in cleaned):
        raise EmptyMessage
    if len(cleaned) > MAX_TEXT:
        raise MessageTooLong
    return cleaned


def check_group_name(name: str | None) -> str | None:
    """The cleaned name, None for an empty one: such a group is called by its people."""
    cleaned = " ".join("".join(c if c.isprintable() else " " for c in clean_text(name or "")).split())
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
