"""Searching what was said, over HTTP."""

from datetime import datetime
from typing import Annotated

from litestar import get
from litestar.params import Parameter

from hutong.core import ids
from hutong.core.actor import Actor
from hutong.core.db import Database
from hutong.core.errors import Invalid
from hutong.core.http import signed_in_member
from hutong.messaging.actions import search
from hutong.messaging.actions.search import Filter
from hutong.messaging.model import FoundKind, FoundPage

Query = Annotated[str, Parameter(max_length=200)]
Limit = Annotated[int, Parameter(ge=1, le=50)]
Since = Annotated[datetime | None, Parameter(query="from")]
Until = Annotated[datetime | None, Parameter(query="to")]


@get(
    "/api/search/messages",
    tags=["messages"], summary="Find messages by words in them", guards=[signed_in_member],
)  # fmt: skip
async def get_found_messages(
    actor: Actor,
    db: Database,
    q: Query,
    conversation_id: str | None = None,
    sender_id: str | None = None,
    kind: FoundKind | None = None,
    from_at: Since = None,
    to_at: Until = None,
    cursor: str | None = None,
    limit: Limit = 20,
) -> FoundPage:
    filter_ = Filter(
        conversation_id=ids.parse(conversation_id) if conversation_id is not None else None,
        sender_id=ids.parse(sender_id) if sender_id is not None else None,
        kind=kind,
        from_at=_moment("from", from_at),
        to_at=_moment("to", to_at),
    )
    async with db.begin() as tx:
        return await search.search_messages(tx, actor, q, filter_, cursor=cursor, limit=limit)


def _moment(name: str, moment: datetime | None) -> datetime | None:
    """A time means nothing without its zone, and the database knows no year 1 in another one."""
    if moment is not None and (moment.tzinfo is None or not 1970 < moment.year < 9999):
        raise Invalid(
            details={"fields": [{"field": name, "message": "a time with its zone, such as 2026-11-25T08:00:00Z"}]}
        )
    return moment


handlers = [get_found_messages]
