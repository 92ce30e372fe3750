"""Topics: what is talked about in a group, apart from the rest of it. Structs and rules, without I/O.

A topic is a name for some of the group's messages; their order, rights, receipts and what is unread stay the group's.
"""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from hutong.identity import Person

MAX_TOPIC_NAME = 60
MAX_OPEN_TOPICS = 200
# Of more messages than these, a list says that they are many.
MOST_COUNTED = 100

TopicName = Annotated[str, Meta(max_length=MAX_TOPIC_NAME * 4)]


class Topic(msgspec.Struct, frozen=True, kw_only=True):
    """As it is the same for everybody in the group; of two views of it the greater `revision` holds.

    Nothing more is said in one that is closed, until it is opened again.
    """

    id: str
    conversation_id: str
    name: str
    opened_by_id: str
    opened_at: datetime
    closed_by_id: str | None
    closed_at: datetime | None
    revision: int


class ListedTopic(Topic, frozen=True, kw_only=True):
    """With what its reader may read in it: how many messages (100: that many or more), the last of them (0: none) and
    when that was said, or the topic opened."""

    message_count: int
    last_seq: int
    last_active_at: datetime


class TopicPage(msgspec.Struct, frozen=True, kw_only=True):
    """Those that are open, where something was said last first; or those that are closed, the last closed first."""

    items: list[ListedTopic]
    people: list[Person]
    next_cursor: str | None


class OpenTopic(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wants to talk about; `seq`: a message of the group with which it begins. `client_id` makes a
    repetition harmless."""

    client_id: UUID
    name: TopicName
    seq: Annotated[int, Meta(ge=1, le=2**62)] | None = None


class TopicChange(msgspec.Struct, frozen=True, kw_only=True):
    """What is left out stays."""

    name: TopicName | None = None
    is_closed: bool | None = None
