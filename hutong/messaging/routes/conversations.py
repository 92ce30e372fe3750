"""Talking over HTTP: conversations, who is in them, what is said in them."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, delete, get, patch, post, put
from litestar.params import Parameter
from msgspec import Meta

from hutong import files
from hutong.core import ids
from hutong.core.actor import Actor
from hutong.core.db import Database
from hutong.core.errors import Invalid
from hutong.core.http import AnyRequest, signed_in_member
from hutong.core.settings import Settings
from hutong.files import FileStore
from hutong.identity import Person
from hutong.messaging import policy
from hutong.messaging.actions import admission, groups, messages, send, views
from hutong.messaging.actions import sync as sync_actions
from hutong.messaging.actions.send import MessageWriter
from hutong.messaging.actions.sync import Sync
from hutong.messaging.governing import Invited
from hutong.messaging.model import ChangeLimits, Conversation, Message, Page, Participant, SendMessage

PageSeq = Annotated[int | None, Parameter(ge=0, le=2**62)]
Limit = Annotated[int, Parameter(ge=1, le=200)]
PersonId = Annotated[str, Meta(min_length=1, max_length=20)]
PersonIds = Annotated[list[PersonId], Meta(min_length=1, max_length=1000)]
_MEMBER = [signed_in_member]


class NewDirect(msgspec.Struct, kw_only=True, tag_field="kind", tag="direct"):
    person_id: PersonId


class NewGroup(msgspec.Struct, kw_only=True, tag_field="kind", tag="group"):
    client_id: UUID
    person_ids: PersonIds
    name: Annotated[str, Meta(max_length=256)] | None = None


class GroupName(msgspec.Struct, kw_only=True):
    name: Annotated[str, Meta(max_length=256)]


class People(msgspec.Struct, kw_only=True):
    person_ids: PersonIds


class OnePerson(msgspec.Struct, kw_only=True):
    person_id: PersonId


class PersonList(msgspec.Struct, kw_only=True):
    items: list[Person]


class ParticipantPage(msgspec.Struct, kw_only=True):
    items: list[Participant]
    next_cursor: str | None


@get("/api/sync", tags=["messages"], summary="What changed since the token; without one, everything", guards=_MEMBER)
async def get_sync(actor: Actor, db: Database, settings: Settings, since: str | None = None) -> Sync:
    limits = ChangeLimits(recall_minutes=settings.recall_minutes, edit_minutes=settings.edit_minutes)
    async with db.begin("repeatable_read") as tx:
        return await sync_actions.sync(tx, actor, since, limits)


@get("/api/people", tags=["messages"], summary="Faces by id", guards=_MEMBER)
async def get_people(
    actor: Actor, db: Database, ids_: Annotated[str, Parameter(query="ids", max_length=5000)]
) -> PersonList:
    wanted = [ids.parse(part) for part in ids_.split(",") if ids.is_id(part)][:200]
    async with db.begin() as tx:
        return PersonList(items=await views.list_visible_people(tx, actor, wanted))


@post("/api/conversations", tags=["conversations"], summary="Begin a chat or a group", guards=_MEMBER)
async def post_conversation(data: NewDirect | NewGroup, actor: Actor, db: Database) -> Response[Conversation]:
    async with db.begin() as tx:
        if isinstance(data, NewDirect):
            conversation, is_new = await groups.open_direct(tx, actor, ids.parse(data.person_id))
        else:
            people = ids.parse_named(data.person_ids)
            conversation, is_new = await groups.create_group(tx, actor, data.client_id, data.name, people)
    return Response(conversation, status_code=201 if is_new else 200)


@get("/api/conversations/{conversation_id:str}", tags=["conversations"], summary="One conversation", guards=_MEMBER)
async def get_conversation(conversation_id: str, actor: Actor, db: Database) -> Conversation:
    async with db.begin() as tx:
        return await views.get_conversation(tx, actor, ids.parse(conversation_id))


@patch("/api/conversations/{conversation_id:str}", tags=["conversations"], summary="Rename a group", guards=_MEMBER)
async def patch_conversation(conversation_id: str, data: GroupName, actor: Actor, db: Database) -> Conversation:
    async with db.begin() as tx:
        return await groups.rename_group(tx, actor, ids.parse(conversation_id), data.name)


@put(
    "/api/conversations/{conversation_id:str}/owner",
    tags=["conversations"], summary="Hand a group over", guards=_MEMBER, status_code=204,
)  # fmt: skip
async def put_owner(conversation_id: str, data: OnePerson, actor: Actor, db: Database) -> None:
    async with db.begin() as tx:
        await groups.hand_group_over(tx, actor, ids.parse(conversation_id), ids.parse(data.person_id))


@get(
    "/api/conversations/{conversation_id:str}/participants",
    tags=["conversations"], summary="Who is in it", guards=_MEMBER,
)  # fmt: skip
async def get_participants(
    conversation_id: str, actor: Actor, db: Database, cursor: str | None = None, limit: Limit = 50
) -> ParticipantPage:
    async with db.begin() as tx:
        items, next_cursor = await views.list_participants(tx, actor, ids.parse(conversation_id), cursor, limit)
    return ParticipantPage(items=items, next_cursor=next_cursor)


@post(
    "/api/conversations/{conversation_id:str}/participants",
    tags=["conversations"], summary="Invite colleagues into a group", guards=_MEMBER, status_code=200,
)  # fmt: skip
async def post_participants(conversation_id: str, data: People, actor: Actor, db: Database) -> Invited:
    people = ids.parse_named(data.person_ids)
    async with db.begin() as tx:
        return await admission.invite_people(tx, actor, ids.parse(conversation_id), people)


@delete(
    "/api/conversations/{conversation_id:str}/participants/{person_id:str}",
    tags=["conversations"], summary="Leave, or remove somebody", guards=_MEMBER,
)  # fmt: skip
async def delete_participant(conversation_id: str, person_id: str, actor: Actor, db: Database) -> None:
    async with db.begin() as tx:
        await groups.remove_participant(tx, actor, ids.parse(conversation_id), ids.parse(person_id))


@get(
    "/api/conversations/{conversation_id:str}/messages",
    tags=["messages"], summary="A page of messages, or of a topic's; the newest without a place", guards=_MEMBER,
)  # fmt: skip
async def get_messages(
    conversation_id: str,
    actor: Actor,
    db: Database,
    before_seq: PageSeq = None,
    after_seq: PageSeq = None,
    around_seq: PageSeq = None,
    topic_id: str | None = None,
    limit: Limit = 50,
) -> Page:
    if sum(place is not None for place in (before_seq, after_seq, around_seq)) > 1:
        raise Invalid(details={"fields": [{"field": "before_seq, after_seq, around_seq", "message": "one at most"}]})
    async with db.begin() as tx:
        return await messages.list_messages(
            tx, actor, ids.parse(conversation_id), before=before_seq, after=after_seq, around=around_seq,
            topic_id=None if topic_id is None else ids.parse(topic_id), limit=limit,
        )  # fmt: skip


@post("/api/conversations/{conversation_id:str}/messages", tags=["messages"], summary="Say it", guards=_MEMBER)
async def post_message(
    conversation_id: str, data: SendMessage, actor: Actor, writer: MessageWriter, db: Database
) -> Response[Message]:
    written = await writer.send(actor, ids.parse(conversation_id), data)
    if written.is_new:
        return Response(written.message, status_code=201)
    draft = send.draft_of(actor, ids.parse(conversation_id), data)
    async with db.begin() as tx:
        return Response(await send.find_written(tx, draft) or written.message, status_code=200)


_FILE = "/api/conversations/{conversation_id:str}/files/{file_id:str}"


@get(_FILE, tags=["messages"], summary="A file that was said here", guards=_MEMBER, media_type="*/*")
async def get_file(
    conversation_id: str, file_id: str, request: AnyRequest, actor: Actor, db: Database, file_store: FileStore
) -> Response[Any]:
    async with db.begin() as tx:
        file = await policy.access_file(tx, actor, ids.parse(conversation_id), ids.parse(file_id))
    return await files.respond(request, file_store, file)


@get(
    f"{_FILE}/thumbnail",
    tags=["messages"],
    summary="A picture that was said here, small",
    guards=_MEMBER,
    media_type="*/*",
)
async def get_thumbnail(
    conversation_id: str, file_id: str, request: AnyRequest, actor: Actor, db: Database, file_store: FileStore
) -> Response[Any]:
    async with db.begin() as tx:
        file = await policy.access_file(tx, actor, ids.parse(conversation_id), ids.parse(file_id))
    return await files.respond(request, file_store, file, thumbnail=True)


handlers = [
    get_sync,
    get_people,
    post_conversation,
    get_conversation,
    patch_conversation,
    put_owner,
    get_participants,
    post_participants,
    delete_participant,
    get_messages,
    post_message,
    get_file,
    get_thumbnail,
]
