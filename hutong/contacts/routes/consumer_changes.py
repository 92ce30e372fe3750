"""What happens to a message of a consumer's talk after it was said: the same deeds as a member's, under the way in."""

from datetime import timedelta
from typing import Annotated

from litestar import delete, get, post, put
from litestar.params import Parameter

from hutong import messaging
from hutong.contacts.consumer import Visit, find_talk
from hutong.core.db import Database
from hutong.core.settings import Settings
from hutong.messaging import ChangedMessages, Message

SeqHere = Annotated[int, Parameter(ge=1, le=2**62)]
Revision = Annotated[int, Parameter(ge=0, le=2**62)]
Limit = Annotated[int, Parameter(ge=1, le=100)]
_MESSAGE = "/api/consumer/{way:str}/messages/{seq:int}"
_REACTION = f"{_MESSAGE}/reactions/{{emoji:str}}"


@get("/api/consumer/{way:str}/changed-messages", tags=["consumer"], summary="What happened to messages since")
async def get_changed_messages(
    visit: Visit, db: Database, after_revision: Revision = 0, limit: Limit = 100
) -> ChangedMessages:
    async with db.begin() as tx:
        actor, talk = await find_talk(tx, visit)
        return await messaging.list_changed(tx, actor, talk, after_revision, limit)


@post(f"{_MESSAGE}/recall", tags=["consumer"], summary="Take it back", status_code=200)
async def post_recall(seq: SeqHere, visit: Visit, db: Database, settings: Settings) -> Message:
    async with db.begin() as tx:
        actor, talk = await find_talk(tx, visit)
        return await messaging.recall_message(tx, actor, talk, seq, within=timedelta(minutes=settings.recall_minutes))


@put(_REACTION, tags=["consumer"], summary="React with an emoji")
async def put_reaction(seq: SeqHere, emoji: str, visit: Visit, db: Database) -> Message:
    async with db.begin() as tx:
        actor, talk = await find_talk(tx, visit)
        return await messaging.react(tx, actor, talk, seq, emoji, is_wanted=True)


@delete(_REACTION, tags=["consumer"], summary="Take a reaction back", status_code=200)
async def delete_reaction(seq: SeqHere, emoji: str, visit: Visit, db: Database) -> Message:
    async with db.begin() as tx:
        actor, talk = await find_talk(tx, visit)
        return await messaging.react(tx, actor, talk, seq, emoji, is_wanted=False)


handlers = [get_changed_messages, post_recall, put_reaction, delete_reaction]
