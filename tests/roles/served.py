"""`hutong serve` as processes of their own, against the test's database."""

import asyncio
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import httpx

from hutong.core.children import die_with_parent
from hutong.roles.serve import bind
from tests.people import PATIENCE, Socket

HUTONG = str(Path(sys.executable).with_name("hutong"))


class Served:
    """One command; it may be several processes. `options` are HUTONG_* settings in lower case."""

    def __init__(self, dsn: str, data: Path, **options: object) -> None:
        with bind("127.0.0.1", 0) as free:
            self.port = int(free.getsockname()[1])
        self.base_url = f"http://127.0.0.1:{self.port}"
        settings = {"database_url": dsn, "data": data, "port": self.port, "log_level": "error"} | options
        self._environ = os.environ | {f"HUTONG_{name.upper()}": str(value) for name, value in settings.items()}
        self._count = int(str(options.get("processes", 1)))
        self._process: subprocess.Popen[bytes] | None = None

    def spawn(self) -> None:
        # From this very thread: the kernel ends the server when the thread that made it ends.
        dies = die_with_parent(signal.SIGKILL)
        self._process = subprocess.Popen([HUTONG, "serve"], env=self._environ, preexec_fn=dies)  # noqa: PLW1509

    async def ready(self) -> None:
        """Every process of it takes connections."""
        async with httpx.AsyncClient(trust_env=False) as http:
            for _ in range(60 * PATIENCE):
                # AttributeError: what anyio makes on uvloop of a line that is cut as it opens.
                with suppress(httpx.HTTPError, AttributeError):
                    answer = await http.get(f"{self.base_url}/healthz")
                    if answer.status_code == 200 and len(self._listening()) == self._count:
                        return
                await asyncio.sleep(0.05)
        raise AssertionError("the server did not come up")

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def family(self) -> list[int]:
        """Its process and all below."""
        return [self.pid, *descendants(self.pid)]

    def pid_of(self, socket: Socket) -> int:
        """Which of its processes holds the other end."""
        (pid,) = self._holders(f"{socket.local_port:04X}", "01")
        return pid

    def pid_named(self, program: str) -> int:
        (pid,) = self.pids_named(program)
        return pid

    def pids_named(self, program: str) -> list[int]:
        return [pid for pid in self.family() if program in command_of(pid)]

    def kill(self) -> None:
        for pid in self.family():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        assert self._process is not None
        self._process.wait()

    async def terminate(self, *, after_seconds: float = 0) -> int:
        """Its exit code."""
        assert self._process is not None
        await asyncio.sleep(after_seconds)
        self._process.send_signal(signal.SIGTERM)
        return await self.ended()

    async def ended(self) -> int:
        assert self._process is not None
        return await asyncio.to_thread(self._process.wait, 2 * PATIENCE)

    def _listening(self) -> list[int]:
        return self._holders("0000", "0A")

    def _holders(self, remote_port: str, state: str) -> list[int]:
        """The processes that have a socket of our port in this state (Linux: 01 connected, 0A listening)."""
        lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
        wanted = {
            f"socket:[{fields[9]}]"
            for fields in lines
            if fields[1].endswith(f":{self.port:04X}") and fields[2].endswith(f":{remote_port}") and fields[3] == state
        }
        return [pid for pid in self.family() if wanted & _open_files(pid)]


def command_of(pid: int) -> str:
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/cmdline").read_text()
    return ""


def _open_files(pid: int) -> set[str]:
    found = set()
    with suppress(FileNotFoundError):
        for file in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(FileNotFoundError):
                found.add(str(file.readlink()))
    return found


def descendants(pid: int) -> list[int]:
    """All processes below this one that are there now."""
    with suppress(FileNotFoundError, ProcessLookupError):
        children = [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
        return children + [grandchild for child in children for grandchild in descendants(child)]
    return []
