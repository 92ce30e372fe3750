"""A person's own choices."""

import msgspec
from litestar import delete, get, put

from hutong.core import outward
from hutong.core.actor import Actor
from hutong.core.db import Database
from hutong.core.http import AnyRequest, language_of, signed_in_member
from hutong.core.settings import Settings
from hutong.notifications import model
from hutong.notifications.actions import settings as choosing
from hutong.notifications.actions import subscriptions
from hutong.notifications.carriers import open_carriers
from hutong.notifications.model import CarrierState, NotificationSettings, PushState, SubscriptionWish


class CarrierList(msgspec.Struct, kw_only=True):
    items: list[CarrierState]


_PATH = "/api/me/notification-settings"


@get(_PATH, tags=["notifications"], summary="What I am told, and when", guards=[signed_in_member])
async def get_settings(actor: Actor, db: Database) -> NotificationSettings:
    async with db.begin() as tx:
        return await choosing.get_settings(tx, actor)


@put(_PATH, tags=["notifications"], summary="Choose it: all of it", guards=[signed_in_member])
async def put_settings(
    request: AnyRequest, data: NotificationSettings, actor: Actor, db: Database, settings: Settings
) -> NotificationSettings:
    carriers = list(open_carriers(settings))
    async with db.begin() as tx:
        return await choosing.set_settings(tx, actor, data, carriers, language_of(request))


@get(
    "/api/me/notification-carriers", tags=["notifications"], summary="How else I can be told",
    guards=[signed_in_member],
)  # fmt: skip
async def get_carriers(actor: Actor, db: Database, settings: Settings) -> CarrierList:
    async with db.begin() as tx:
        return CarrierList(items=await choosing.list_carriers(tx, actor, list(open_carriers(settings))))


_PUSH = "/api/me/push-subscription"


@get(_PUSH, tags=["notifications"], summary="Whether this device is pushed to", guards=[signed_in_member])
async def get_subscription(actor: Actor, db: Database) -> PushState:
    async with db.begin() as tx:
        return await subscriptions.get_state(tx, actor)


@put(_PUSH, tags=["notifications"], summary="Push to this device", guards=[signed_in_member], status_code=204)
async def put_subscription(
    request: AnyRequest, data: SubscriptionWish, actor: Actor, db: Database, settings: Settings
) -> None:
    """Until this session ends. The endpoint is a push service's: https, on the public network."""
    subscription = model.read_subscription(data)
    await outward.check_reaches_public(data.endpoint, allows_loopback=settings.push_loopback)
    async with db.begin() as tx:
        await subscriptions.subscribe(tx, actor, subscription, language_of(request))


@delete(_PUSH, tags=["notifications"], summary="No longer", guards=[signed_in_member])
async def delete_subscription(actor: Actor, db: Database) -> None:
    async with db.begin() as tx:
        await subscriptions.unsubscribe(tx, actor)


handlers = [get_settings, put_settings, get_carriers, get_subscription, put_subscription, delete_subscription]
