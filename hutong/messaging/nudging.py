"""Asking for somebody's eyes now: who may, whom, how often. Without I/O."""

from datetime import datetime, timedelta
from typing import Annotated

import msgspec
from msgspec import Meta

from hutong.core.errors import Conflict, TooMany
from hutong.identity import Person
from hutong.messaging.model import HEARD_BY_ALL, FoundConversation, Message

# What was said longer ago is not urgent any more.
YOUNG = timedelta(hours=24)
QUOTA_SPAN = timedelta(hours=24)
# In larger groups, and beyond so many, people are chosen by name.
MOST_AT_ONCE = HEARD_BY_ALL
MOST_SHOWN = 50

PersonId = Annotated[str, Meta(min_length=1, max_length=20)]


class NotForNudges(Conflict):
    code = "not_for_nudges"
    zh = "只有同事之间的聊天可以加急，和客户的会话、公告频道不能。"
    en = "Only chats among colleagues can be marked urgent, not talks with customers or channels."


class TooOldToNudge(Conflict):
    code = "too_old_to_nudge"
    zh = "只能加急 24 小时内的消息，请重新发一条。"
    en = "Only messages of the last 24 hours can be marked urgent. Send it again."


class NobodyToNudge(Conflict):
    code = "nobody_to_nudge"
    zh = "没有人需要加急提醒：他们已经读过，或已经收到过这条消息的加急。"
    en = "There is nobody to nudge: they have read it, or were nudged about it before."


class ChooseWhomToNudge(Conflict):
    code = "choose_whom_to_nudge"
    zh = "群里超过 {most} 人，请选择要加急提醒的人。"
    en = "This group has more than {most} people. Choose whom to nudge."


class TooManyNudges(TooMany):
    code = "too_many_nudges"
    zh = "一天最多加急提醒 {most} 人次，现在还可以提醒 {left} 人次。"
    en = "At most {most} people can be nudged in a day; {left} are left for you now."
    retry = False


class NudgeWish(msgspec.Struct, frozen=True, kw_only=True):
    """Whom to ask: these, or (None) everybody who has not read it. Who has read it is left out."""

    person_ids: Annotated[list[PersonId], Meta(min_length=1, max_length=MOST_AT_ONCE)] | None = None


class Nudged(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who was asked, and when they confirmed."""

    person: Person
    confirmed_at: datetime | None


class NudgeState(msgspec.Struct, frozen=True, kw_only=True):
    """How far one's own nudge about a message has come; those who have not confirmed first."""

    seq: int
    items: list[Nudged]
    confirmed_count: int


class WaitingNudges(msgspec.Struct, frozen=True, kw_only=True):
    """Messages about which a person was asked and that wait for their confirmation, the latest first, with where and
    by whom they were said."""

    items: list[Message]
    conversations: list[FoundConversation]
    people: list[Person]
