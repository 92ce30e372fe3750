"""Twenty searches in two million generated messages: as quick as asked, and exactly the plain truth. And what it
takes to make words findable: its CPU, and how long after they were said."""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import asyncpg

from bench.figures import Figure, judge, keep, table
from bench.search_world import QUERIES, Query, World, cpu_seconds, furnish, truth
from hutong.core import migrate
from hutong.core.beside import running_beside
from hutong.core.db import Database
from hutong.core.postgres import Postgres
from hutong.messaging import Indexer, MessageWriter, SendMessage, search_messages
from hutong.messaging.actions.search import Filter

ROUNDS = 5
PAGES = 10
RATE = 1000
FIGURES = [
    Figure("truth", "queries whose first 500 hits are the plain truth", f"of {len(QUERIES)}", "more", len(QUERIES)),
    Figure("p95", "a page of 50, p95", "ms", "less", 300),
    Figure("slowest", "the slowest query, median", "ms", "less", 300),
    Figure("cpu", "indexing all at once, CPU of Python and PostgreSQL a message", "µs", "less", 500),
    Figure("flow_cpu", f"indexing at {RATE:,} messages/s, CPU more than without, a message", "µs", "less", 500),
    Figure("lag", f"from said to found at {RATE:,} messages/s, p95", "ms", "less", 2000),
    Figure("lag_worst", "the same, worst", "ms", "less", 5000),
]


async def ask(db: Database, world: World, query: Query) -> tuple[list[tuple[int, int]], float]:
    """All hits of the first pages, and the milliseconds of the first page."""
    filter_ = Filter(
        conversation_id=world.conversation(query), sender_id=world.sender(query), from_at=world.from_at(query)
    )
    hits: list[tuple[int, int]] = []
    cursor, first = None, 0.0
    for _ in range(PAGES):
        begun = time.perf_counter()
        async with db.begin() as tx:
            page = await search_messages(tx, world.actor(query), query.words, filter_, cursor=cursor, limit=50)
        first = first or (time.perf_counter() - begun) * 1000
        hits += [(int(item.conversation_id), item.seq) for item in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    return hits, first


async def ask_all(db: Database, connection: asyncpg.Connection[asyncpg.Record], world: World) -> dict[str, float]:
    times: list[float] = []
    right, slowest = 0, 0.0
    for query in QUERIES:
        asked = [await ask(db, world, query) for _ in range(ROUNDS)]
        own = [milliseconds for _, milliseconds in asked]
        is_right = asked[0][0] == await truth(connection, world, query, PAGES * 50)
        print(
            f"{query}\t{len(asked[0][0])} hits\t{statistics.median(own):.1f} ms\t{'' if is_right else 'WRONG'}",
            flush=True,
        )
        right += is_right
        times += own
        slowest = max(slowest, statistics.median(own))
    return {"truth": right, "p95": statistics.quantiles(times, n=20)[-1], "slowest": slowest}


async def talk(writer: MessageWriter, world: World, seconds: float) -> int:
    """RATE messages a second in all of Lin's talks by turns; how many."""
    begun, said = time.perf_counter(), 0
    while (elapsed := time.perf_counter() - begun) < seconds:
        due = int(elapsed * RATE)
        sends: list[Awaitable[object]] = [
            writer.send(
                world.lin,
                world.talks[number % len(world.talks)],
                SendMessage(client_id=uuid4(), text=f"明天上午九点开会，资料第 {number} 份请先看"),
            )
            for number in range(said, due)
        ]
        await asyncio.gather(*sends)
        said = due
        await asyncio.sleep(0.02)
    return said


async def watch_lag(connection: asyncpg.Connection[asyncpg.Record], since: datetime, lags: list[float]) -> None:
    """Every tenth of a second how old the oldest words are that are not found yet, in milliseconds."""
    while True:
        oldest = await connection.fetchval(
            "select min(m.sent_at) from conversations c join indexed_conversations i on i.conversation_id = c.id"
            " join messages m on m.conversation_id = c.id and m.seq = i.indexed_seq + 1"
            " where c.last_seq > i.indexed_seq and c.last_active_at > $1",
            since,
        )
        now = await connection.fetchval("select clock_timestamp()")
        lags.append((now - oldest).total_seconds() * 1000 if oldest else 0.0)
        await asyncio.sleep(0.1)


async def flow(db: Database, dsn: str, pid: int, world: World, seconds: float) -> dict[str, float]:
    indexer = Indexer(db)
    writer = MessageWriter(db, indexer.hint)
    connection = await asyncpg.connect(dsn)
    lags: list[float] = []
    since = await connection.fetchval("select clock_timestamp()")
    # Watched from the beginning, so that both parts pay for it alike.
    async with running_beside(watch_lag(connection, since, lags)):
        before = cpu_seconds(pid)
        said = await talk(writer, world, seconds / 2)
        bare = (cpu_seconds(pid) - before) / said
        await indexer.sweep()
        async with running_beside(indexer.run()):
            # Its first sweep finds nothing, and is over.
            await asyncio.sleep(1)
            lags.clear()
            before = cpu_seconds(pid)
            said = await talk(writer, world, seconds)
            with_index = (cpu_seconds(pid) - before) / said
            await asyncio.sleep(1)
    await connection.close()
    await writer.close()
    return {"flow_cpu": (with_index - bare) * 1e6, "lag": statistics.quantiles(lags, n=20)[-1], "lag_worst": max(lags)}


async def measure(dsn: str, pid: int, count: int, seconds: float) -> dict[str, float]:
    await migrate.upgrade(dsn)
    world = await furnish(dsn, count)
    db = await Database.open(dsn, connections=8)
    before = cpu_seconds(pid)
    await Indexer(db).sweep()
    values = {"cpu": (cpu_seconds(pid) - before) / count * 1e6}
    connection = await asyncpg.connect(dsn)
    await connection.execute("vacuum analyze message_words")
    values |= await ask_all(db, connection, world)
    await connection.close()
    values |= await flow(db, dsn, pid, world, seconds)
    await db.close()
    return values


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=2_000_000)
    parser.add_argument("--seconds", type=float, default=60)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Postgres(Path(folder)) as postgres:
        pid = int((Path(folder) / "postgres" / "postmaster.pid").read_text().split()[0])
        values = asyncio.run(measure(postgres.dsn(), pid, chosen.messages, chosen.seconds))
    cells = judge(FIGURES, values, {}, {})
    print(table(cells, {}, None))
    if chosen.messages == parser.get_default("messages"):
        keep(cells, Path(__file__).parent / "results" / "search.json")
    return 0 if all(cell.met for cell in cells) else 1


if __name__ == "__main__":
    raise SystemExit(main())
