"""Read marks over HTTP, and who has read what was said."""

from typing import Annotated, Literal

import msgspec
from litestar import get, put
from litestar.params import Parameter

from hutong.core import ids
from hutong.core.actor import Actor
from hutong.core.db import Database
from hutong.core.http import signed_in_member
from hutong.messaging.actions import receipts
from hutong.messaging.actions.read import ReadWriter
from hutong.messaging.model import Reader, Receipt, Seq

SeqHere = Annotated[int, Parameter(ge=0, le=2**62)]
LastSeq = Annotated[int | None, Parameter(ge=0, le=2**62)]
Limit = Annotated[int, Parameter(ge=1, le=200)]
_MEMBER = [signed_in_member]


class ReadMark(msgspec.Struct, kw_only=True):
    seq: Seq


class ReceiptList(msgspec.Struct, kw_only=True):
    items: list[Receipt]


class ReaderPage(msgspec.Struct, kw_only=True):
    """`read_count` and `unread_count` of the message, and a page of those who have read it, or have not."""

    read_count: int
    unread_count: int
    items: list[Reader]
    next_cursor: str | None


@put(
    "/api/conversations/{conversation_id:str}/read",
    tags=["messages"], summary="Read up to here", guards=_MEMBER, status_code=204,
)  # fmt: skip
async def put_read(conversation_id: str, data: ReadMark, actor: Actor, reads: ReadWriter) -> None:
    await reads.mark_read(actor, ids.parse(conversation_id), data.seq)


@get(
    "/api/conversations/{conversation_id:str}/receipts",
    tags=["messages"], summary="How many have read one's own messages", guards=_MEMBER,
)  # fmt: skip
async def get_receipts(
    conversation_id: str, actor: Actor, db: Database, from_seq: SeqHere = 0, to_seq: LastSeq = None
) -> ReceiptList:
    async with db.begin() as tx:
        items = await receipts.count_receipts(tx, actor, ids.parse(conversation_id), from_seq, to_seq)
    return ReceiptList(items=items)


@get(
    "/api/conversations/{conversation_id:str}/messages/{seq:int}/readers",
    tags=["messages"], summary="Who has read a message, and who has not", guards=_MEMBER,
)  # fmt: skip
async def get_readers(
    conversation_id: str,
    seq: SeqHere,
    actor: Actor,
    db: Database,
    state_: Annotated[Literal["read", "unread"], Parameter(query="state")] = "unread",
    cursor: str | None = None,
    limit: Limit = 50,
) -> ReaderPage:
    async with db.begin() as tx:
        count, items, next_cursor = await receipts.list_readers(
            tx, actor, ids.parse(conversation_id), seq, has_read=state_ == "read", cursor=cursor, limit=limit
        )
    return ReaderPage(
        read_count=count.read_count, unread_count=count.unread_count, items=items, next_cursor=next_cursor
    )


handlers = [put_read, get_receipts, get_readers]
