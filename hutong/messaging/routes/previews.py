"""What a message links to, over HTTP: the picture under it, doing without, and the switch for all of a company."""

from typing import Any

import msgspec
from litestar import Response, delete, get, put

from hutong import files
from hutong.core import ids
from hutong.core.actor import Actor
from hutong.core.db import Database
from hutong.core.http import AnyRequest, admin_only, signed_in_member
from hutong.core.settings import Settings
from hutong.files import FileStore
from hutong.messaging.actions import previews
from hutong.messaging.model import Message
from hutong.messaging.routes.places import MESSAGE, SeqHere

_MEMBER = [signed_in_member]
_SWITCH = "/api/link-previews"


class LinkPreviews(msgspec.Struct, kw_only=True):
    """Whether the company has the pages shown that messages link to, and whether this server can."""

    is_on: bool
    is_possible: bool


class LinkPreviewSwitch(msgspec.Struct, kw_only=True):
    is_on: bool


@get(_SWITCH, tags=["messages"], summary="Whether links are shown as cards", guards=_MEMBER)
async def get_link_previews(actor: Actor, db: Database, settings: Settings) -> LinkPreviews:
    async with db.begin() as tx:
        return LinkPreviews(is_on=await previews.are_on(tx, actor), is_possible=settings.link_previews)


@put(_SWITCH, tags=["messages"], summary="Switch cards of links on or off", guards=[admin_only])
async def put_link_previews(data: LinkPreviewSwitch, actor: Actor, db: Database, settings: Settings) -> LinkPreviews:
    async with db.begin() as tx:
        await previews.switch(tx, actor, is_on=data.is_on)
        return LinkPreviews(is_on=await previews.are_on(tx, actor), is_possible=settings.link_previews)


@delete(f"{MESSAGE}/preview", tags=["messages"], summary="Show no card of its link", guards=_MEMBER, status_code=200)
async def delete_preview(conversation_id: str, seq: SeqHere, actor: Actor, db: Database) -> Message:
    async with db.begin() as tx:
        return await previews.remove_preview(tx, actor, ids.parse(conversation_id), seq)


@get(
    f"{MESSAGE}/preview/picture",
    tags=["messages"], summary="The picture of what it links to, small", guards=_MEMBER, media_type="*/*",
)  # fmt: skip
async def get_preview_picture(
    conversation_id: str, seq: SeqHere, request: AnyRequest, actor: Actor, db: Database, file_store: FileStore
) -> Response[Any]:
    async with db.begin() as tx:
        file = await previews.access_picture(tx, actor, ids.parse(conversation_id), seq)
    return await files.respond(request, file_store, file, thumbnail=True)


handlers = [get_link_previews, put_link_previews, delete_preview, get_preview_picture]
