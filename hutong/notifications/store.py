"""All SQL of the room."""

from hutong.core.db import Row, Tx
from hutong.notifications.model import NotificationSettings, QuietHours, clock_time, write_time

# -- settings ------------------------------------------------------------------------------------------------------


async def find_settings(tx: Tx, person_id: int) -> NotificationSettings | None:
    """What this person chose; None: nothing ever."""
    row = await tx.fetchrow(
        "select has_sound, shows_text, quiet_begins, quiet_ends, time_zone from notification_settings"
        " where person_id = $1",
        person_id,
    )
    return _settings(row) if row else None


def _settings(row: Row) -> NotificationSettings:
    quiet = None
    if row["time_zone"] is not None:
        begins, ends = write_time(row["quiet_begins"]), write_time(row["quiet_ends"])
        quiet = QuietHours(begins=begins, ends=ends, time_zone=row["time_zone"])
    return NotificationSettings(has_sound=row["has_sound"], shows_text=row["shows_text"], quiet_hours=quiet)


async def set_settings(tx: Tx, person_id: int, settings: NotificationSettings) -> None:
    quiet = settings.quiet_hours
    await tx.execute(
        "insert into notification_settings (person_id, has_sound, shows_text, quiet_begins, quiet_ends, time_zone)"
        " values ($1, $2, $3, $4, $5, $6) on conflict (person_id) do update set has_sound = excluded.has_sound,"
        " shows_text = excluded.shows_text, quiet_begins = excluded.quiet_begins, quiet_ends = excluded.quiet_ends,"
        " time_zone = excluded.time_zone",
        person_id, settings.has_sound, settings.shows_text,
        clock_time(quiet.begins) if quiet else None, clock_time(quiet.ends) if quiet else None,
        quiet.time_zone if quiet else None,
    )  # fmt: skip
