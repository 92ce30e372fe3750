"""Runs every check of the tree: the quick ones two at a time, then the tests. Ends with one line of counts.

Each check prints one line when it is done; what a failed one said follows it. Nothing stops at the first failure, so
that one run shows all there is to mend.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tools.node import NODE, NPM, ROOT, WEB, environment

PYTHON = sys.executable
# pytest's workers start PostgreSQL, servers and browsers of their own, and wait for these a third of the time: one more
# than there are cores.
WORKERS = str(min(4, (os.cpu_count() or 2) + 1))


@dataclass(frozen=True)
class Step:
    name: str
    command: Sequence[str]
    folder: Path = ROOT
    environment: dict[str, str] = field(default_factory=dict)


def tool(name: str) -> str:
    return str(Path(PYTHON).with_name(name))


# The long ones first: two run at a time, and the last to start should be short.
STEPS = [
    Step("mypy", [tool("mypy")]),
    Step("tsc", [*NPM, "run", "--silent", "types"], WEB),
    Step("eslint", [*NPM, "run", "--silent", "lint"], WEB),
    Step("vitest", [*NPM, "run", "--silent", "test"], WEB),
    Step("migrations", [PYTHON, "-m", "tools.compare_schema"]),
    Step("api", [PYTHON, "-m", "tools.publish_api", "--check"]),
    Step("texts", [*NPM, "run", "--silent", "i18n:check"], WEB),
    Step("consumer size", [NODE, "apps/consumer/size-check.mjs"], WEB),
    Step("imports", [tool("lint-imports"), "--no-logo"]),
    Step("house", [PYTHON, "-m", "tools.lint"]),
    Step("ruff", [tool("ruff"), "check", "--quiet"]),
    Step("format", [tool("ruff"), "format", "--check", "--quiet"]),
]
TESTS = "pytest"


@dataclass(frozen=True)
class Counts:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)


def report(ok: bool, name: str, seconds: float, output: str = "") -> None:
    print(f"{'ok    ' if ok else 'FAILED'}  {name:<14} {seconds:6.1f} s", flush=True)
    if not ok and output.strip():
        print("\n".join(f"        {line}" for line in output.rstrip().splitlines()), flush=True)


async def run_step(step: Step, places: asyncio.Semaphore) -> Counts:
    async with places:
        started = time.monotonic()
        process = await asyncio.create_subprocess_exec(
            *step.command,
            cwd=step.folder,
            env=environment() | {"CI": "1"} | step.environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        output, _ = await process.communicate()
        ok = process.returncode == 0
        report(ok, step.name, time.monotonic() - started, output.decode(errors="replace"))
        return Counts(passed=int(ok), failed=int(not ok))


async def run_steps(steps: Sequence[Step]) -> Counts:
    places = asyncio.Semaphore(2)
    return sum(await asyncio.gather(*(run_step(step, places) for step in steps)), Counts())


async def run_tests(arguments: Sequence[str]) -> Counts:
    """pytest writes straight to the terminal; its counts come from its own report."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="hutong-check-") as folder:
        results = Path(folder, "results.xml")
        process = await asyncio.create_subprocess_exec(
            PYTHON, "-m", "pytest", "-n", WORKERS, "--dist", "loadgroup", f"--junitxml={results}", *arguments,
            cwd=ROOT, env=test_environment(), stdin=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        code = await process.wait()
        counts = read_counts(results)
    # Ended without a count (a worker died, nothing was collected): that is a failure too.
    if code != 0 and counts.failed == 0:
        counts += Counts(failed=1)
    report(code == 0, TESTS, time.monotonic() - started)
    return counts


def test_environment() -> dict[str, str]:
    """Without the settings of whoever runs the tests: they would become the settings of what is tested."""
    kept = {"HUTONG_CHROMIUM"}
    return {name: value for name, value in environment().items() if not name.startswith("HUTONG_") or name in kept}


def read_counts(results: Path) -> Counts:
    try:
        suites = ET.parse(results).getroot().iter("testsuite")
    except (OSError, ET.ParseError):
        return Counts()
    total = Counts()
    for suite in suites:
        tests, failures, errors, skipped = (
            int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")
        )
        failed = failures + errors
        total += Counts(tests - failed - skipped, failed, skipped)
    return total


async def run(names: Sequence[str], arguments: Sequence[str]) -> int:
    started = time.monotonic()
    wanted = [step for step in STEPS if not names or step.name in names]
    counts = await run_steps(wanted)
    if not names or TESTS in names:
        print(flush=True)
        counts += await run_tests(arguments)
    print(f"\n{time.monotonic() - started:.0f} s in all" + (f", {counts.skipped} skipped" if counts.skipped else ""))
    # Alone on the last line: whoever watches reads only this.
    print(f"{counts.passed} passed, {counts.failed} failed", flush=True)
    return 1 if counts.failed else 0


def main() -> int:
    names = sys.argv[1:]
    arguments: list[str] = []
    if "--" in names:
        cut = names.index("--")
        names, arguments = names[:cut], names[cut + 1 :]
    known = [*(step.name for step in STEPS), TESTS]
    if names == ["--list"]:
        print("\n".join(known))
        return 0
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"no such step: {', '.join(unknown)}. The steps: {', '.join(known)}", file=sys.stderr)
        return 2
    return asyncio.run(run(names, arguments))


if __name__ == "__main__":
    sys.exit(main())
