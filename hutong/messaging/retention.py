"""How long what was said is kept: the company's rule, without I/O. Without a rule, for ever."""

from datetime import datetime, timedelta
from typing import Annotated

import msgspec
from msgspec import Meta

from hutong.core.errors import Conflict
from hutong.identity import Person

# Whoever confirms has just seen what goes.
CONFIRM_WITHIN = timedelta(minutes=30)

Days = Annotated[int, Meta(ge=30, le=3660)]


class RemovesMore(Conflict):
    code = "removes_more"
    zh = "现在会删除 {count} 条消息，和您看到的不同。请再看一次，然后确认。"
    en = "This would now remove {count} messages, not what you were shown. Look again, then confirm."


class RetentionWish(msgspec.Struct, frozen=True, kw_only=True):
    """For how many days: chats among staff and announcements, and talks with customers. None: for ever."""

    staff_days: Days | None
    customer_days: Days | None


class RetentionRule(RetentionWish, frozen=True, kw_only=True):
    """The rule that holds, and who set it."""

    changed_by: Person | None
    changed_at: datetime | None


class RetentionEffect(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule would remove as of an instant: messages, and in how many conversations."""

    as_of: datetime
    staff_messages: int
    staff_conversations: int
    customer_messages: int
    customer_conversations: int


class ConfirmedRetention(RetentionWish, frozen=True, kw_only=True):
    """A rule, and what its administrator was shown that it removes."""

    as_of: Annotated[datetime, Meta(tz=True)]
    message_count: Annotated[int, Meta(ge=0, le=2**53)]


def kept_since(days: int | None, now: datetime) -> datetime | None:
    return None if days is None else now - timedelta(days=days)
