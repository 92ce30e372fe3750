"""What people chose."""

from collections.abc import Sequence

from hutong.core.db import Row, Tx
from hutong.notifications.model import NotificationSettings, QuietHours, clock_time, write_time


def _settings(row: Row) -> NotificationSettings:
    quiet = None
    if row["time_zone"] is not None:
        begins, ends = write_time(row["quiet_begins"]), write_time(row["quiet_ends"])
        quiet = QuietHours(begins=begins, ends=ends, time_zone=row["time_zone"])
    return NotificationSettings(has_sound=row["has_sound"], shows_text=row["shows_text"], quiet_hours=quiet)


async def list_settings(tx: Tx, person_ids: Sequence[int]) -> dict[int, NotificationSettings]:
    """By person; who never chose anything is absent."""
    rows = await tx.fetch(
        "select person_id, has_sound, shows_text, quiet_begins, quiet_ends, time_zone from notification_settings"
        " where person_id = any($1::bigint[])",
        list(person_ids),
    )
    return {row["person_id"]: _settings(row) for row in rows}


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
