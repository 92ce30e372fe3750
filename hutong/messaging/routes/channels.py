"""Announcement channels over HTTP. What is said and read in them goes the way of every conversation."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Response, get, patch, post
from litestar.params import Parameter
from msgspec import Meta

from hutong.core import ids
from hutong.core.actor import Actor
from hutong.core.db import Database
from hutong.core.http import admin_only, signed_in_member
from hutong.messaging.actions import channels
from hutong.messaging.model import Audience, Channel, ChannelReaders

MAX_PUBLISHERS = 200

Name = Annotated[str, Meta(max_length=256)]
PublisherIds = Annotated[list[Annotated[str, Meta(min_length=1, max_length=20)]], Meta(max_length=MAX_PUBLISHERS)]
Limit = Annotated[int, Parameter(ge=1, le=200)]
_MEMBER = [signed_in_member]
_CHANNEL = "/api/channels/{channel_id:str}"


class NewChannel(msgspec.Struct, kw_only=True):
    """The maker owns it and publishes too, named or not."""

    client_id: UUID
    name: Name
    audience: Audience
    publisher_ids: PublisherIds = []


class ChannelChange(msgspec.Struct, kw_only=True):
    """What is left out stays."""

    name: Name | None = None
    audience: Audience | None = None
    publisher_ids: PublisherIds | None = None


@post("/api/channels", tags=["channels"], summary="Make an announcement channel", guards=[admin_only])
async def post_channel(data: NewChannel, actor: Actor, db: Database) -> Response[Channel]:
    publishers = ids.parse_named(data.publisher_ids)
    async with db.begin() as tx:
        channel, is_new = await channels.create_channel(tx, actor, data.client_id, data.name, data.audience, publishers)
    return Response(channel, status_code=201 if is_new else 200)


@get(_CHANNEL, tags=["channels"], summary="Whom a channel is for, and who publishes", guards=_MEMBER)
async def get_channel(channel_id: str, actor: Actor, db: Database) -> Channel:
    async with db.begin() as tx:
        return await channels.show_channel(tx, actor, ids.parse(channel_id))


@patch(_CHANNEL, tags=["channels"], summary="Its name, whom it is for, who publishes", guards=_MEMBER)
async def patch_channel(channel_id: str, data: ChannelChange, actor: Actor, db: Database) -> Channel:
    publishers = None if data.publisher_ids is None else ids.parse_named(data.publisher_ids)
    async with db.begin() as tx:
        return await channels.change_channel(
            tx, actor, ids.parse(channel_id), name=data.name, audience=data.audience, publisher_ids=publishers
        )


@get(f"{_CHANNEL}/messages/{{seq:int}}/readers", tags=["channels"], summary="Who has read it, of how many",
     guards=_MEMBER)  # fmt: skip
async def get_readers(
    channel_id: str,
    seq: Annotated[int, Parameter(ge=0, le=2**62)],
    actor: Actor,
    db: Database,
    cursor: str | None = None,
    limit: Limit = 50,
) -> ChannelReaders:
    async with db.begin() as tx:
        return await channels.list_readers(tx, actor, ids.parse(channel_id), seq, cursor, limit)


handlers = [post_channel, get_channel, patch_channel, get_readers]
