"""What happens to a message after it was said, over HTTP."""

from datetime import timedelta
from typing import Annotated

import msgspec
from litestar import delete, get, patch, post, put
from litestar.params import Parameter
from msgspec import Meta

from hutong.core import ids
from hutong.core.actor import Actor
from hutong.core.db import Database
from hutong.core.http import signed_in_member
from hutong.core.settings import Settings
from hutong.messaging.actions import changes, messages
from hutong.messaging.model import MAX_TEXT, ChangedMessages, Message, MessageVersion
from hutong.messaging.routes.places import MESSAGE, SeqHere

Revision = Annotated[int, Parameter(ge=0, le=2**62)]
Limit = Annotated[int, Parameter(ge=1, le=200)]
_MEMBER = [signed_in_member]
_REACTION = f"{MESSAGE}/reactions/{{emoji:str}}"


class MessageEdit(msgspec.Struct, kw_only=True):
    text: Annotated[str, Meta(max_length=MAX_TEXT * 4)]


class VersionList(msgspec.Struct, kw_only=True):
    items: list[MessageVersion]


@get(
    "/api/conversations/{conversation_id:str}/changed-messages",
    tags=["messages"], summary="What happened to messages after a revision", guards=_MEMBER,
)  # fmt: skip
async def get_changed_messages(
    conversation_id: str, actor: Actor, db: Database, after_revision: Revision = 0, limit: Limit = 100
) -> ChangedMessages:
    async with db.begin() as tx:
        return await messages.list_changed(tx, actor, ids.parse(conversation_id), after_revision, limit)


@patch(MESSAGE, tags=["messages"], summary="Say it in other words", guards=_MEMBER)
async def patch_message(
    conversation_id: str, seq: SeqHere, data: MessageEdit, actor: Actor, db: Database, settings: Settings
) -> Message:
    async with db.begin() as tx:
        return await changes.edit_message(
            tx, actor, ids.parse(conversation_id), seq, data.text, within=timedelta(minutes=settings.edit_minutes)
        )


@post(f"{MESSAGE}/recall", tags=["messages"], summary="Take it back", guards=_MEMBER, status_code=200)
async def post_recall(conversation_id: str, seq: SeqHere, actor: Actor, db: Database, settings: Settings) -> Message:
    async with db.begin() as tx:
        return await changes.recall_message(
            tx, actor, ids.parse(conversation_id), seq, within=timedelta(minutes=settings.recall_minutes)
        )


@get(f"{MESSAGE}/versions", tags=["messages"], summary="What it said before it was edited", guards=_MEMBER)
async def get_versions(conversation_id: str, seq: SeqHere, actor: Actor, db: Database) -> VersionList:
    async with db.begin() as tx:
        return VersionList(items=await changes.list_versions(tx, actor, ids.parse(conversation_id), seq))


@put(_REACTION, tags=["messages"], summary="React with an emoji", guards=_MEMBER)
async def put_reaction(conversation_id: str, seq: SeqHere, emoji: str, actor: Actor, db: Database) -> Message:
    async with db.begin() as tx:
        return await changes.react(tx, actor, ids.parse(conversation_id), seq, emoji, is_wanted=True)


@delete(_REACTION, tags=["messages"], summary="Take a reaction back", guards=_MEMBER, status_code=200)
async def delete_reaction(conversation_id: str, seq: SeqHere, emoji: str, actor: Actor, db: Database) -> Message:
    async with db.begin() as tx:
        return await changes.react(tx, actor, ids.parse(conversation_id), seq, emoji, is_wanted=False)


handlers = [
    get_changed_messages,
    patch_message,
    post_recall,
    get_versions,
    put_reaction,
    delete_reaction,
]
