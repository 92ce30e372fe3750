"""What a person chooses to be told, and when."""

from collections.abc import Collection

import msgspec

from hutong import directory
from hutong.core import clock, live
from hutong.core.actor import Actor
from hutong.core.db import Tx
from hutong.notifications import model
from hutong.notifications.actions.digesting import address_for
from hutong.notifications.events import NotificationSettingsChanged
from hutong.notifications.model import AddressMissing, CarrierMissing, CarrierName, CarrierState, NotificationSettings
from hutong.notifications.store import digests
from hutong.notifications.store import settings as store


async def get_settings(tx: Tx, actor: Actor) -> NotificationSettings:
    chosen = (await store.list_settings(tx, [actor.person_id])).get(actor.person_id, NotificationSettings())
    wish = (await digests.list_wishes(tx, [actor.person_id])).get(actor.person_id)
    return msgspec.structs.replace(chosen, digest=wish)


async def set_settings(
    tx: Tx, actor: Actor, settings: NotificationSettings, carriers: Collection[CarrierName], language: str
) -> NotificationSettings:
    """All of them, in place of what was chosen before.

    Raises TimeZoneUnknown, QuietHoursEmpty, CarrierMissing, AddressMissing.
    """
    if settings.quiet_hours is not None:
        model.check_quiet_hours(settings.quiet_hours)
    if settings.digest is not None:
        await _check_reachable(tx, actor, settings.digest.by, carriers)
    await store.set_settings(tx, actor.person_id, settings)
    await digests.set_wish(tx, actor.person_id, settings.digest, language, clock.now())
    tx.tell(live.person_channel(actor.person_id), NotificationSettingsChanged())
    return settings


async def _check_reachable(tx: Tx, actor: Actor, by: CarrierName, carriers: Collection[CarrierName]) -> None:
    known = (await digests.list_wishes(tx, [actor.person_id])).get(actor.person_id)
    if known is not None and known.by == by:
        return  # What once was possible does not stand in the way of the other choices.
    if by not in carriers:
        raise CarrierMissing
    if not any(state.address for state in await list_carriers(tx, actor, [by])):
        raise AddressMissing


async def list_carriers(tx: Tx, actor: Actor, carriers: Collection[CarrierName]) -> list[CarrierState]:
    known = (await directory.list_addresses(tx, [actor.person_id])).get(actor.person_id)
    return [CarrierState(carrier=name, address=address_for(name, known)) for name in carriers]
