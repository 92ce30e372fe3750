"""`make bench-messaging`: what the message path costs, beside the bare limit and, with `--peer ejabberd`, beside it.

python -m bench.messaging [--only fanout,pairs] [--seconds 5] [--without-limit] [--server-args "--processes 2"]
"""

from __future__ import annotations

import argparse
import shlex
import shutil
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

import uvloop

from bench.figures import judge, keep, table
from bench.load import crowd, flood, opening, talk
from bench.load.run import Run
from bench.load.target import Target
from bench.messaging_figures import FIGURES, LINES
from bench.meter import QUIET_CORES, wait_until_quiet
from bench.targets.company import furnish_opener
from bench.targets.ejabberd import Ejabberd
from bench.targets.hutong import ACK, Hutong
from bench.targets.limit import Limit
from bench.targets.process import allow_many_files

T = TypeVar("T", bound=Target)
RESULTS = Path(__file__).with_name("results") / "messaging.json"
SMALL, BIG = 1_000, 10_000
IDLE, AGAIN = 10_000, 5_000
# What a socket of the limit is owed within this time leaves in one write, where it is as fast as it goes.
GATHER_MS = 2.0
PACED = {"paced": 20.0, "pairs-paced": 500.0}


class Bench:
    """Runs the lines that are wanted over one target after the other, and keeps what came out."""

    def __init__(self, only: set[str], seconds: float | None, patience: float) -> None:
        self._only = only
        self._seconds = seconds
        self._patience = patience
        self.values: dict[str, dict[str, float]] = {}
        self.faults: dict[str, str] = {}
        self.notes: list[str] = []

    def wants(self, *lines: str) -> bool:
        return any(line in self._only for line in lines)

    async def talk(self, target: Target, line: str, kept_as: str) -> Run:
        """One of the loads in which people talk."""
        load = talk.fan_out if line in {"fanout", "paced"} else talk.talk_in_pairs
        rate = PACED.get(line)
        await wait_until_quiet(target.roots, self._patience)
        run = await load(target, self._seconds or (20 if rate else 10), rate)
        self._report(target, line, run)
        values = self.values.setdefault(kept_as, {})
        values[f"{line}.cpu"] = run.cpu_a_million
        values.update({f"{line}.p99": run.p99_ms} if rate else {f"{line}.rate": run.rate})
        return run

    def _report(self, target: Target, line: str, run: Run) -> None:
        cost = run.cost
        note = (
            f"{target.name}, {line}: {run.sent:,} sent, {run.rate:,.0f}/s; CPU-s per million: server"
            f" {run.cpu_a_million:.2f}, of it PostgreSQL {run.a_million(cost.database):.2f}, load generator"
            f" {run.a_million(cost.generator):.2f}, index of words apart {run.a_million(cost.apart):.2f}"
        )
        if cost.other_cores > QUIET_CORES:
            note += f"; NOT QUIET: others used {cost.other_cores:.1f} cores"
        if run.latencies:
            note += f", p99 {run.p99_ms:.1f} ms"
        if run.faults:
            note += f"; FAULTS: {'; '.join(run.faults)}"
            if target.name == "hutong":
                for figure in FIGURES:
                    if figure.key.startswith(f"{line}."):
                        self.faults[figure.key] = "; ".join(run.faults)
        self.notes.append(note)
        say(note)

    async def hot(self, target: Target) -> None:
        await wait_until_quiet(target.roots, self._patience)
        run = await talk.type_all_at_once(target, ACK, self._seconds or 10)
        self._report(target, "hot", run)
        self.values["hutong"]["hot.rate"] = run.rate

    async def flood(self, target: Hutong) -> None:
        await wait_until_quiet(target.roots, self._patience)
        quiet, flooded = await flood.compare(target, self._seconds or 20, PACED["pairs-paced"])
        for run in flooded:
            self._report(target, "flood", run)
        ours, theirs = flood.middle_p99_ms(flooded), flood.middle_p99_ms(quiet)
        say(f"hutong, flood: p99 {ours:.1f} ms beside {theirs:.1f} ms in the quiet rounds between")
        self.values["hutong"]["flood.p99"] = ours / theirs

    async def guarded(self, line: str, work: Callable[[], Awaitable[object]]) -> None:
        """A line that fails is told as a miss, and the others are measured all the same."""
        try:
            await work()
        except (OSError, TimeoutError, RuntimeError) as error:
            say(f"hutong, {line}: {error!r}")
            for figure in FIGURES:
                if figure.key.startswith(f"{line}."):
                    self.faults[figure.key] = str(error)[:80] or repr(error)

    async def run_lines(self, lines: dict[str, Callable[[], Awaitable[None]]]) -> None:
        for line, work in lines.items():
            if self.wants(line):
                await self.guarded(line, work)
                found = {key: value for key, value in self.values["hutong"].items() if key.startswith(f"{line}.")}
                say(f"hutong, {line}: " + ", ".join(f"{key} {value:.4g}" for key, value in found.items()))


async def measure_limit(bench: Bench, folder: Path) -> None:
    if bench.wants("fanout"):
        with running(Limit(folder / "gathered", GATHER_MS)) as target:
            await bench.talk(target, "fanout", "limit")
    plain = [line for line in ("paced", "pairs", "pairs-paced") if bench.wants(line)]
    # Lines without a limit of their own are scaled by that of the pairs.
    if "pairs" not in plain and bench.wants("hot", "opening", "catchup"):
        plain.append("pairs")
    if not plain and not bench.wants("idle", "signin"):
        return
    with running(Limit(folder / "plain", None)) as target:
        for line in plain:
            await bench.talk(target, line, "limit")
        if bench.wants("idle"):
            bench.values["limit"]["idle.memory"] = await crowd.idle_kib(target, IDLE)
        if bench.wants("signin"):
            bench.values["limit"]["signin.cpu"] = await crowd.sign_in_ms(target, AGAIN)


async def measure_peer(bench: Bench, target: Ejabberd) -> None:
    """With as many idle clients as for its figure in the issue. What it fails at is told, and ours is measured."""
    theirs = bench.values["ejabberd"]
    await target.start(AGAIN)

    async def idle_line() -> None:
        theirs["idle.memory"] = await crowd.idle_kib(target, AGAIN)

    async def again_line() -> None:
        theirs["signin.cpu"] = await crowd.sign_in_ms(target, AGAIN)

    lines: dict[str, Callable[[], Awaitable[object]]] = {
        line: partial(bench.talk, target, line, "ejabberd") for line in ("fanout", "paced", "pairs", "pairs-paced")
    }
    for line, work in (lines | {"idle": idle_line, "signin": again_line}).items():
        if bench.wants(line):
            try:
                await work()
            except (OSError, TimeoutError, RuntimeError) as error:
                say(f"ejabberd, {line}: {error!r}")


async def measure_small(bench: Bench, target: Hutong) -> None:
    lines = [line for line in ("fanout", "paced", "pairs", "pairs-paced") if bench.wants(line)]
    if bench.wants("growth"):
        lines = list(dict.fromkeys([*lines, "fanout", "paced", "pairs"]))
    await furnished(target, SMALL)
    for line in lines:
        await bench.guarded(line, partial(bench.talk, target, line, "hutong"))
    if bench.wants("flood"):
        await bench.guarded("flood", partial(bench.flood, target))
    if bench.wants("hot"):
        await bench.guarded("hot", partial(bench.hot, target))
    if bench.wants("opening", "catchup"):
        await measure_opener(bench, target)


async def measure_opener(bench: Bench, target: Hutong) -> None:
    """The lines about one person with a long past, who is written only now: the company was to have a certain size."""
    ours = bench.values["hutong"]
    await furnish_opener(target.dsn, target.world)

    async def opening_line() -> None:
        found = opening.open_app(target)
        ours.update({"opening.size": found.size / 1000, "opening.wall": found.wall_ms, "opening.cpu": found.cpu_ms})

    async def catch_up_line() -> None:
        found = await opening.catch_up(target)
        ours.update({"catchup.requests": found.requests, "catchup.wall": found.wall_ms})

    await bench.run_lines({"opening": opening_line, "catchup": catch_up_line})


async def measure_big(bench: Bench, target: Hutong) -> None:
    """Ten times the company: growth, and the lines that are about many people."""
    await furnished(target, BIG)
    ours = bench.values["hutong"]

    async def idle_line() -> None:
        ours["idle.memory"] = await crowd.idle_kib(target, IDLE)

    async def again_line() -> None:
        target.stop()
        target.run()
        ours["signin.cpu"] = await crowd.sign_in_ms(target, AGAIN)

    async def growth_line() -> None:
        for line in ("fanout", "paced", "pairs"):
            big = await bench.talk(target, line, "hutong, big")
            ours[f"growth.{line}"] = big.cpu_a_million / ours[f"{line}.cpu"]

    await bench.run_lines({"growth": growth_line, "idle": idle_line, "signin": again_line})


async def furnished(target: Hutong, members: int) -> None:
    begin = time.monotonic()
    await target.start(members)
    say(f"a company of {members:,} is there after {time.monotonic() - begin:.0f} s")


@contextmanager
def running(target: T) -> Iterator[T]:
    try:
        yield target
    finally:
        target.stop()


def say(words: str) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {words}", file=sys.stderr, flush=True)


def run(chosen: argparse.Namespace, folder: Path) -> int:
    only = set(chosen.only.split(",")) if chosen.only else set(LINES)
    if unknown := only - set(LINES):
        raise SystemExit(f"no such line: {', '.join(sorted(unknown))}; there are {', '.join(LINES)}")
    bench = Bench(only, chosen.seconds, chosen.patience)
    bench.values.update({"hutong": {}, "limit": {}, "ejabberd": {}})
    server_args = shlex.split(chosen.server_args)
    if not chosen.without_limit:
        uvloop.run(measure_limit(bench, folder))
    if chosen.peer:
        with running(Ejabberd(folder / "ejabberd")) as peer:
            uvloop.run(measure_peer(bench, peer))
    for name, lines, measure in (
        (
            "small",
            ("fanout", "paced", "pairs", "pairs-paced", "flood", "hot", "growth", "opening", "catchup"),
            measure_small,
        ),
        ("big", ("growth", "idle", "signin"), measure_big),
    ):
        if bench.wants(*lines):
            (folder / name).mkdir()
            with running(Hutong(folder / name, server_args)) as target:
                uvloop.run(measure(bench, target))
            shutil.rmtree(folder / name)
    limits = bench.values["limit"]
    cells = judge(FIGURES, bench.values["hutong"], limits, bench.faults)
    cells = [cell for cell in cells if cell.figure.key.partition(".")[0] in only]
    print(table(cells, limits, bench.values["ejabberd"] if chosen.peer else None))
    print("\n" + "\n".join(bench.notes))
    # A part of the table, or a shorter one, is for tuning; what is kept is whole.
    if only == set(LINES) and not chosen.seconds and not chosen.without_limit:
        keep(cells, RESULTS)
    print(f"{sum(cell.met for cell in cells)} of {len(cells)} figures met")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", help=f"lines of the table, by comma: {','.join(LINES)}")
    parser.add_argument("--seconds", type=float, help="length of each load in which people talk")
    parser.add_argument("--without-limit", action="store_true", help="targets as they stand in the issue")
    parser.add_argument("--patience", type=float, default=15, help="seconds to wait for a quiet machine before a load")
    parser.add_argument("--peer", choices=["ejabberd"], help="measure it too")
    parser.add_argument("--server-args", default="", help="more arguments of `hutong serve`")
    chosen = parser.parse_args()
    allow_many_files()
    with tempfile.TemporaryDirectory(prefix="hutong-bench-") as folder:
        return run(chosen, Path(folder))


if __name__ == "__main__":
    sys.exit(main())
