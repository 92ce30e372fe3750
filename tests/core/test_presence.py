"""A process that dies without a word is noticed, and said once; one that goes in order leaves nothing behind."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta

from hutong.core import clock, presence
from hutong.core.db import Database
from hutong.core.live import HearingChanged, Signal
from hutong.gateway import MemoryBroker

# Longer than the pause between two renewals.
A_ROUND_SECONDS = 2.5
LOST = HearingChanged(None)


@asynccontextmanager
async def process(dsn: str, name: str) -> AsyncIterator[list[Signal]]:
    """One that is present under this name; what it tells."""
    told: list[Signal] = []
    broker = MemoryBroker()
    broker.listen(told.append)
    db = await Database.open(dsn, broker=broker, connections=2)
    try:
        async with presence.present(db, name, "api,gateway,worker"):
            yield told
    finally:
        await db.close()


async def leave_behind(db: Database, name: str, seen_at: datetime) -> None:
    """As a process does that was killed."""
    async with db.begin() as tx:
        await tx.execute("insert into processes values (1, $1, 'api', $2, $2)", name, seen_at)


async def names(db: Database) -> list[str]:
    async with db.begin() as tx:
        return [row["name"] for row in await tx.fetch("select name from processes order by name")]


async def test_of_a_process_that_died_exactly_one_of_the_others_tells(dsn: str, db: Database) -> None:
    async with AsyncExitStack() as stack:
        told = [await stack.enter_async_context(process(dsn, f"here/{number}")) for number in range(3)]
        await leave_behind(db, "there/1", clock.now() - timedelta(seconds=5))
        await asyncio.sleep(0.5)
        assert told == [[], [], []], "its lease has not run out"
        await asyncio.sleep(A_ROUND_SECONDS + 0.5)
        assert sorted(told) == [[], [], [LOST]]
        assert await names(db) == ["here/0", "here/1", "here/2"]


async def test_a_process_that_comes_back_tells_at_once_that_it_was_away(dsn: str, db: Database) -> None:
    await leave_behind(db, "here/1", clock.now())
    async with process(dsn, "here/1") as told:
        assert told == [LOST]


async def test_who_goes_in_order_leaves_nothing_to_tell(dsn: str, db: Database) -> None:
    async with process(dsn, "here/1") as told:
        assert await names(db) == ["here/1"]
        assert told == []
    assert await names(db) == []
    async with process(dsn, "here/1") as told:
        assert told == []


async def test_who_was_taken_for_dead_is_there_again(dsn: str, db: Database) -> None:
    async with process(dsn, "here/1"):
        async with db.begin() as tx:
            await tx.execute("delete from processes")
        await asyncio.sleep(A_ROUND_SECONDS)
        assert await names(db) == ["here/1"]


async def test_who_is_alone_clears_away_what_several_left_behind(dsn: str, db: Database) -> None:
    await leave_behind(db, "here/1", clock.now() - timedelta(days=1))
    await presence.forget_lapsed(db)
    assert await names(db) == []
