"""The live edge, plugged into the rooms: who may open a socket, what it hears, what it may say."""

from urllib.parse import parse_qs

from hutong import contacts, identity, messaging
from hutong.core.actor import Actor
from hutong.core.db import Database
from hutong.core.errors import NotFound, NotSignedIn, OriginRefused, PasswordMustChange
from hutong.core.http import first_language, origin_is_ours, read_cookies
from hutong.core.settings import Settings
from hutong.gateway import Admission, Hub, LiveServer, Request
from hutong.identity import Recognizer
from hutong.messaging import MessageWriter, ReadWriter


def make_live_server(
    settings: Settings, db: Database, writer: MessageWriter, reads: ReadWriter, recognizer: Recognizer
) -> LiveServer:
    async def admit(request: Request) -> Admission:
        if not origin_is_ours(request.headers.get("origin"), request.headers.get("host"), settings):
            raise OriginRefused
        cookies = read_cookies(request.headers.get("cookie", ""))
        language = first_language(request.headers.get("accept-language", ""))
        if request.path == "/ws":
            actor = await recognizer.find_member(cookies.get(identity.COOKIE, ""))
            if actor is None:
                raise NotSignedIn
            if actor.must_change_password:
                raise PasswordMustChange
            return Admission(actor, language)
        if request.path == "/ws/consumer":
            way = parse_qs(request.query).get("way", [""])[0]
            return Admission(await contacts.admit_consumer(db, way, cookies), language)
        raise NotFound

    async def open_sessions(actors: list[Actor]) -> list[list[str] | None]:
        async with db.begin() as tx:
            valid = await identity.list_valid_sessions(tx, [actor.session_id for actor in actors])
            heard = await messaging.list_live_channels(tx, [actor.person_id for actor in actors])
        return [heard[actor.person_id] if actor.session_id in valid else None for actor in actors]

    async def still_valid(session_ids: list[int]) -> set[int]:
        async with db.begin() as tx:
            return await identity.list_valid_sessions(tx, session_ids)

    hub = Hub(db.broker, messaging.make_verbs(db, writer, reads), open_sessions, still_valid)
    return LiveServer(hub, admit)
