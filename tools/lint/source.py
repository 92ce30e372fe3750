"""One source file as the lints see it, and what they find in it."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

_SKIP = re.compile(r"(?:#|//)\s*house: allow-(?P<lint>[a-z]+)(?P<reason>.*)")


@dataclass(frozen=True)
class Finding:
    path: str
    line: int
    lint: str
    message: str
    is_warning: bool = False

    def __str__(self) -> str:
        mark = "warning: " if self.is_warning else ""
        return f"{self.path}:{self.line}: {mark}{self.message} [{self.lint}]"


@dataclass(frozen=True)
class Source:
    """`path` is relative to the tree, with forward slashes."""

    path: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(self.path.removesuffix(".py").split("/"))

    @property
    def room(self) -> str | None:
        """The room of the package this file lies in, if any: `hutong/messaging/actions/send.py` → `messaging`."""
        return self.parts[1] if self.parts[0] == "hutong" and len(self.parts) > 2 else None

    @property
    def place(self) -> str | None:
        """The file's part in its room: `actions` for `actions.py` and for everything inside `actions/`."""
        return self.parts[2] if self.room else None

    def allows(self, lint: str, line: int) -> bool:
        """Whether the line, or a comment above it, excuses this lint. Line 0 stands for the file: its first lines."""
        wanted = range(1, 6) if line == 0 else (line - 1, line)
        for number in wanted:
            if not 1 <= number <= len(self.lines):
                continue
            found = _SKIP.search(self.lines[number - 1])
            if found and found["lint"] == lint and found["reason"].strip(" :-"):
                return True
        return False

    def text_constants(self) -> Iterator[ast.Constant]:
        """Every string in the code that is not a docstring, the pieces of f-strings included."""
        alone = (node.value for node in ast.walk(self.tree) if isinstance(node, ast.Expr))
        documentation = {id(value) for value in alone if isinstance(value, ast.Constant)}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
                yield node


def read(path: Path, root: Path) -> Source:
    return Source(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"))


def load(root: Path) -> list[Source]:
    """All Python files of the package, the tools, the tests and the benchmarks, and all TypeScript of the web apps."""
    found = [path for folder in ("hutong", "tools", "tests", "bench") for path in (root / folder).rglob("*.py")]
    skipped = {"node_modules", "dist", "static"}
    for folder, folders, names in os.walk(root / "web"):
        folders[:] = [name for name in folders if name not in skipped]
        found += [Path(folder, name) for name in names if name.endswith((".ts", ".tsx")) and not name.endswith(".d.ts")]
    return [read(path, root) for path in sorted(found)]
