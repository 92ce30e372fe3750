"""Starting a server under test and ending it, by its own process id."""

from __future__ import annotations

import os
import resource
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

_OPEN_FILES = 65_536


def allow_many_files() -> None:
    """For this process and those it starts: each client is an open file."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _OPEN_FILES if most == resource.RLIM_INFINITY else min(most, _OPEN_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port: int = line.getsockname()[1]
        return port


class Process:
    """A program of ours; what it says goes to a file, whose end is told when it fails."""

    def __init__(self, command: list[str], log: Path, **options: Any) -> None:
        self._log = log
        with log.open("ab") as out:
            self._popen = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, **options)

    @property
    def pid(self) -> int:
        return self._popen.pid

    def wait_until(self, is_up: Callable[[], bool], seconds: float = 60) -> None:
        ends_at = time.monotonic() + seconds
        while not is_up():
            if self._popen.poll() is not None or time.monotonic() > ends_at:
                tail = self._log.read_text(errors="replace")[-2000:]
                raise RuntimeError(f"{self._popen.args!r} did not start:\n{tail}")
            time.sleep(0.05)

    def wait_for_port(self, port: int) -> None:
        def is_open() -> bool:
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", port), 0.5).close()
                return True
            return False

        self.wait_until(is_open)

    def stop(self, number: int = signal.SIGTERM) -> None:
        if self._popen.poll() is not None:
            return
        self._popen.send_signal(number)
        try:
            self._popen.wait(30)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            self._popen.wait(10)


def environment() -> dict[str, str]:
    """Without the settings of whoever measures: they would become the settings of what is measured."""
    return {name: value for name, value in os.environ.items() if not name.startswith("HUTONG_")}
