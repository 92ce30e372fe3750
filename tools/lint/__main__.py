"""Runs every house lint over the tree; ends with 1 when something is refused. Warnings do not fail."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tools.lint import Finding, Source, clock, emit, load, patch, private, size, sql

PYTHON: list[Callable[[Source], Iterator[Finding]]] = [
    private.check,
    sql.check,
    emit.check,
    clock.check,
    size.check,
    patch.check,
]


def check(source: Source) -> list[Finding]:
    """All findings in one file that no skip code excuses. TypeScript has sizes only."""
    lints = PYTHON if source.path.endswith(".py") else [size.check]
    return [finding for lint in lints for finding in lint(source) if not source.allows(finding.lint, finding.line)]


def main() -> int:
    sources = load(Path(__file__).resolve().parents[2])
    findings = sorted(
        {finding for source in sources for finding in check(source)}, key=lambda found: (found.path, found.line)
    )
    for finding in findings:
        print(finding)
    refused = sum(not finding.is_warning for finding in findings)
    print(f"{len(sources)} files, {refused} refused, {len(findings) - refused} warnings")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
