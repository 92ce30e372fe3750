"""Nudges on their way to browsers: past mute and quiet hours, until they were told or are confirmed."""

from datetime import timedelta

from hutong import messaging
from hutong.core import clock
from hutong.core.db import Row, Tx
from hutong.notifications import wording
from hutong.notifications.actions.pushing import LEASE, LIFE, Outcome, count_waiting, settle_browser
from hutong.notifications.model import NotificationSettings, Push
from hutong.notifications.store import nudges, settings


async def queue(tx: Tx, limit: int) -> int:
    """Those that nobody has handed on yet, for every browser of whom they ask; how many there were."""
    items = await messaging.take_unpushed_nudges(tx, limit)
    if items:
        await nudges.queue_nudges(tx, items, clock.now())
    return len(items)


async def take_due(tx: Tx, limit: int) -> list[Row]:
    now = clock.now()
    return await nudges.take_due(tx, now, now + LEASE, limit)


async def compose(tx: Tx, row: Row) -> Push | None:
    """What this browser is told now; None, and settled, when it was confirmed, recalled, or is a day old."""
    found = await messaging.find_waiting_nudge(tx, row["person_id"], row["conversation_id"], row["seq"])
    if found is None or row["said_at"] < clock.now() - LIFE:
        await nudges.settle(tx, row)
        return None
    chosen = (await settings.list_settings(tx, [row["person_id"]])).get(row["person_id"], NotificationSettings())
    return Push(
        title=found["name"][:60],
        text=wording.nudge_line(found, row["language"], shows_text=chosen.shows_text),
        conversation_id=str(row["conversation_id"]),
        seq=row["seq"],
        unread_count=await count_waiting(tx, row["person_id"]),
        seen=[],
        is_urgent=True,
    )


async def settle(tx: Tx, row: Row, outcome: Outcome, retry_after: timedelta | None) -> None:
    """What the push service said of it."""
    if outcome == "later" and (due_at := await settle_browser(tx, row, outcome, retry_after)):
        await nudges.wait(tx, row, due_at)
        return
    await nudges.settle(tx, row)
    if outcome != "later":
        await settle_browser(tx, row, outcome, retry_after)
