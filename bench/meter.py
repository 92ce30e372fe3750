"""What processes cost: processor time and memory, from /proc."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
QUIET_CORES = 0.2
Roots = Callable[[], Sequence[int]]


@dataclass(frozen=True)
class Cost:
    """Processor seconds of the server, of its database in that, of the load generator, of what the database did apart
    (the index of words: nobody's message waits for it); cores that others used."""

    server: float
    database: float
    generator: float
    apart: float
    other_cores: float


def family(roots: Sequence[int]) -> set[int]:
    """The processes and all that descend from them."""
    found: set[int] = set()
    waiting = list(roots)
    while waiting:
        pid = waiting.pop()
        if pid in found:
            continue
        found.add(pid)
        try:
            for task in Path(f"/proc/{pid}/task").iterdir():
                waiting.extend(int(child) for child in (task / "children").read_text().split())
        except OSError:
            continue
    return found


def _processor_seconds(pid: int) -> float:
    """User and system time, with that of children that have ended and were waited for."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
    except OSError:
        return 0.0
    return sum(int(field) for field in fields[11:15]) / _TICKS_A_SECOND


def _program_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def _machine_seconds() -> float:
    """Time that any processor was busy since the machine started, waiting for the disk and stolen time apart."""
    user, nice, system, _, _, irq, softirq = Path("/proc/stat").read_text().split()[1:8]
    return sum(map(int, (user, nice, system, irq, softirq))) / _TICKS_A_SECOND


def private_bytes(roots: Sequence[int]) -> int:
    """Resident memory of the family without shared memory: PostgreSQL's cache has a fixed size, whoever comes."""
    total = 0
    for pid in family(roots):
        try:
            lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith(("RssAnon:", "RssFile:"))) * 1024
    return total


async def wait_until_quiet(roots: Roots, seconds: float) -> None:
    """Until nothing else uses the processors, but no longer than this: what is measured beside others is noise."""
    ends_at = time.monotonic() + seconds
    while time.monotonic() < ends_at:
        meter = Meter(roots)
        await asyncio.sleep(1)
        if meter.read().other_cores < QUIET_CORES:
            return


class Meter:
    """Runs from its making to `read`."""

    def __init__(self, roots: Roots, apart: Sequence[int] = ()) -> None:
        self._roots = roots
        self._apart = apart
        self._start = self._now()

    def _now(self) -> tuple[float, float, float, float, float, float]:
        pids = family(self._roots()) - set(self._apart)
        server = sum(_processor_seconds(pid) for pid in pids)
        database = sum(_processor_seconds(pid) for pid in pids if _program_of(pid) == "postgres")
        apart = sum(_processor_seconds(pid) for pid in self._apart)
        return server, database, time.process_time(), apart, _machine_seconds(), time.monotonic()

    def read(self) -> Cost:
        server, database, generator, apart, machine, seconds = (
            now - then for now, then in zip(self._now(), self._start, strict=True)
        )
        others = max(0.0, machine - server - generator - apart)
        return Cost(server, database, generator, apart, others / seconds)
