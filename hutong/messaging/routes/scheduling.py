"""Words that wait for their time."""

import msgspec
from litestar import Response, delete, get, patch, post

from hutong.core import ids
from hutong.core.actor import Actor
from hutong.core.db import Database
from hutong.core.errors import HutongError
from hutong.core.http import signed_in_member
from hutong.messaging import jobs
from hutong.messaging.actions import scheduling
from hutong.messaging.actions.send import MessageWriter
from hutong.messaging.model import Message
from hutong.messaging.scheduling import ScheduleChange, ScheduledMessage, ScheduleWish

_MEMBER = [signed_in_member]
_OWN = "/api/me/scheduled-messages"
_ONE = f"{_OWN}/{{scheduled_id:str}}"


class ScheduledList(msgspec.Struct, kw_only=True):
    items: list[ScheduledMessage]


@post(
    "/api/conversations/{conversation_id:str}/scheduled-messages",
    tags=["messages"], summary="Say it later", guards=_MEMBER,
)  # fmt: skip
async def post_scheduled(
    conversation_id: str, data: ScheduleWish, actor: Actor, db: Database
) -> Response[ScheduledMessage]:
    async with db.begin() as tx:
        waiting, is_new = await scheduling.schedule_message(tx, actor, ids.parse(conversation_id), data)
    return Response(waiting, status_code=201 if is_new else 200)


@get(_OWN, tags=["messages"], summary="What waits to be said for me, the next one first", guards=_MEMBER)
async def get_scheduled(actor: Actor, db: Database) -> ScheduledList:
    async with db.begin() as tx:
        return ScheduledList(items=await scheduling.list_scheduled(tx, actor))


@patch(_ONE, tags=["messages"], summary="Other words, or another time", guards=_MEMBER)
async def patch_scheduled(scheduled_id: str, data: ScheduleChange, actor: Actor, db: Database) -> ScheduledMessage:
    async with db.begin() as tx:
        return await scheduling.change_scheduled(tx, actor, ids.parse(scheduled_id), data)


@delete(_ONE, tags=["messages"], summary="Never say it", guards=_MEMBER, status_code=204)
async def delete_scheduled(scheduled_id: str, actor: Actor, db: Database) -> None:
    async with db.begin() as tx:
        await scheduling.drop_scheduled(tx, actor, ids.parse(scheduled_id))


@post(f"{_ONE}/send", tags=["messages"], summary="Say it now", guards=_MEMBER, status_code=200)
async def post_scheduled_send(scheduled_id: str, actor: Actor, writer: MessageWriter, db: Database) -> Message:
    async with db.begin() as tx:
        row = await scheduling.take_one(tx, actor, ids.parse(scheduled_id))
    (outcome,) = await jobs.say_taken(db, writer, [row], [actor.person_id])
    if isinstance(outcome, HutongError):
        raise outcome
    return outcome.message


handlers = [post_scheduled, get_scheduled, patch_scheduled, delete_scheduled, post_scheduled_send]
