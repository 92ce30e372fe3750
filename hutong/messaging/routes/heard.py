"""Having listened, over HTTP."""

from typing import Annotated

import msgspec
from litestar import get, put
from litestar.params import Parameter

from hutong.core import ids
from hutong.core.actor import Actor
from hutong.core.db import Database
from hutong.core.http import signed_in_member
from hutong.messaging.actions import heard
from hutong.messaging.routes.places import MESSAGE, SeqHere

_MEMBER = [signed_in_member]
SeqList = Annotated[
    str,
    Parameter(max_length=1_000, pattern=r"^([0-9]{1,9}(,[0-9]{1,9}){0,99})?$", description="Up to 100, with commas"),
]


class HeardVoices(msgspec.Struct, kw_only=True):
    seqs: list[int]


@put(f"{MESSAGE}/heard", tags=["messages"], summary="I have listened to it", guards=_MEMBER, status_code=204)
async def put_heard(conversation_id: str, seq: SeqHere, actor: Actor, db: Database) -> None:
    async with db.begin() as tx:
        await heard.mark_voice_heard(tx, actor, ids.parse(conversation_id), seq)


@get(
    "/api/conversations/{conversation_id:str}/heard-voices",
    tags=["messages"],
    summary="Which of these spoken messages I have listened to",
    guards=_MEMBER,
)
async def get_heard_voices(conversation_id: str, actor: Actor, db: Database, seqs: SeqList = "") -> HeardVoices:
    async with db.begin() as tx:
        places = [int(seq) for seq in seqs.split(",") if seq]
        return HeardVoices(seqs=await heard.list_heard_voices(tx, actor, ids.parse(conversation_id), places))


handlers = [put_heard, get_heard_voices]
