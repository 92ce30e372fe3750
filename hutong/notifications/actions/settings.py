"""What a person chooses to be told, and when."""

from hutong.core import live
from hutong.core.actor import Actor
from hutong.core.db import Tx
from hutong.notifications import model
from hutong.notifications.events import NotificationSettingsChanged
from hutong.notifications.model import NotificationSettings
from hutong.notifications.store import settings as store


async def get_settings(tx: Tx, actor: Actor) -> NotificationSettings:
    return (await store.list_settings(tx, [actor.person_id])).get(actor.person_id, NotificationSettings())


async def set_settings(tx: Tx, actor: Actor, settings: NotificationSettings) -> NotificationSettings:
    """All of them, in place of what was chosen before. Raises TimeZoneUnknown, QuietHoursEmpty."""
    if settings.quiet_hours is not None:
        model.check_quiet_hours(settings.quiet_hours)
    await store.set_settings(tx, actor.person_id, settings)
    tx.tell(live.person_channel(actor.person_id), NotificationSettingsChanged())
    return settings
