"""Urgent nudges over HTTP."""

from litestar import get, post

from hutong.core import ids
from hutong.core.actor import Actor
from hutong.core.db import Database
from hutong.core.http import signed_in_member
from hutong.core.settings import Settings
from hutong.messaging.actions import nudges
from hutong.messaging.model import Message
from hutong.messaging.nudging import NudgeState, NudgeWish, WaitingNudges
from hutong.messaging.routes.places import MESSAGE, SeqHere

_MEMBER = [signed_in_member]
_NUDGE = f"{MESSAGE}/nudge"


@post(_NUDGE, tags=["messages"], summary="Ask those who have not read it to look now", guards=_MEMBER, status_code=200)
async def post_nudge(
    conversation_id: str, seq: SeqHere, data: NudgeWish, actor: Actor, db: Database, settings: Settings
) -> Message:
    async with db.begin() as tx:
        return await nudges.nudge(tx, actor, ids.parse(conversation_id), seq, data, per_day=settings.nudges_per_day)


@get(_NUDGE, tags=["messages"], summary="Who was asked about one's own message, and who has confirmed", guards=_MEMBER)
async def get_nudge(conversation_id: str, seq: SeqHere, actor: Actor, db: Database) -> NudgeState:
    async with db.begin() as tx:
        return await nudges.show_nudge(tx, actor, ids.parse(conversation_id), seq)


@post(f"{_NUDGE}/confirmation", tags=["messages"], summary="Seen", guards=_MEMBER, status_code=204)
async def post_confirmation(conversation_id: str, seq: SeqHere, actor: Actor, db: Database) -> None:
    async with db.begin() as tx:
        await nudges.confirm_nudge(tx, actor, ids.parse(conversation_id), seq)


@get("/api/me/nudges", tags=["messages"], summary="What waits for my confirmation, the latest first", guards=_MEMBER)
async def get_nudges(actor: Actor, db: Database) -> WaitingNudges:
    async with db.begin() as tx:
        return await nudges.list_waiting(tx, actor)


handlers = [post_nudge, get_nudge, post_confirmation, get_nudges]
