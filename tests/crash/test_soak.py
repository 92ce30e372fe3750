"""kill -9 of every part in turn while people talk: nothing acknowledged is lost, doubled or out of order, and clients
come back by themselves. `make soak` kills 200 times."""

import asyncio
import os
import random
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from hutong.core.db import Database, Row
from tests.crash.arrangements import Arrangement, apart, together
from tests.crash.load import Counts, count, talking

KILLS = int(os.environ.get("HUTONG_KILLS", "8"))


@pytest.mark.parametrize(("arrange", "kills"), [(together, KILLS // 4), (apart, KILLS - KILLS // 4)])
async def test_whatever_is_killed_what_was_acknowledged_stands_once_in_its_place_and_everybody_hears_it(
    arrange: Callable[[Path], AbstractAsyncContextManager[Arrangement]],
    kills: int,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    killed: Counter[str] = Counter()
    waits: list[tuple[float, str]] = []
    loop = asyncio.get_running_loop()
    async with (
        arrange(tmp_path / "data") as arrangement,
        talking(arrangement.base_url, arrangement.dsn, arrangement.cast, tmp_path) as load,
    ):
        await load.served_since(loop.time())
        for number in range(kills):
            await asyncio.sleep(random.uniform(0.1, 0.5))
            kind = list(arrangement.kills)[number % len(arrangement.kills)]
            moment = loop.time()
            await arrangement.kills[kind]()
            killed[kind] += 1
            waits.append((await load.served_since(moment), kind))
            await arrangement.ready()
        await load.end()
        rows = await all_messages(arrangement.dsn)
        await load.heard({str(row["conversation_id"]): row["seq"] for row in rows})
        counts = count(load.speakers, rows)
    with capsys.disabled():
        print(f"\n{arrange.__name__}: {report(killed, waits, counts)}")
    assert counts.acknowledged > 20 * sum(killed.values()), "the kills came in the middle of conversations"
    expected = Counts(acknowledged=counts.acknowledged, clients=12, compared=counts.compared)
    assert counts == expected


async def all_messages(dsn: str) -> list[Row]:
    db = await Database.open(dsn, connections=1)
    try:
        async with db.begin() as tx:
            return await tx.fetch("select * from messages order by conversation_id, seq")
    finally:
        await db.close()


def report(killed: Counter[str], waits: list[tuple[float, str]], counts: Counts) -> str:
    kinds = ", ".join(f"{kind} {times}" for kind, times in killed.items())
    longest, kind = max(waits)
    figures = ", ".join(f"{name.replace('_', ' ')} {figure}" for name, figure in counts._asdict().items())
    return (
        f"{sum(killed.values())} kills ({kinds}); {figures}"
        f" (each client's whole log against the table); all served again after {longest:.1f} s at most ({kind})"
    )
