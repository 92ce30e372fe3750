"""Words that wait for their time, and the rules of waiting, without I/O."""

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from hutong.core.errors import Conflict, Invalid
from hutong.messaging.content import MentionWish
from hutong.messaging.keeping import DraftMentions
from hutong.messaging.model import MAX_TEXT, Quote

MAX_WAITING = 100
SOONEST = timedelta(minutes=1)
LATEST = timedelta(days=366)

Instant = Annotated[datetime, Meta(tz=True)]
Words = Annotated[str, Meta(max_length=MAX_TEXT * 4)]


class NotThen(Invalid):
    code = "not_then"
    zh = "定时发送的时间要在 1 分钟之后、一年之内，请重新选择。"
    en = "Choose a time at least a minute from now and within a year."


class TooManyScheduled(Conflict):
    code = "too_many_scheduled"
    zh = "最多有 {most} 条定时消息，请先删掉或发出一条。"
    en = "At most {most} messages can wait to be sent. Delete or send one first."


class BeingSent(Conflict):
    code = "being_sent"
    zh = "这条消息正在发送，请稍等。"
    en = "This message is being sent. Wait a moment."


class SenderLeft(Conflict):
    code = "sender_left"
    zh = "您已不在企业中，消息没有发送。"
    en = "You no longer work here. The message was not sent."


class ScheduleWish(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wants to have said later. It is said under `client_id`, so it is said once."""

    client_id: UUID
    text: Words
    send_at: Instant
    reply_to_seq: Annotated[int, Meta(ge=1, le=2**62)] | None = None
    mentions: DraftMentions | None = None


class ScheduleChange(msgspec.Struct, frozen=True, kw_only=True):
    """What is left out stays. `mentions` belong to the text: whoever changes that says both."""

    text: Words | None = None
    mentions: DraftMentions | None = None
    send_at: Instant | None = None


class ScheduledMessage(msgspec.Struct, frozen=True, kw_only=True):
    """Words that wait. With `stopped_code` they could not be said when their time came, and wait for their author."""

    id: str
    conversation_id: str
    text: str
    reply_to: Quote | None
    mentions: DraftMentions | None
    send_at: datetime
    stopped_code: str | None


def check_time(send_at: datetime, now: datetime) -> datetime:
    """Raises NotThen."""
    if not now + SOONEST <= send_at <= now + LATEST:
        raise NotThen
    return send_at


def mention_wish(mentions: DraftMentions | None) -> MentionWish | None:
    if mentions is None:
        return None
    return MentionWish(everybody=mentions.everybody, person_ids=[person.id for person in mentions.people])
