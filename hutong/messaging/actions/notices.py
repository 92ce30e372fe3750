"""What waits for people who are not looking: for whoever reaches them by other ways."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec

from hutong import directory
from hutong.core.db import Tx
from hutong.messaging.store import channels, notices


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """The newest of what one person has not read in one conversation; `name` is what they know it by."""

    person_id: int
    company_id: int
    conversation_id: int
    kind: Literal["direct", "group", "customer", "channel"]
    name: str
    seq: int
    sender_name: str
    message_kind: str
    text: str
    said_at: datetime
    unread_count: int
    is_called: bool


async def list_waiting(
    tx: Tx, person_ids: Sequence[int], conversation_ids: Sequence[int] | None = None, *, said_before: datetime
) -> list[Waiting]:
    """Where something waits for these people that was said by then, the newest first; in these conversations, or all.

    Costs rows of these people only, were it a conversation of 10,000.
    """
    marks = await notices.list_marks(tx, person_ids, conversation_ids)
    if conversation_ids is None or await notices.has_channel(tx, conversation_ids):
        placements = await directory.list_placements(tx, person_ids)
        heard = await channels.list_heard_ids(tx, placements)
        wanted = None if conversation_ids is None else set(conversation_ids)
        hearings = [(who, id_) for who, ids in heard.items() for id_ in ids if wanted is None or id_ in wanted]
        marks += await notices.list_heard_marks(tx, hearings)
    return [
        Waiting(
            person_id=row["person_id"],
            company_id=row["company_id"],
            conversation_id=row["conversation_id"],
            kind=row["kind"],
            # Where two talk, or a customer asks, it is whoever spoke.
            name=row["sender_name"] if row["kind"] in {"direct", "customer"} else row["name"] or "",
            seq=row["seq"],
            sender_name=row["sender_name"],
            message_kind=row["message_kind"],
            text=row["body"],
            said_at=row["sent_at"],
            unread_count=row["unread_count"],
            is_called=row["is_called"],
        )
        for row in (await notices.list_newest(tx, marks, said_before) if marks else [])
    ]


async def list_changed_since(tx: Tx, xid: int | None) -> tuple[list[int], int]:
    """Conversations in which something happened since a position, and the position of now. None: only that."""
    if xid is None:
        return [], await notices.find_horizon(tx)
    return await notices.list_changed_since(tx, xid)
