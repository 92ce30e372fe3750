"""Signing in and out, invitations, passwords, devices."""

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import Request, Response, delete, get, post, put
from litestar.datastructures import State
from msgspec import Meta

from hutong.core import ids
from hutong.core.actor import Actor
from hutong.core.db import Database
from hutong.core.http import BEFORE_PASSWORD_CHANGE, admin_only, signed_in_member
from hutong.core.settings import Settings
from hutong.identity import model, store
from hutong.identity.actions import invitations, passwords, sessions
from hutong.identity.browser import COOKIE, device_of, host_of, session_cookie
from hutong.identity.model import CompanyNotFound, SessionInfo

Password = Annotated[str, Meta(min_length=1, max_length=model.MAX_PASSWORD)]


class CompanyCard(msgspec.Struct, kw_only=True):
    slug: str
    name: str


class Credentials(msgspec.Struct, kw_only=True):
    """`login` is an account or a phone; `company` a slug, or null to go by the host name."""

    login: Annotated[str, Meta(min_length=1, max_length=128)]
    password: Password
    company: Annotated[str, Meta(max_length=64)] | None = None


class SignedIn(msgspec.Struct, kw_only=True):
    """The session's cookie is set; `GET /api/me` tells the rest."""

    person_id: str


class PasswordChange(msgspec.Struct, kw_only=True):
    current: Password
    new: Password


class NewPassword(msgspec.Struct, kw_only=True):
    password: Password


class InvitationLink(msgspec.Struct, kw_only=True):
    url: str
    expires_at: datetime


class SessionList(msgspec.Struct, kw_only=True):
    items: list[SessionInfo]


def _signed_in(token: str, actor: Actor, settings: Settings) -> Response[SignedIn]:
    seconds = int(model.COOKIE_LIFE.total_seconds())
    return Response(
        SignedIn(person_id=str(actor.person_id)), cookies=[session_cookie(COOKIE, token, settings, seconds)]
    )


@get("/api/company", tags=["session"], summary="The company of an address: by slug, else by host name")
async def get_company(request: Request[None, None, State], db: Database, slug: str | None = None) -> CompanyCard:
    async with db.begin() as tx:
        company = await store.find_company(tx, slug=slug, host=host_of(request))
    if company is None:
        raise CompanyNotFound
    return CompanyCard(slug=company.slug, name=company.name)


@post("/api/session", tags=["session"], summary="Sign in")
async def post_session(
    request: Request[None, None, State], data: Credentials, db: Database, settings: Settings
) -> Response[SignedIn]:
    token, actor = await sessions.sign_in(
        db, data.login, data.password, device_of(request), slug=data.company, host=host_of(request)
    )
    return _signed_in(token, actor, settings)


@delete(
    "/api/session",
    tags=["session"], summary="Sign out on this device", guards=[signed_in_member], opt=BEFORE_PASSWORD_CHANGE,
)  # fmt: skip
async def delete_session(actor: Actor, db: Database) -> Response[None]:
    async with db.begin() as tx:
        await sessions.end_session(tx, actor)
    return _signed_out()


@get("/api/sessions", tags=["session"], summary="My devices", guards=[signed_in_member])
async def get_sessions(actor: Actor, db: Database) -> SessionList:
    async with db.begin() as tx:
        return SessionList(items=await sessions.list_sessions(tx, actor))


@delete("/api/sessions", tags=["session"], summary="Sign out everywhere", guards=[signed_in_member])
async def delete_sessions(actor: Actor, db: Database) -> Response[None]:
    async with db.begin() as tx:
        await sessions.end_sessions(tx, actor)
    return _signed_out()


def _signed_out() -> Response[None]:
    response: Response[None] = Response(None, status_code=204)
    response.delete_cookie(COOKIE, path="/")
    return response


@put(
    "/api/me/password",
    tags=["session"], summary="Change my password", guards=[signed_in_member], opt=BEFORE_PASSWORD_CHANGE,
    status_code=204,
)  # fmt: skip
async def put_my_password(data: PasswordChange, actor: Actor, db: Database) -> None:
    await passwords.change_password(db, actor, data.current, data.new)


@put(
    "/api/members/{member_id:str}/password",
    tags=["members"], summary="Set a member's password, to be changed at the next sign-in",
    guards=[admin_only], status_code=204,
)  # fmt: skip
async def put_member_password(member_id: str, data: NewPassword, actor: Actor, db: Database) -> None:
    await passwords.reset_password(db, actor, actor.company_id, ids.parse(member_id), data.password)


@post("/api/members/{member_id:str}/invitation", tags=["members"], summary="Invite a member", guards=[admin_only])
async def post_invitation(member_id: str, actor: Actor, db: Database, settings: Settings) -> InvitationLink:
    async with db.begin() as tx:
        token, expires_at = await invitations.create_invitation(tx, actor, actor.company_id, ids.parse(member_id))
    return InvitationLink(url=f"{settings.base_url}/invite/{token}", expires_at=expires_at)


@post("/api/invitations/{token:str}", tags=["session"], summary="Accept: set the password and sign in")
async def post_invitation_acceptance(
    token: str, request: Request[None, None, State], data: NewPassword, db: Database, settings: Settings
) -> Response[SignedIn]:
    session, actor = await invitations.accept_invitation(db, token, data.password, device_of(request))
    return _signed_in(session, actor, settings)


handlers = [
    get_company,
    post_session,
    delete_session,
    get_sessions,
    delete_sessions,
    put_my_password,
    put_member_password,
    post_invitation,
    post_invitation_acceptance,
]
