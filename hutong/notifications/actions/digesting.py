"""From what stayed unread to a digest: for whom it is time, and what became of it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from hutong import directory, messaging
from hutong.core import clock
from hutong.core.db import Row, Tx
from hutong.directory import Addresses
from hutong.messaging import Waiting
from hutong.notifications import model
from hutong.notifications.digest import Digest, make_digest
from hutong.notifications.model import CarrierName, NotificationSettings
from hutong.notifications.store import digests, settings

# Whoever takes one has so long to send it.
LEASE = timedelta(minutes=5)
LOOK_EVERY = timedelta(minutes=1)
_FIRST_REST, _LONGEST_REST = timedelta(minutes=5), timedelta(hours=4)


class Ready(msgspec.Struct, frozen=True):
    person_id: int
    carrier: CarrierName
    address: str
    digest: Digest
    told_until: datetime
    failures: int


async def take_ready(tx: Tx, base_url: str, limit: int) -> tuple[list[Ready], int]:
    """Digests for whom something has been waiting for as long as they chose, and how many were looked at.

    The others are looked at again in a while; so are those who are in their quiet hours or have no address.
    """
    now = clock.now()
    rows = await digests.take_due(tx, now, now + LEASE, limit)
    if not rows:
        return [], 0
    late = await _list_late(tx, rows, now)
    people = [row["person_id"] for row in rows if row["person_id"] in late]
    chosen = await settings.list_settings(tx, people)
    addresses = await directory.list_addresses(tx, people)
    waiting: dict[int, list[Waiting]] = defaultdict(list)
    for it in await messaging.list_waiting(tx, people, said_before=now) if people else []:
        waiting[it.person_id].append(it)
    ready, later = [], {}
    for row in rows:
        person_id = row["person_id"]
        wishes = chosen.get(person_id, NotificationSettings())
        address = address_for(row["carrier"], addresses.get(person_id))
        if waiting[person_id] and address and not model.is_quiet(wishes.quiet_hours, now):
            items = waiting[person_id]
            digest = make_digest(person_id, items, row["language"], base_url, shows_text=wishes.shows_text)
            until = max(it.said_at for it in items)
            ready.append(Ready(person_id, row["carrier"], address, digest, until, row["failures"]))
        else:
            later[person_id] = now + LOOK_EVERY
    await digests.look_later(tx, later)
    return ready, len(rows)


def address_for(carrier: CarrierName, known: Addresses | None) -> str | None:
    if known is None:
        return None
    return known.mail if carrier == "mail" else known.phone


async def _list_late(tx: Tx, rows: Sequence[Row], now: datetime) -> set[int]:
    """For whom something waits longer than they chose of which they were not told yet."""
    late: set[int] = set()
    for minutes in {row["after_minutes"] for row in rows}:
        until = {row["person_id"]: row["told_until"] for row in rows if row["after_minutes"] == minutes}
        waiting = await messaging.list_waiting(tx, list(until), said_before=now - timedelta(minutes=minutes))
        late |= {it.person_id for it in waiting if it.said_at > until[it.person_id]}
    return late


async def settle(tx: Tx, ready: Ready, *, was_taken: bool) -> None:
    now = clock.now()
    if was_taken:
        await digests.settle(tx, ready.person_id, ready.told_until, now + LOOK_EVERY)
    else:
        await digests.fail(tx, ready.person_id, now + model.rest_after(ready.failures, _FIRST_REST, _LONGEST_REST))
