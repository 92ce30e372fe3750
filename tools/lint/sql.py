"""SQL only in a room's store: whoever wonders what is asked of the database reads one file a room."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tools.lint.source import Finding, Source

NAME = "sql"
STATEMENT = re.compile(
    r"""\s*(
        select\s.+\sfrom\s | select\s+[a-z_0-9.]+\( | insert\s+into\s | delete\s+from\s |
        update\s+[\w."]+\s+((as\s+)?\w+\s+)?set\s | with\s+(recursive\s+)?\w+\s*(\([^)]*\)\s*)?as\s | values\s*\( |
        (create|alter|drop)\s+(unique\s+)?(table|index|view|function|database|extension|schema|role)\s |
        truncate\s+\w | lock\s+table\s | set\s+(local|session)\s | (listen|notify|vacuum|analyze|explain)\s+\w+\s*;?\s*$
    )""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
ASKS = {"fetch", "fetchrow", "fetchval", "execute", "executemany", "copy"}


def check(source: Source) -> Iterator[Finding]:
    if source.room in {None, "core", "migrations"} or source.place == "store":
        return
    for text in source.text_constants():
        if STATEMENT.match(str(text.value)):
            yield Finding(source.path, text.lineno, NAME, "SQL belongs in the room's store")
    for node in ast.walk(source.tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="tx"), attr=verb)) if verb in ASKS:
                yield Finding(source.path, node.lineno, NAME, f"tx.{verb} belongs in the room's store")
