"""One clock, hutong/core/clock.py: tests travel with it, and a time that comes from elsewhere would stay behind."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tools.lint.source import Finding, Source

NAME = "clock"
CALLS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
}
IN_SQL = re.compile(
    r"\b(now|clock_timestamp|statement_timestamp|transaction_timestamp)\(\)|\bcurrent_(timestamp|date|time)\b|\blocaltime(stamp)?\b",
    re.IGNORECASE,
)


def check(source: Source) -> Iterator[Finding]:
    if source.parts[0] not in {"hutong", "tests"} or source.path == "hutong/core/clock.py":
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute):
            owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", None)
            if (owner, node.attr) in CALLS:
                yield Finding(source.path, node.lineno, NAME, f"{owner}.{node.attr}: ask hutong.core.clock")
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            for alias in node.names:
                if alias.name in {"time", "time_ns"}:
                    yield Finding(source.path, node.lineno, NAME, f"time.{alias.name}: ask hutong.core.clock")
    for text in source.text_constants():
        found = IN_SQL.search(str(text.value))
        if found:
            yield Finding(
                source.path, text.lineno, NAME, f"{found[0]} in SQL: pass hutong.core.clock.now() as an argument"
            )
