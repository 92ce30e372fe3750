"""Several processes on one port. The parent serves nobody: it holds the port, runs NATS, and looks after the others."""

import asyncio
import os
import signal
import socket
import sys
import tempfile
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable
from contextlib import ExitStack, suppress

import msgspec
from prometheus_client.multiprocess import mark_process_dead

from hutong.core import log, metrics, presence
from hutong.core import settings as setting
from hutong.core.children import die_with_parent
from hutong.core.db import Database
from hutong.core.errors import HutongError
from hutong.core.settings import Settings
from hutong.gateway import NatsBroker, NatsServer
from hutong.roles.serve import bind, process_name

# Longer than a process takes to let its clients go and finish what is under way.
_GRACE_SECONDS = 25
_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.2, 30.0
# Who stood so long did not die of its start.
_WELL_SECONDS = 30
_NATS_CHECK_SECONDS = 0.5
# Of PostgreSQL's usual hundred; the rest is for the command line and for backups.
_CONNECTIONS = 80
_logger = log.logger(__name__)


class ProcessFailed(HutongError):
    code = "process_failed"
    zh = "第 {number} 个进程没能启动，原因见上面的日志。"
    en = "Process {number} did not start. The log above says why."


async def supervise(
    settings: Settings,
    dsn: str,
    listener: socket.socket,
    on_ready: Callable[[], Awaitable[None]] | None = None,
) -> None:
    """Run `settings.processes` until SIGINT or SIGTERM; then let them finish what is under way.

    `listener` has shown that the port is free; in its place comes one that is shared.
    """
    with ExitStack() as stack:
        port = stack.enter_context(_reserve(settings, listener))
        nats = None if settings.nats_url else stack.enter_context(NatsServer())
        figures = stack.enter_context(tempfile.TemporaryDirectory(prefix="hutong-metrics-"))
        chosen = msgspec.structs.replace(
            settings,
            processes=1,
            database_url=dsn,
            database_connections=max(2, min(settings.database_connections, _CONNECTIONS // settings.processes)),
            nats_url=nats.url if nats else settings.nats_url,
        )
        broker = await NatsBroker.open(str(chosen.nats_url))
        try:
            db = await Database.open(dsn, broker=broker, connections=1)
            try:
                await _Parent(chosen, db, nats, port, figures).run(settings.processes, on_ready)
            finally:
                await db.close()
        finally:
            await broker.close()


def _reserve(settings: Settings, listener: socket.socket) -> socket.socket:
    """The port is ours as long as this is open, but only who listens is given connections."""
    listener.close()
    return bind(settings.host, settings.port, is_shared=True, listens=False)


class _Parent:
    def __init__(
        self, settings: Settings, db: Database, nats: NatsServer | None, port: socket.socket, figures: str
    ) -> None:
        self._settings = settings
        self._db = db
        self._nats = nats
        self._port = port
        self._figures = figures
        self._environ = {**os.environ, **setting.as_environ(settings), metrics.FOLDER_VARIABLE: figures}
        self._processes: dict[int, Process] = {}
        self._ending = asyncio.Event()

    async def run(self, count: int, on_ready: Callable[[], Awaitable[None]] | None) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._ending.set)
        try:
            await self._start(count)
            if not self._ending.is_set():
                if on_ready is not None:
                    await on_ready()
                _logger.info("serving", address=self._settings.base_url, processes=count)
            keepers = [loop.create_task(self._keep(number, self._processes[number])) for number in self._processes]
            keepers += [loop.create_task(self._keep_nats(self._nats))] if self._nats else []
            await self._ending.wait()
            for keeper in keepers:
                keeper.cancel()
            await asyncio.wait(keepers)
        finally:
            await self._end()

    async def _start(self, count: int) -> None:
        """All at once; one that cannot start at the first time will not at the second."""
        for number in range(1, count + 1):
            self._processes[number] = await self._spawn(number)
        ready = [asyncio.ensure_future(_is_ready(process)) for process in self._processes.values()]
        ending: asyncio.Future[bool] = asyncio.ensure_future(self._ending.wait())
        for number, is_ready in enumerate(ready, 1):
            await asyncio.wait([is_ready, ending], return_when=asyncio.FIRST_COMPLETED)
            if self._ending.is_set():
                return
            if not is_ready.result():
                raise ProcessFailed(number=number)
        ending.cancel()

    async def _spawn(self, number: int) -> Process:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "hutong.roles.child", str(number),
            stdin=asyncio.subprocess.DEVNULL, stdout=PIPE, env=self._environ,
            preexec_fn=die_with_parent(signal.SIGTERM),
        )  # fmt: skip

    async def _keep(self, number: int, process: Process) -> None:
        """There is always a process of this number, unless it cannot live."""
        pause = _FIRST_PAUSE_SECONDS
        loop = asyncio.get_running_loop()
        while True:
            since = loop.time()
            code = await process.wait()
            mark_process_dead(process.pid, self._figures)  # type: ignore[no-untyped-call]
            pause = _FIRST_PAUSE_SECONDS if loop.time() - since > _WELL_SECONDS else pause
            _logger.error("a process ended and is started again", number=number, exit_code=code, in_seconds=pause)
            await presence.bury(self._db, process_name(self._settings, number))
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
            process = self._processes[number] = await self._spawn(number)

    async def _keep_nats(self, nats: NatsServer) -> None:
        """Where it was before: everybody's connection comes back by itself."""
        while True:
            await asyncio.sleep(_NATS_CHECK_SECONDS)
            if not nats.is_running:
                _logger.error("NATS ended and is started again")
                try:
                    nats.start()
                except HutongError as error:
                    _logger.error("NATS", reason=error.sentence("en"))

    async def _end(self) -> None:
        """Whoever comes now is refused, as no one listens; each process finishes what is under way."""
        self._port.close()
        processes = list(self._processes.values())
        for process in processes:
            with suppress(ProcessLookupError):
                process.terminate()
        waits = [asyncio.ensure_future(process.wait()) for process in processes]
        if not waits:
            return
        await asyncio.wait(waits, timeout=_GRACE_SECONDS)
        for process in processes:
            if process.returncode is None:
                _logger.error("a process did not end and is killed", pid=process.pid)
                process.kill()
        await asyncio.wait(waits)


async def _is_ready(process: Process) -> bool:
    assert process.stdout is not None
    return bool(await process.stdout.readline())
