"""How a group governs itself: who may what in it, and who waits to be let in. Rules, without I/O.

Its managers are its owner and the deputies whom the owner named.
"""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from hutong.identity import Person

MAX_DEPUTIES = 10
MAX_NOTICE = 2000

Whoever = Literal["everybody", "managers"]
# With "approval", whom somebody else proposes waits until a manager lets them in.
Inviting = Literal["everybody", "approval", "managers"]
RequestState = Literal["waiting", "accepted", "refused", "lapsed"]


class GroupNotice(msgspec.Struct, frozen=True, kw_only=True):
    """What the group has to tell everybody in it, in short: the first 200 characters. `seq` is the message that told
    of it, and so the greater the later."""

    seq: int
    text: str


class WholeNotice(msgspec.Struct, frozen=True, kw_only=True):
    seq: int
    text: str
    by: Person
    written_at: datetime


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """How a group governs itself; of two views of it the greater `revision` holds.

    `who_edits`: who gives it its name and writes its notice, which is absent where there is none.
    """

    revision: int = 0
    deputy_ids: list[str] = []
    who_invites: Inviting = "everybody"
    who_mentions_all: Whoever = "everybody"
    who_edits: Whoever = "everybody"
    who_pins: Whoever = "everybody"
    notice: GroupNotice | UnsetType = UNSET


AS_BEGUN = Group()


class GroupChange(msgspec.Struct, frozen=True, kw_only=True):
    """What is left out stays."""

    who_invites: Inviting | None = None
    who_mentions_all: Whoever | None = None
    who_edits: Whoever | None = None
    who_pins: Whoever | None = None


class NoticeWish(msgspec.Struct, frozen=True, kw_only=True):
    """An empty text: the group has nothing to tell any more. `calls_everybody`: it is also said, to everybody."""

    text: Annotated[str, Meta(max_length=MAX_NOTICE * 4)]
    calls_everybody: bool = False


class JoinRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody proposed for a group. It is decided once; "lapsed": they had left the company before that."""

    id: str
    conversation_id: str
    person: Person
    by: Person
    asked_at: datetime
    state: RequestState
    decided_by: Person | None = None


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    request_ids: Annotated[list[Annotated[str, Meta(min_length=1, max_length=20)]], Meta(min_length=1, max_length=200)]
    is_accepted: bool


class Invited(msgspec.Struct, frozen=True, kw_only=True):
    """How many joined at once, and how many wait for a manager; who was in, or waited already, is in neither."""

    joined_count: int = 0
    waiting_count: int = 0


def apply_change(group: Group, change: GroupChange) -> Group:
    """The group as wished, with the revision that it had."""
    wanted = {name: value for name, value in msgspec.structs.asdict(change).items() if value is not None}
    return msgspec.structs.replace(group, **wanted)


def may_mention_all(group: Group, owner_id: int | None, person_id: int, *, is_large: bool) -> bool:
    """In large groups, and where it is so decided, only managers call on everybody."""
    return is_manager(group, owner_id, person_id) or (group.who_mentions_all == "everybody" and not is_large)


def is_manager(group: Group, owner_id: int | None, person_id: int) -> bool:
    return owner_id == person_id or str(person_id) in group.deputy_ids
