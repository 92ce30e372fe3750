"""What participants hear. These are the frames of docs/protocol.md."""

from datetime import datetime
from uuid import UUID

from hutong.core.events import Event
from hutong.identity import Person
from hutong.messaging.governing import Group, JoinRequest
from hutong.messaging.keeping import ConversationSettings, KeptDraft
from hutong.messaging.model import Conversation, Message
from hutong.messaging.topics import Topic


class MessageSent(Event, frozen=True, kw_only=True, tag="message"):
    message: Message


class MessageChanged(Event, frozen=True, kw_only=True, tag="message_changed"):
    """Something said was edited, recalled or reacted to: the whole of it as it stands now."""

    message: Message


class ConversationBegun(Event, frozen=True, kw_only=True, tag="conversation"):
    """New to this person: the whole of it, as this person sees it."""

    conversation: Conversation


class ConversationChanged(Event, frozen=True, kw_only=True, tag="conversation_changed"):
    """Its name, owner or people changed: what is the same for everybody in it, told once however many they are.

    `seq` orders the changes: the last message that had been said. Who knows of a later one keeps that.
    """

    conversation_id: str
    seq: int
    name: str | None
    owner_id: str | None
    participant_count: int
    people: list[Person]


class GroupChanged(Event, frozen=True, kw_only=True, tag="group"):
    """How a group governs itself is this now."""

    conversation_id: str
    group: Group


class TopicChanged(Event, frozen=True, kw_only=True, tag="topic"):
    """To everybody in a group: something new to talk about, or a topic was renamed, closed or opened again."""

    topic: Topic


class JoinRequestsChanged(Event, frozen=True, kw_only=True, tag="join_requests"):
    """To a group's managers, and to whoever asked: somebody waits to be let in, or it was decided."""

    conversation_id: str
    items: list[JoinRequest]


class ConversationLeft(Event, frozen=True, kw_only=True, tag="conversation_left"):
    conversation_id: str


class ChannelChanged(Event, frozen=True, kw_only=True, tag="channel"):
    """To everybody who hears a channel, in one frame: its name, or whom it is for, changed. Who does not know it yet
    asks for it."""

    conversation_id: str
    name: str


class ReadMoved(Event, frozen=True, kw_only=True, tag="read"):
    conversation_id: str
    person_id: str
    seq: int


class SettingsChanged(Event, frozen=True, kw_only=True, tag="settings"):
    """To the person's own devices: what they keep for themself about a conversation is this now."""

    settings: ConversationSettings


class DraftChanged(Event, frozen=True, kw_only=True, tag="draft"):
    """To the person's own devices: what is half-written here now; empty when it was sent or deleted."""

    draft: KeptDraft


class ScheduledChanged(Event, frozen=True, kw_only=True, tag="scheduled"):
    """To the person's own devices: what waits to be said for them changed; ask for it again."""


class VoiceHeard(Event, frozen=True, kw_only=True, tag="voice_heard"):
    """To the person's own devices: they have listened to a spoken message."""

    conversation_id: str
    seq: int


class NudgeMade(Event, frozen=True, kw_only=True, tag="nudged"):
    """To one's own devices: somebody asks to look at their message now. It waits until it is confirmed."""

    conversation_id: str
    seq: int


class NudgeConfirmed(Event, frozen=True, kw_only=True, tag="nudge_confirmed"):
    """To the devices of whoever confirmed, and of whoever asked."""

    conversation_id: str
    seq: int
    person_id: str


class MessagesRemoved(Event, frozen=True, kw_only=True, tag="removed"):
    """What was said before `first_seq` is older than the company keeps it, and is gone."""

    conversation_id: str
    first_seq: int


class PersonTyping(Event, frozen=True, kw_only=True, tag="typing"):
    conversation_id: str
    person_id: str


class SendAcknowledged(Event, frozen=True, kw_only=True, tag="ack"):
    """To the sender alone: committed."""

    client_id: UUID
    conversation_id: str
    seq: int
    sent_at: datetime
