"""Carrying a talk to another phone."""

from datetime import datetime

import msgspec
from litestar import Response, get, post

from hutong import identity
from hutong.contacts import policy
from hutong.contacts.consumer import Visit, cookie_name
from hutong.contacts.routes.faces import CompanyFace, MemberFace, PlainRequest, answer_with_session, member_face
from hutong.core.db import Database
from hutong.core.settings import Settings
from hutong.identity import device_of


class RecoveryLink(msgspec.Struct, kw_only=True):
    url: str
    expires_at: datetime


class RecoveryCard(msgspec.Struct, kw_only=True):
    company: CompanyFace
    member: MemberFace


class Recovered(RecoveryCard, kw_only=True):
    way: str


@post(
    "/api/consumer/{way:str}/recovery-link", tags=["consumer"], summary="A link that carries the talk to another phone"
)
async def post_recovery_link(visit: Visit, db: Database, settings: Settings) -> RecoveryLink:
    actor = visit.known()
    async with db.begin() as tx:
        secret, expires_at = await identity.create_recovery_link(tx, actor, visit.way.token)
    return RecoveryLink(url=f"{settings.base_url}/r/{secret}", expires_at=expires_at)


@get("/api/consumer/recovery/{secret:str}", tags=["consumer"], summary="Whose talk a recovery link leads to")
async def get_recovery(secret: str, db: Database) -> RecoveryCard:
    async with db.begin() as tx:
        _, company_id, token = await identity.find_recovery_link(tx, secret)
        way, member = await policy.access_way(tx, token)
        company = await identity.get_company(tx, company_id)
        face = await member_face(tx, company_id, way.member_id, member.name)
    return RecoveryCard(company=CompanyFace(name=company.name), member=face)


@post(
    "/api/consumer/recovery/{secret:str}", tags=["consumer"], summary="Carry the talk to this browser", status_code=200
)
async def post_recovery(secret: str, request: PlainRequest, db: Database, settings: Settings) -> Response[Recovered]:
    async with db.begin() as tx:
        token, actor, way_token = await identity.claim_recovery_link(tx, secret, device_of(request))
        way, member = await policy.access_way(tx, way_token)
        company = await identity.get_company(tx, actor.company_id)
        face = await member_face(tx, company.id, way.member_id, member.name)
    body = Recovered(way=way.token, company=CompanyFace(name=company.name), member=face)
    return answer_with_session(body, cookie_name(company), token, settings, 200)


visit_handlers = [post_recovery_link]
handlers = [get_recovery, post_recovery]
