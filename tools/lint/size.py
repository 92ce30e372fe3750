"""A file that must be scrolled through is two files."""

from __future__ import annotations

from collections.abc import Iterator

from tools.lint.source import Finding, Source

NAME = "size"
# ending: (expected, refused)
LIMITS = {".py": (300, 500), ".ts": (250, 400), ".tsx": (250, 400)}
GENERATED = ("/generated/", ".gen.", "/locales/")


def check(source: Source) -> Iterator[Finding]:
    if any(mark in source.path for mark in GENERATED) or source.allows(NAME, 0):
        return
    expected, refused = LIMITS["." + source.path.rpartition(".")[2]]
    length = len(source.lines)
    if length > refused:
        yield Finding(source.path, 1, NAME, f"{length} lines, {refused} at most: split it by what it does")
    elif length > expected:
        yield Finding(source.path, 1, NAME, f"{length} lines, {expected} expected", is_warning=True)
