"""Forwarding over HTTP."""

import msgspec
from litestar import get, post

from hutong.core import ids
from hutong.core.actor import Actor
from hutong.core.db import Database
from hutong.core.http import signed_in_member
from hutong.messaging.actions import forward
from hutong.messaging.actions.forward import Bundle, Forward

_MEMBER = [signed_in_member]


class ForwardedPlace(msgspec.Struct, kw_only=True):
    """Where a message of this request stands now."""

    conversation_id: str
    seq: int


class Forwarded(msgspec.Struct, kw_only=True):
    items: list[ForwardedPlace]


@post(
    "/api/conversations/{conversation_id:str}/forwards",
    tags=["messages"], summary="Say messages of this conversation again in others, each or as one", guards=_MEMBER,
)  # fmt: skip
async def post_forward(conversation_id: str, data: Forward, actor: Actor, db: Database) -> Forwarded:
    async with db.begin() as tx:
        said = await forward.forward(tx, actor, ids.parse(conversation_id), data)
    return Forwarded(items=[ForwardedPlace(conversation_id=it.conversation_id, seq=it.seq) for it in said])


@get(
    "/api/conversations/{conversation_id:str}/bundles/{bundle_id:str}",
    tags=["messages"], summary="What was forwarded as one", guards=_MEMBER,
)  # fmt: skip
async def get_bundle(conversation_id: str, bundle_id: str, actor: Actor, db: Database) -> Bundle:
    async with db.begin() as tx:
        return await forward.read_bundle(tx, actor, ids.parse(conversation_id), ids.parse(bundle_id))


handlers = [post_forward, get_bundle]
