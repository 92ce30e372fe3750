"""One measured run: the load, its last arrivals, one second more, and what it cost."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from bench.load.stream import Tally
from bench.load.target import Target
from bench.meter import Cost, Meter

# Longer than any queue that a working server may build up; then what has not come is lost.
PATIENCE_SECONDS = 20


@dataclass
class Run:
    """`count` is what the figure is counted in: deliveries, messages or acknowledgements."""

    sent: int = 0
    count: int = 0
    seconds: float = 0.0
    cost: Cost = field(default_factory=lambda: Cost(0, 0, 0, 0, 0))
    latencies: list[int] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return self.count / self.seconds

    @property
    def cpu_a_million(self) -> float:
        return self.a_million(self.cost.server)

    def a_million(self, seconds: float) -> float:
        return seconds * 1e6 / max(self.count, 1)

    @property
    def p99_ms(self) -> float:
        found = sorted(self.latencies)
        return found[min(len(found) - 1, len(found) * 99 // 100)] / 1000 if found else float("nan")


@contextlib.asynccontextmanager
async def measured(run: Run, target: Target, tally: Tally, *, receivers: int, rows: int = 1) -> AsyncIterator[None]:
    """Around the sending. `sent` is counted inside; each is to arrive at `receivers`, and to be `rows` in the store."""
    apart = await target.settle()
    before = await target.stored()
    # Nothing here is garbage in circles; looking for it would be the generator's largest pause.
    gc.collect()
    gc.disable()
    tally.count = run.sent = 0
    meter, begin = Meter(target.roots, apart), time.monotonic()
    yield
    expected = run.sent * receivers
    if not await tally.reach(expected, PATIENCE_SECONDS):
        run.faults.append(f"{expected - tally.count} of {expected} never arrived")
    run.count, run.seconds = tally.count, tally.last_at - begin
    await asyncio.sleep(1)
    run.cost = meter.read()
    gc.enable()
    run.latencies = tally.latencies or []
    if tally.count > expected:
        run.faults.append(f"{tally.count - expected} arrived twice")
    stored = await target.stored() - before
    if stored != run.sent * rows:
        run.faults.append(f"{stored} rows stored of {run.sent * rows}")


async def pace(rate: float, seconds: float) -> AsyncIterator[int]:
    """0, 1, 2 … at `rate` a second; late ones follow at once, so that a stall shows in the latencies."""
    begin = time.monotonic()
    for number in range(int(rate * seconds)):
        wait = begin + number / rate - time.monotonic()
        if wait > 0:
            await asyncio.sleep(wait)
        yield number
