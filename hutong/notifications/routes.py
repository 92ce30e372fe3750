"""A person's own choices."""

from litestar import get, put

from hutong.core.actor import Actor
from hutong.core.db import Database
from hutong.core.http import signed_in_member
from hutong.notifications.actions import settings as choosing
from hutong.notifications.model import NotificationSettings

_PATH = "/api/me/notification-settings"


@get(_PATH, tags=["notifications"], summary="What I am told, and when", guards=[signed_in_member])
async def get_settings(actor: Actor, db: Database) -> NotificationSettings:
    async with db.begin() as tx:
        return await choosing.get_settings(tx, actor)


@put(_PATH, tags=["notifications"], summary="Choose it: all of it", guards=[signed_in_member])
async def put_settings(data: NotificationSettings, actor: Actor, db: Database) -> NotificationSettings:
    async with db.begin() as tx:
        return await choosing.set_settings(tx, actor, data)


handlers = [get_settings, put_settings]
