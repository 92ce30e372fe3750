"""The consumer's talk, all of it under the way they came in by. No route here names a conversation or a person."""

from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from litestar import Response, get, post, put
from litestar.params import Parameter
from msgspec import Meta

from hutong import files, identity, messaging
from hutong.contacts import model
from hutong.contacts.actions import customers, walk_in
from hutong.contacts.consumer import VISIT_COOKIE, Visit, find_talk
from hutong.contacts.routes.faces import (
    CompanyFace,
    ConsumerCard,
    MemberFace,
    PlainRequest,
    answer_with_session,
    member_face,
)
from hutong.core import ids
from hutong.core.actor import Actor
from hutong.core.db import Database, Tx
from hutong.core.http import language_of
from hutong.core.settings import Settings
from hutong.files import FileStore, Received
from hutong.identity import device_of, session_cookie
from hutong.messaging import Bundle, Conversation, Location, Message, Page, ReadWriter, SendMessage

PageSeq = Annotated[int | None, Parameter(ge=0, le=2**62)]
ClientId = Annotated[UUID, Parameter(description="Made by the client once for each message")]


LevelList = Annotated[
    str,
    Parameter(
        max_length=300,
        pattern=r"^((100|[0-9]{1,2})(,(100|[0-9]{1,2})){0,63})?$",
        description="How loud its parts were, 0 to 100, with commas between",
    ),
]


class Me(msgspec.Struct, kw_only=True):
    person_id: str
    name: str
    conversation_id: str | None
    last_seq: int = 0
    last_revision: int = 0
    read_seq: int = 0
    peer_read_seq: int = 0
    unread_count: int = 0


class Welcome(msgspec.Struct, kw_only=True):
    company: CompanyFace
    member: MemberFace
    me: Me | None
    recall_minutes: int


class Said(msgspec.Struct, kw_only=True):
    client_id: UUID
    text: Annotated[str, Meta(max_length=32_000)] = ""
    kind: Literal["text", "location", "file"] = "text"
    # One's own, that no message has carried yet.
    file_id: Annotated[str, Meta(min_length=1, max_length=20)] | None = None
    location: Location | None = None
    reply_to_seq: Annotated[int, Meta(ge=1, le=2**62)] | None = None


class ReadMark(msgspec.Struct, kw_only=True):
    seq: Annotated[int, Meta(ge=0, le=2**62)]


class Name(msgspec.Struct, kw_only=True):
    name: Annotated[str, Meta(max_length=256)]


@get("/api/consumer/{way:str}", tags=["consumer"], summary="Whom this way leads to, and my talk if there is one")
async def get_welcome(visit: Visit, request: PlainRequest, db: Database, settings: Settings) -> Response[Welcome]:
    async with db.begin() as tx:
        body = Welcome(
            company=CompanyFace(name=visit.company.name),
            member=await member_face(tx, visit.company.id, visit.way.member_id, visit.member.name),
            me=await _me(tx, visit),
            recall_minutes=settings.recall_minutes,
        )
    if visit.actor is None:
        seconds = int(model.VISIT_LIFE.total_seconds())
        proof = visit.proof or model.new_visit_proof()
        return Response(body, cookies=[session_cookie(VISIT_COOKIE, proof, settings, seconds)])
    # Renewed with every visit: who comes back within 400 days is never forgotten.
    return answer_with_session(body, visit.cookie, request.cookies.get(visit.cookie), settings, 200)


async def _me(tx: Tx, visit: Visit) -> Me | None:
    if visit.actor is None:
        return None
    person_id = visit.actor.person_id
    name = (await identity.list_people(tx, visit.company.id, [person_id]))[person_id].name
    found = await messaging.find_between(tx, visit.company.id, person_id, visit.way.member_id)
    if found is None:
        return Me(person_id=str(person_id), name=name, conversation_id=None)
    view: Conversation = await messaging.get_conversation(tx, visit.actor, found)
    return Me(
        person_id=str(person_id),
        name=name,
        conversation_id=view.id,
        last_seq=view.last_seq,
        last_revision=view.last_revision,
        read_seq=view.read_seq,
        peer_read_seq=view.peer_read_seq or 0,
        unread_count=view.unread_count,
    )


@post(
    "/api/consumer/{way:str}/messages", tags=["consumer"], summary="Say something; the first time this makes me known"
)
async def post_message(
    way: str, data: Said, visit: Visit, request: PlainRequest, db: Database, settings: Settings
) -> Response[Message]:
    async def wish(_tx: Tx, _actor: Actor) -> SendMessage:
        return SendMessage(
            client_id=data.client_id,
            kind=data.kind,
            text=data.text,
            file_id=data.file_id,
            location=data.location,
            reply_to_seq=data.reply_to_seq,
        )

    return await _say(way, visit, data.client_id, wish, request, db, settings)


@post(
    "/api/consumer/{way:str}/pictures",
    tags=["consumer"], summary="Say a picture: its bytes as the body", request_max_body_size=None,
)  # fmt: skip
async def post_picture(
    way: str,
    visit: Visit,
    client_id: ClientId,
    request: PlainRequest,
    db: Database,
    settings: Settings,
    file_store: FileStore,
    name: Annotated[str, Parameter(max_length=1000)] = "",
) -> Response[Message]:
    received = await _receive(visit, request, db, file_store, name, must_be="picture")

    async def wish(tx: Tx, actor: Actor) -> SendMessage:
        file = await files.keep_file(tx, actor, received)
        return SendMessage(client_id=client_id, kind="image", file_id=file.id)

    return await _say(way, visit, client_id, wish, request, db, settings)


@post(
    "/api/consumer/{way:str}/voices",
    tags=["consumer"], summary="Say it with my voice: the recording as the body", request_max_body_size=None,
)  # fmt: skip
async def post_voice(
    way: str,
    visit: Visit,
    client_id: ClientId,
    request: PlainRequest,
    db: Database,
    settings: Settings,
    file_store: FileStore,
    levels: LevelList = "",
) -> Response[Message]:
    measured = [int(level) for level in levels.split(",") if level]
    received = await _receive(visit, request, db, file_store, "voice", must_be="voice")

    async def wish(tx: Tx, actor: Actor) -> SendMessage:
        file = await files.keep_file(tx, actor, received)
        return SendMessage(client_id=client_id, kind="voice", file_id=file.id, levels=measured)

    return await _say(way, visit, client_id, wish, request, db, settings)


async def _receive(
    visit: Visit, request: PlainRequest, db: Database, file_store: FileStore, name: str, *, must_be: files.Demand
) -> Received:
    async with db.begin() as tx:
        if visit.actor is None:
            await walk_in.check_pace(tx, device_of(request))
        else:
            await files.check_day(tx, file_store, visit.actor, request.content_length or 0)
    return await files.receive(
        file_store, request.stream(), name, announced_bytes=request.content_length, must_be=must_be
    )


async def _say(
    way: str,
    visit: Visit,
    client_id: UUID,
    wish: walk_in.MakeWish,
    request: PlainRequest,
    db: Database,
    settings: Settings,
) -> Response[Message]:
    async with db.begin() as tx:
        key = model.walk_in_key(client_id, visit.proof)
        said = await walk_in.say(tx, way, visit.actor, key, wish, device_of(request), language_of(request))
    status = 201 if said.written.is_new else 200
    return answer_with_session(said.written.message, visit.cookie, said.session_token, settings, status)


@get("/api/consumer/{way:str}/messages", tags=["consumer"], summary="A page of the talk; the newest without a place")
async def get_messages(
    visit: Visit,
    db: Database,
    before_seq: PageSeq = None,
    after_seq: PageSeq = None,
    limit: Annotated[int, Parameter(ge=1, le=100)] = 30,
) -> Page:
    async with db.begin() as tx:
        actor, conversation_id = await find_talk(tx, visit)
        return await messaging.list_messages(
            tx, actor, conversation_id, before=before_seq, after=after_seq, limit=limit
        )


@get(
    "/api/consumer/{way:str}/files/{file_id:str}",
    tags=["consumer"],
    summary="A file that was said in the talk",
    media_type="*/*",
)
async def get_file(
    file_id: str, visit: Visit, request: PlainRequest, db: Database, file_store: FileStore
) -> Response[Any]:
    return await _file(file_id, visit, request, db, file_store, thumbnail=False)


@get(
    "/api/consumer/{way:str}/files/{file_id:str}/thumbnail",
    tags=["consumer"],
    summary="A picture, small",
    media_type="*/*",
)
async def get_thumbnail(
    file_id: str, visit: Visit, request: PlainRequest, db: Database, file_store: FileStore
) -> Response[Any]:
    return await _file(file_id, visit, request, db, file_store, thumbnail=True)


async def _file(
    file_id: str, visit: Visit, request: PlainRequest, db: Database, file_store: FileStore, *, thumbnail: bool
) -> Response[Any]:
    async with db.begin() as tx:
        actor, conversation_id = await find_talk(tx, visit)
        file = await messaging.get_file(tx, actor, conversation_id, ids.parse(file_id))
    return await files.respond(request, file_store, file, thumbnail=thumbnail)


@get("/api/consumer/{way:str}/bundles/{bundle_id:str}", tags=["consumer"], summary="What was forwarded to me as one")
async def get_bundle(bundle_id: str, visit: Visit, db: Database) -> Bundle:
    async with db.begin() as tx:
        actor, conversation_id = await find_talk(tx, visit)
        return await messaging.read_bundle(tx, actor, conversation_id, ids.parse(bundle_id))


@get("/api/consumer/{way:str}/cards/{person_id:str}", tags=["consumer"], summary="Somebody whose name card I was sent")
async def get_card(person_id: str, visit: Visit, db: Database) -> ConsumerCard:
    async with db.begin() as tx:
        actor, conversation_id = await find_talk(tx, visit)
        card = await messaging.read_card(tx, actor, conversation_id, ids.parse(person_id))
        token = await customers.find_way_to(tx, int(card.person_id)) if card.is_active else None
    return ConsumerCard(
        name=card.name, title=card.title, avatar_url=card.avatar_url, is_active=card.is_active, way=token
    )


@put("/api/consumer/{way:str}/read", tags=["consumer"], summary="Read up to here", status_code=204)
async def put_read(data: ReadMark, visit: Visit, db: Database, reads: ReadWriter) -> None:
    async with db.begin() as tx:
        actor, conversation_id = await find_talk(tx, visit)
    await reads.mark_read(actor, conversation_id, data.seq)


@put("/api/consumer/{way:str}/name", tags=["consumer"], summary="What to call me", status_code=204)
async def put_name(data: Name, visit: Visit, db: Database) -> None:
    actor = visit.known()
    async with db.begin() as tx:
        await customers.set_own_name(tx, actor, data.name)


handlers = [
    get_welcome,
    post_message,
    post_picture,
    post_voice,
    get_messages,
    get_file,
    get_thumbnail,
    get_bundle,
    get_card,
    put_read,
    put_name,
]
