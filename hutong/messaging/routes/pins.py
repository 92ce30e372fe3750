"""Messages put up for all in a conversation, over HTTP."""

from litestar import delete, get, put

from hutong.core import ids
from hutong.core.actor import Actor
from hutong.core.db import Database
from hutong.core.http import signed_in_member
from hutong.messaging.actions import pins
from hutong.messaging.model import Message, PinnedMessages
from hutong.messaging.routes.places import MESSAGE, SeqHere

_MEMBER = [signed_in_member]
_PIN = f"{MESSAGE}/pin"


@get(
    "/api/conversations/{conversation_id:str}/pins",
    tags=["messages"], summary="What is pinned here, the latest first", guards=_MEMBER,
)  # fmt: skip
async def get_pins(conversation_id: str, actor: Actor, db: Database) -> PinnedMessages:
    async with db.begin() as tx:
        return await pins.list_pinned(tx, actor, ids.parse(conversation_id))


@put(_PIN, tags=["messages"], summary="Pin a message for all", guards=_MEMBER)
async def put_pin(conversation_id: str, seq: SeqHere, actor: Actor, db: Database) -> Message:
    async with db.begin() as tx:
        return await pins.pin_message(tx, actor, ids.parse(conversation_id), seq)


@delete(_PIN, tags=["messages"], summary="Unpin a message", guards=_MEMBER, status_code=200)
async def delete_pin(conversation_id: str, seq: SeqHere, actor: Actor, db: Database) -> Message:
    async with db.begin() as tx:
        return await pins.unpin_message(tx, actor, ids.parse(conversation_id), seq)


handlers = [get_pins, put_pin, delete_pin]
