"""Leases: each of several processes says every two seconds that it is there, and goes with a word.

One that died may have committed what it never told. Whoever notices that a row is no longer renewed deletes it, and
tells everybody to look again; the deletion decides who does.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from hutong.core import ids, log
from hutong.core.beside import running_beside
from hutong.core.db import Database, Tx
from hutong.core.errors import Unavailable
from hutong.core.live import HearingChanged

_RENEW_SECONDS = 2.0
_LEASE = timedelta(seconds=6)
_logger = log.logger(__name__)


@asynccontextmanager
async def present(db: Database, name: str, roles: str) -> AsyncIterator[None]:
    """For the span of the block this process is known to the others, and looks after them.

    `name` is the same after a restart: so a process learns at once that the one before it did not go in order.
    """
    process_id = ids.new()
    async with db.begin() as tx:
        lost = await _forget_named(tx, name) + await _forget_lapsed(tx)
        await _renew(tx, process_id, name, roles)
    _announce(db, lost)

    async def renew() -> None:
        while True:
            await asyncio.sleep(_RENEW_SECONDS)
            with suppress(Unavailable):  # the database is away: nobody can renew, and nobody can lapse
                async with db.begin() as tx:
                    await _renew(tx, process_id, name, roles)
                    lost = await _forget_lapsed(tx)
                _announce(db, lost)

    try:
        async with running_beside(renew()):
            yield
    finally:
        with suppress(Unavailable):
            async with db.begin() as tx:
                await _forget(tx, process_id)


async def forget_lapsed(db: Database) -> None:
    """For who is alone: clear away what a crash of several left behind."""
    async with db.begin() as tx:
        await _forget_lapsed(tx)


async def bury(db: Database, name: str) -> None:
    """A process is known to be dead: its row goes, and everybody looks again, without waiting for its lease."""
    with suppress(Unavailable):
        async with db.begin() as tx:
            await _forget_named(tx, name)
    db.broker.publish(HearingChanged(None))


def _announce(db: Database, lost: list[str]) -> None:
    if lost:
        _logger.warning("a process ended without a word", names=lost)
        db.broker.publish(HearingChanged(None))


# The database's clock, not ours: the machines' own may differ by more than a lease.


async def _renew(tx: Tx, process_id: int, name: str, roles: str) -> None:
    """Its row is there: also again, when it was so slow that others took it for dead."""
    await tx.execute(
        # house: allow-clock one clock for the leases of all machines
        "insert into processes (id, name, roles, started_at, seen_at)"
        " values ($1, $2, $3, clock_timestamp(), clock_timestamp())"
        " on conflict (id) do update set seen_at = excluded.seen_at",
        process_id, name, roles,
    )  # fmt: skip


async def _forget(tx: Tx, process_id: int) -> None:
    await tx.execute("delete from processes where id = $1", process_id)


async def _forget_named(tx: Tx, name: str) -> list[str]:
    return [row["name"] for row in await tx.fetch("delete from processes where name = $1 returning name", name)]


async def _forget_lapsed(tx: Tx) -> list[str]:
    rows = await tx.fetch(
        # house: allow-clock one clock for the leases of all machines
        "delete from processes where seen_at < clock_timestamp() - $1::interval returning name", _LEASE,
    )  # fmt: skip
    return [row["name"] for row in rows]
