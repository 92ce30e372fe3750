"""Only actions say what happened: an event is part of a verb, never of a route, a query or a rule."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tools.lint.source import Finding, Source

NAME = "emit"
SAYS = {"emit", "tell"}


def check(source: Source) -> Iterator[Finding]:
    if source.room in {None, "core"} or source.place == "actions":
        return
    for node in ast.walk(source.tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="tx"), attr=verb)) if verb in SAYS:
                yield Finding(source.path, node.lineno, NAME, f"tx.{verb} belongs in the room's actions")
