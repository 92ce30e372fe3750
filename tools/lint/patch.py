"""Tests do not patch Hutong: they would prove that the patch works. Only HTTP to others is faked, at the socket."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tools.lint.source import Finding, Source

NAME = "patch"


def check(source: Source) -> Iterator[Finding]:
    if source.parts[0] != "tests":
        return
    ours = _our_names(source.tree)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and node.args and _patches(node.func) and _is_ours(node.args[0], ours):
            yield Finding(source.path, node.lineno, NAME, "our own code is patched: test the promise at its door")


def _our_names(tree: ast.Module) -> set[str]:
    ours = {"hutong"}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "hutong":
            ours |= {alias.asname or alias.name for alias in node.names}
    return ours


def _patches(function: ast.expr) -> bool:
    """`patch(…)`, `mock.patch(…)`, `mock.patch.object(…)`, `monkeypatch.setattr(…)`, `monkeypatch.delattr(…)`."""
    name = ast.unparse(function)
    return name.endswith(("patch.object", "monkeypatch.setattr", "monkeypatch.delattr")) or name in {
        "patch",
        "mock.patch",
    }


def _is_ours(target: ast.expr, ours: set[str]) -> bool:
    if isinstance(target, ast.Constant):
        return str(target.value).startswith("hutong.")
    while isinstance(target, ast.Attribute):
        target = target.value
    return isinstance(target, ast.Name) and target.id in ours
