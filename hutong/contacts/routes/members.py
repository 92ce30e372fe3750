"""What members do with their customers."""

from typing import Annotated

import msgspec
from litestar import Response, get, patch, put
from litestar.params import Parameter
from msgspec import Meta

from hutong.contacts import model
from hutong.contacts.actions import customers
from hutong.contacts.model import Contact, ContactWay
from hutong.core import ids
from hutong.core.actor import Actor
from hutong.core.db import Database
from hutong.core.http import signed_in_member
from hutong.core.settings import Settings

_QR_PATH = "/api/me/contact-way/qr.svg"


class ContactPage(msgspec.Struct, kw_only=True):
    items: list[Contact]
    next_cursor: str | None


class Remark(msgspec.Struct, kw_only=True):
    remark: Annotated[str, Meta(max_length=256)]


@put("/api/me/contact-way", tags=["customers"], summary="My contact link, made on first use", guards=[signed_in_member])
async def put_contact_way(actor: Actor, db: Database, settings: Settings) -> ContactWay:
    async with db.begin() as tx:
        way = await customers.open_own_way(tx, actor)
    return ContactWay(token=way.token, url=model.way_url(settings.base_url, way.token), qr_url=_QR_PATH)


@get(_QR_PATH, tags=["customers"], summary="Its QR code", guards=[signed_in_member], media_type="image/svg+xml")
async def get_contact_way_qr(actor: Actor, db: Database, settings: Settings) -> Response[bytes]:
    async with db.begin() as tx:
        way = await customers.open_own_way(tx, actor)
    return Response(model.qr_svg(model.way_url(settings.base_url, way.token)), media_type="image/svg+xml")


@get("/api/contacts", tags=["customers"], summary="My customers", guards=[signed_in_member])
async def get_contacts(
    actor: Actor,
    db: Database,
    q: Annotated[str | None, Parameter(max_length=64)] = None,
    cursor: str | None = None,
    limit: Annotated[int, Parameter(ge=1, le=200)] = 50,
) -> ContactPage:
    async with db.begin() as tx:
        items, next_cursor = await customers.list_contacts(tx, actor, q, cursor, limit)
    return ContactPage(items=items, next_cursor=next_cursor)


@patch(
    "/api/contacts/{contact_id:str}", tags=["customers"], summary="My remark on a customer", guards=[signed_in_member]
)
async def patch_contact(contact_id: str, data: Remark, actor: Actor, db: Database) -> Contact:
    async with db.begin() as tx:
        return await customers.set_remark(tx, actor, ids.parse(contact_id), data.remark)


handlers = [put_contact_way, get_contact_way_qr, get_contacts, patch_contact]
