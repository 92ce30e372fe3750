"""Half-written texts, over HTTP."""

from litestar import put

from hutong.core import ids
from hutong.core.actor import Actor
from hutong.core.db import Database
from hutong.core.http import signed_in_member
from hutong.messaging.actions import drafts
from hutong.messaging.keeping import DraftWish, KeptDraft


@put(
    "/api/conversations/{conversation_id:str}/draft",
    tags=["messages"], summary="What is half-written; an empty one is none", guards=[signed_in_member],
)  # fmt: skip
async def put_draft(conversation_id: str, data: DraftWish, actor: Actor, db: Database) -> KeptDraft:
    async with db.begin() as tx:
        return await drafts.keep_draft(tx, actor, ids.parse(conversation_id), data)


handlers = [put_draft]
