"""The frames of docs/protocol.md, as they are read."""

from datetime import datetime
from typing import Any

import msgspec

from hutong.client.model import Conversation, ConversationSettings, Draft, Group, Message, Person, Topic


class Welcome(msgspec.Struct, frozen=True, kw_only=True):
    person_id: str
    session_id: str
    server_time: datetime
    heartbeat_seconds: float = 25
    max_frame_bytes: int = 65_536


class Ack(msgspec.Struct, frozen=True, kw_only=True):
    client_id: str
    conversation_id: str
    seq: int


class Error(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    message: str = ""
    retry: bool = False
    client_id: str | None = None


class MessageFrame(msgspec.Struct, frozen=True, kw_only=True):
    message: Message


class MessageChanged(msgspec.Struct, frozen=True, kw_only=True):
    """Something said was edited, recalled or reacted to: the whole of it as it stands now."""

    message: Message


class ConversationFrame(msgspec.Struct, frozen=True, kw_only=True):
    conversation: Conversation


class ConversationChanged(msgspec.Struct, frozen=True, kw_only=True):
    """What is the same for everybody in it, as it was when `seq` was the last message."""

    conversation_id: str
    seq: int
    name: str | None
    owner_id: str | None
    participant_count: int
    people: list[Person]


class GroupFrame(msgspec.Struct, frozen=True, kw_only=True):
    """How a group governs itself is this now."""

    conversation_id: str
    group: Group


class TopicFrame(msgspec.Struct, frozen=True, kw_only=True):
    """In a group a topic was opened, renamed, closed or opened again: it is this now."""

    topic: Topic


class JoinRequests(msgspec.Struct, frozen=True, kw_only=True):
    """For a group's managers, and for whoever asked: somebody waits to be let in, or it was decided."""

    conversation_id: str
    items: list[dict[str, Any]]


class ChannelFrame(msgspec.Struct, frozen=True, kw_only=True):
    """An announcement channel's name or audience changed."""

    conversation_id: str
    name: str


class ConversationLeft(msgspec.Struct, frozen=True, kw_only=True):
    conversation_id: str


class ContactFrame(msgspec.Struct, frozen=True, kw_only=True):
    """A new customer, or one whose name changed."""

    contact: dict[str, Any]


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody, perhaps oneself on another device, has read up to `seq`."""

    conversation_id: str
    person_id: str
    seq: int


class SettingsFrame(msgspec.Struct, frozen=True, kw_only=True):
    """On this or another device: what this person keeps for themself about a conversation."""

    settings: ConversationSettings


class DraftFrame(msgspec.Struct, frozen=True, kw_only=True):
    """On this or another device: what is half-written now."""

    draft: Draft


class Scheduled(msgspec.Struct, frozen=True, kw_only=True):
    """On this or another device: what waits to be said by the clock changed."""


class NudgeMade(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody asks this person to look at their message now; it waits until it is confirmed."""

    conversation_id: str
    seq: int


class NudgeConfirmed(msgspec.Struct, frozen=True, kw_only=True):
    """For whoever confirmed, and for whoever asked."""

    conversation_id: str
    seq: int
    person_id: str


class Removed(msgspec.Struct, frozen=True, kw_only=True):
    """What was said before `first_seq` is older than the company keeps it, and is gone."""

    conversation_id: str
    first_seq: int


class Typing(msgspec.Struct, frozen=True, kw_only=True):
    conversation_id: str
    person_id: str


class LookAgain(msgspec.Struct, frozen=True, kw_only=True):
    within_seconds: float


Frame = (
    Welcome
    | Ack
    | Error
    | MessageFrame
    | MessageChanged
    | ConversationFrame
    | ConversationChanged
    | GroupFrame
    | TopicFrame
    | JoinRequests
    | ChannelFrame
    | ConversationLeft
    | ContactFrame
    | Read
    | SettingsFrame
    | DraftFrame
    | Scheduled
    | NudgeMade
    | NudgeConfirmed
    | Removed
    | Typing
    | LookAgain
)

_KINDS: dict[str, type[Frame]] = {
    "welcome": Welcome,
    "ack": Ack,
    "error": Error,
    "message": MessageFrame,
    "message_changed": MessageChanged,
    "conversation": ConversationFrame,
    "conversation_changed": ConversationChanged,
    "group": GroupFrame,
    "topic": TopicFrame,
    "join_requests": JoinRequests,
    "channel": ChannelFrame,
    "conversation_left": ConversationLeft,
    "contact": ContactFrame,
    "read": Read,
    "settings": SettingsFrame,
    "draft": DraftFrame,
    "scheduled": Scheduled,
    "nudged": NudgeMade,
    "nudge_confirmed": NudgeConfirmed,
    "removed": Removed,
    "typing": Typing,
    "look_again": LookAgain,
}


class _Envelope(msgspec.Struct):
    type: str


_envelope = msgspec.json.Decoder(_Envelope)
_decoders: dict[str, msgspec.json.Decoder[Frame]] = {name: msgspec.json.Decoder(kind) for name, kind in _KINDS.items()}


def decode(text: str | bytes) -> Frame | None:
    """None for what this version does not know, which a client ignores, and for a pong, which says nothing."""
    try:
        decoder = _decoders.get(_envelope.decode(text).type)
        return decoder.decode(text) if decoder else None
    except msgspec.DecodeError:
        return None
