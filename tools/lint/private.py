"""Another room's files are private: import the room, or its events.

`roles` wires every room together and may look inside; `core` is one public file after another; tests and tools stand
outside.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tools.lint.source import Finding, Source

NAME = "private"
OPEN_ROOMS = {"core"}
OPEN_FILES = {"events"}
# The files a room may have: `from hutong.x import store` reaches one of them through the front door.
ROOM_FILES = {"routes", "actions", "policy", "store", "tables", "events", "model", "consumers", "jobs"}


def check(source: Source) -> Iterator[Finding]:
    if source.parts[0] != "hutong" or source.room in {"roles", "migrations"}:
        return
    for node in ast.walk(source.tree):
        for room, inside in _imported(node, source):
            if room == source.room or room in OPEN_ROOMS or inside in OPEN_FILES:
                continue
            line: int = node.lineno  # type: ignore[attr-defined]  # imports have one
            yield Finding(
                source.path, line, NAME, f"hutong.{room}.{inside} is private: import hutong.{room} or its events"
            )


def _imported(node: ast.AST, source: Source) -> Iterator[tuple[str, str]]:
    """(room, file inside it) for each import that reaches past a room's front door."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            parts = alias.name.split(".")
            if parts[0] == "hutong" and len(parts) > 2:
                yield parts[1], parts[2]
    elif isinstance(node, ast.ImportFrom):
        parts = node.module.split(".") if node.module else []
        if node.level:
            parts = [*source.parts[: -node.level], *parts]
        if parts[:1] != ["hutong"]:
            return
        if len(parts) > 2:
            yield parts[1], parts[2]
        elif len(parts) == 2:
            yield from ((parts[1], alias.name) for alias in node.names if alias.name in ROOM_FILES)
