"""The loads in which people only come: idle connections, and everybody again after a restart."""

from __future__ import annotations

import asyncio

from bench.load.target import Target, connect_all, hang_up
from bench.meter import Meter, private_bytes

WARM = 50
SETTLE_SECONDS = 5
_AT_ONCE = 100


async def idle_kib(target: Target, people: int) -> float:
    """Server memory that each of so many idle connections costs, after fifty clients have come and gone."""
    await _warm_up(target)
    before = private_bytes(target.roots())
    clients = await connect_all(target, range(people), spread=True, at_once=_AT_ONCE)
    await asyncio.sleep(SETTLE_SECONDS)
    after = private_bytes(target.roots())
    lost = sum(client.is_lost for client in clients)
    await hang_up(clients)
    if lost:
        raise ConnectionError(f"{lost} of {people} idle connections were lost")
    return (after - before) / people / 1024


async def sign_in_ms(target: Target, people: int) -> float:
    """Server time for each of so many who come with a session that is valid."""
    await _warm_up(target)
    meter = Meter(target.roots)
    clients = await connect_all(target, range(people), spread=True, at_once=_AT_ONCE)
    await asyncio.sleep(1)
    spent = meter.read().server
    await hang_up(clients)
    return spent / people * 1000


async def _warm_up(target: Target) -> None:
    await hang_up(await connect_all(target, range(WARM), spread=True))
    await asyncio.sleep(2)
