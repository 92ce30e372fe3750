"""Calling on people over HTTP: who may be called on. Calling itself is part of sending."""

from typing import Annotated

import msgspec
from litestar import get
from litestar.params import Parameter

from hutong.core import ids
from hutong.core.actor import Actor
from hutong.core.db import Database
from hutong.core.http import signed_in_member
from hutong.directory import Member
from hutong.messaging.actions import mentions


class MentionableList(msgspec.Struct, kw_only=True):
    items: list[Member]


@get(
    "/api/conversations/{conversation_id:str}/mentionable",
    tags=["messages"],
    summary="Colleagues in it to mention, by what is typed of a name; without, who spoke last",
    guards=[signed_in_member],
)
async def get_mentionable(
    conversation_id: str,
    actor: Actor,
    db: Database,
    q: Annotated[str, Parameter(max_length=200)] = "",
    limit: Annotated[int, Parameter(ge=1, le=50)] = 10,
) -> MentionableList:
    async with db.begin() as tx:
        return MentionableList(items=await mentions.list_mentionable(tx, actor, ids.parse(conversation_id), q, limit))


handlers = [get_mentionable]
