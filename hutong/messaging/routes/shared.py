"""What was shared in a conversation, over HTTP."""

from typing import Annotated

from litestar import get
from litestar.params import Parameter

from hutong.core import ids
from hutong.core.actor import Actor
from hutong.core.db import Database
from hutong.core.http import signed_in_member
from hutong.messaging.actions import shared
from hutong.messaging.model import SharedKind, SharedPage

Limit = Annotated[int, Parameter(ge=1, le=100)]


@get(
    "/api/conversations/{conversation_id:str}/shared",
    tags=["messages"], summary="Messages with pictures, files or links, newest first", guards=[signed_in_member],
)  # fmt: skip
async def get_shared(
    conversation_id: str,
    actor: Actor,
    db: Database,
    kind: SharedKind = "image",
    cursor: str | None = None,
    limit: Limit = 30,
) -> SharedPage:
    async with db.begin() as tx:
        return await shared.list_shared(tx, actor, ids.parse(conversation_id), kind, cursor=cursor, limit=limit)


handlers = [get_shared]
