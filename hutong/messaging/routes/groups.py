"""How groups govern themselves, over HTTP: settings, deputies, and who waits to be let in."""

import msgspec
from litestar import delete, get, patch, post, put

from hutong.core import ids
from hutong.core.actor import Actor
from hutong.core.db import Database
from hutong.core.http import AnyRequest, language_of, signed_in_member
from hutong.messaging.actions import admission, governing, group_notice
from hutong.messaging.governing import Decision, GroupChange, JoinRequest, NoticeWish, WholeNotice
from hutong.messaging.model import Conversation

_MEMBER = [signed_in_member]
_GROUP = "/api/conversations/{conversation_id:str}"


class JoinRequestList(msgspec.Struct, kw_only=True):
    items: list[JoinRequest]


@patch(f"{_GROUP}/group", tags=["conversations"], summary="Who may what in a group", guards=_MEMBER)
async def patch_group(conversation_id: str, data: GroupChange, actor: Actor, db: Database) -> Conversation:
    async with db.begin() as tx:
        return await governing.change_group(tx, actor, ids.parse(conversation_id), data)


@get(f"{_GROUP}/notice", tags=["conversations"], summary="What a group has to tell", guards=_MEMBER)
async def get_notice(conversation_id: str, actor: Actor, db: Database) -> WholeNotice:
    async with db.begin() as tx:
        return await group_notice.get_notice(tx, actor, ids.parse(conversation_id))


@put(f"{_GROUP}/notice", tags=["conversations"], summary="Write what a group has to tell", guards=_MEMBER)
async def put_notice(
    conversation_id: str, data: NoticeWish, request: AnyRequest, actor: Actor, db: Database
) -> Conversation:
    everybody = "everyone" if language_of(request) == "en" else "所有人"
    async with db.begin() as tx:
        return await group_notice.write_notice(tx, actor, ids.parse(conversation_id), data, everybody=everybody)


@put(
    f"{_GROUP}/deputies/{{person_id:str}}",
    tags=["conversations"], summary="Name a deputy of the owner", guards=_MEMBER, status_code=204,
)  # fmt: skip
async def put_deputy(conversation_id: str, person_id: str, actor: Actor, db: Database) -> None:
    async with db.begin() as tx:
        await governing.name_deputy(tx, actor, ids.parse(conversation_id), ids.parse(person_id))


@delete(f"{_GROUP}/deputies/{{person_id:str}}", tags=["conversations"], summary="Dismiss a deputy", guards=_MEMBER)
async def delete_deputy(conversation_id: str, person_id: str, actor: Actor, db: Database) -> None:
    async with db.begin() as tx:
        await governing.dismiss_deputy(tx, actor, ids.parse(conversation_id), ids.parse(person_id))


@get("/api/join-requests", tags=["conversations"], summary="Who waits for me to let them into groups", guards=_MEMBER)
async def get_join_requests(actor: Actor, db: Database) -> JoinRequestList:
    async with db.begin() as tx:
        return JoinRequestList(items=await admission.list_waiting(tx, actor))


@post(
    f"{_GROUP}/join-decisions",
    tags=["conversations"], summary="Let people into a group, or do not", guards=_MEMBER, status_code=200,
)  # fmt: skip
async def post_join_decision(conversation_id: str, data: Decision, actor: Actor, db: Database) -> JoinRequestList:
    requests = ids.parse_named(data.request_ids)
    async with db.begin() as tx:
        decided = await admission.decide_requests(
            tx, actor, ids.parse(conversation_id), requests, is_accepted=data.is_accepted
        )
    return JoinRequestList(items=decided)


handlers = [patch_group, get_notice, put_notice, put_deputy, delete_deputy, get_join_requests, post_join_decision]
