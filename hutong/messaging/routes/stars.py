"""Starring messages, over HTTP."""

from typing import Annotated

from litestar import delete, get, put
from litestar.params import Parameter

from hutong.core import ids
from hutong.core.actor import Actor
from hutong.core.db import Database
from hutong.core.http import signed_in_member
from hutong.messaging.actions import stars
from hutong.messaging.keeping import StarPage
from hutong.messaging.routes.places import MESSAGE, SeqHere

Limit = Annotated[int, Parameter(ge=1, le=50)]
_MEMBER = [signed_in_member]
_STAR = f"{MESSAGE}/star"


@put(_STAR, tags=["messages"], summary="Keep it for oneself", guards=_MEMBER, status_code=204)
async def put_star(conversation_id: str, seq: SeqHere, actor: Actor, db: Database) -> None:
    async with db.begin() as tx:
        await stars.star_message(tx, actor, ids.parse(conversation_id), seq)


@delete(_STAR, tags=["messages"], summary="Keep it no longer", guards=_MEMBER, status_code=204)
async def delete_star(conversation_id: str, seq: SeqHere, actor: Actor, db: Database) -> None:
    async with db.begin() as tx:
        await stars.unstar_message(tx, actor, ids.parse(conversation_id), seq)


@get("/api/me/stars", tags=["messages"], summary="What one keeps, the newest star first", guards=_MEMBER)
async def get_stars(actor: Actor, db: Database, cursor: str | None = None, limit: Limit = 20) -> StarPage:
    async with db.begin() as tx:
        return await stars.list_stars(tx, actor, cursor, limit)


handlers = [put_star, delete_star, get_stars]
