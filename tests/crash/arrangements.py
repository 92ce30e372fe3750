"""The network as it may stand in a company, and how each of its parts dies."""

import os
import random
import signal
from abc import abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from hutong.core import migrate
from hutong.core.db import Database
from hutong.core.postgres import Postgres
from hutong.gateway import NatsServer
from tests.cast import Role, found_companies
from tests.crash.balancer import balancing
from tests.roles.served import Served

Kill = Callable[[], Awaitable[None]]


class Arrangement:
    """`kills` has, by its name, how to kill each part; what nothing starts again is started by the kill."""

    base_url: str
    dsn: str
    cast: dict[str, Role]
    kills: dict[str, Kill]

    @abstractmethod
    async def ready(self) -> None:
        """Everything that was killed is there again."""


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


class Together(Arrangement):
    """`hutong serve --processes 2`: two processes that do everything, with PostgreSQL and NATS of their own."""

    def __init__(self, data: Path, cast: dict[str, Role], dsn: str) -> None:
        self.cast, self.dsn = cast, dsn
        self._served = Served("", data, processes=2, log_level="critical")
        self.base_url = self._served.base_url
        self.kills = {
            "everything": self._kill_everything,
            "nats": self._kill_nats,
            "process": self._kill_process,
            "postgres": self._kill_postgres,
            "backend": self._kill_backend,
        }

    async def ready(self) -> None:
        await self._served.ready()

    def start(self) -> None:
        self._served.spawn()

    def stop(self) -> None:
        self._served.kill()

    async def _kill_process(self) -> None:
        kill(random.choice(self._served.pids_named("hutong.roles.child")))

    async def _kill_nats(self) -> None:
        kill(self._served.pid_named("nats-server"))

    async def _kill_postgres(self) -> None:
        kill(self._served.pid_named("bin/postgres"))

    async def _kill_backend(self) -> None:
        kill(random.choice(self._served.pids_named("[local]")))

    async def _kill_everything(self) -> None:
        self._served.kill()
        self._served.spawn()


class Apart(Arrangement):
    """Each role in processes of its own: two gateways, two APIs, a worker; one PostgreSQL and one NATS for all."""

    def __init__(self, data: Path, cast: dict[str, Role], postgres: Postgres, nats: NatsServer) -> None:
        self.cast, self.dsn = cast, postgres.dsn()
        self._postgres, self._nats = postgres, nats
        self._served = {
            role: [Served(self.dsn, data, roles=role, nats_url=nats.url, log_level="critical") for _ in range(count)]
            for role, count in {"gateway": 2, "api": 2, "worker": 1}.items()
        }
        self.kills = {
            "gateway": lambda: self._kill_role("gateway"),
            "postgres": self._kill_postgres,
            "api": lambda: self._kill_role("api"),
            "nats": self._kill_nats,
            "worker": lambda: self._kill_role("worker"),
        }

    def ports(self, role: str) -> list[int]:
        return [served.port for served in self._served[role]]

    async def ready(self) -> None:
        for served in self._all():
            await served.ready()

    def start(self) -> None:
        for served in self._all():
            served.spawn()

    def stop(self) -> None:
        for served in self._all():
            served.kill()

    def _all(self) -> list[Served]:
        return [served for of_role in self._served.values() for served in of_role]

    async def _kill_role(self, role: str) -> None:
        victim = random.choice(self._served[role])
        victim.kill()
        victim.spawn()

    async def _kill_nats(self) -> None:
        assert self._nats.pid is not None
        kill(self._nats.pid)
        self._nats.stop()
        self._nats.start()

    async def _kill_postgres(self) -> None:
        assert self._postgres.pid is not None
        kill(self._postgres.pid)
        self._postgres.revive()


@asynccontextmanager
async def together(data: Path) -> AsyncIterator[Arrangement]:
    with Postgres(data) as postgres:
        cast, dsn = await _found(postgres), postgres.dsn()
    arrangement = Together(data, cast, dsn)
    arrangement.start()
    try:
        await arrangement.ready()
        yield arrangement
    finally:
        arrangement.stop()


@asynccontextmanager
async def apart(data: Path) -> AsyncIterator[Arrangement]:
    with Postgres(data) as postgres, NatsServer() as nats:
        arrangement = Apart(data, await _found(postgres), postgres, nats)
        arrangement.start()
        try:
            await arrangement.ready()
            async with balancing(arrangement.ports("gateway"), arrangement.ports("api")) as arrangement.base_url:
                yield arrangement
        finally:
            arrangement.stop()


async def _found(postgres: Postgres) -> dict[str, Role]:
    await migrate.upgrade(postgres.dsn())
    db = await Database.open(postgres.dsn(), connections=2)
    try:
        return await found_companies(db)
    finally:
        await db.close()
