"""A real PostgreSQL, a real server, and the cast at its door.

One cluster a worker; a template database with all migrations and the cast; a fresh copy of it and a server of its own
for each test that asks for either, all in the test's own event loop.
"""

import asyncio
import gc
import inspect
import itertools
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import uvloop
from litestar import Litestar

from hutong.core import log, migrate
from hutong.core.db import Database
from hutong.core.live import Broker
from hutong.core.postgres import Postgres
from hutong.core.settings import Settings
from hutong.gateway import MemoryBroker, NatsBroker, NatsServer
from hutong.roles.serve import Network, bind, make_server, open_network
from tests.cast import Role, found_companies
from tests.memory import folder_in_memory
from tests.people import Caller, Consumer, Member

_numbers = itertools.count(1)


def pytest_asyncio_loop_factories(config: pytest.Config, item: pytest.Item) -> dict[str, Callable[[], Any]]:
    """The loop that the program runs on."""
    del config, item
    return {"uvloop": uvloop.new_event_loop}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test outside the loop would be given a database and a server of another loop."""
    for item in items:
        function = getattr(item, "function", None)
        # Under hypothesis the coroutine is the inner test.
        inner = getattr(getattr(function, "hypothesis", None), "inner_test", function)
        is_sync = isinstance(item, pytest.Function) and not inspect.iscoroutinefunction(inner)
        if is_sync and "template" in item.fixturenames:  # type: ignore[attr-defined]  # every Function has them
            raise pytest.UsageError(f"{item.nodeid} asks for the database or the cast: write it as `async def`")


@pytest.fixture(scope="session", autouse=True)
def quiet_logs() -> None:
    log.configure("warning")


@pytest.fixture(scope="session", autouse=True)
def rare_garbage() -> None:
    """As in the program, and for a stronger reason: each test makes a network, and what pytest holds is large."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 10)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A cluster of this worker's own. It need not survive the machine, so it never waits for the disk.

    In memory: a new database is a thousand small files, 16 ms there and 180 ms on a disk.
    """
    settings = {"shared_buffers": "64MB", "autovacuum": "off", "max_wal_size": "128MB"}
    with folder_in_memory() as folder, Postgres(folder, is_durable=False, settings=settings) as postgres:
        yield postgres


@pytest.fixture(scope="session")
async def template(postgres: Postgres) -> dict[str, Role]:
    """Makes the database `template` once; who is in it."""
    await _sql(postgres, 'create database "template"')
    await migrate.upgrade(postgres.dsn("template"))
    db = await Database.open(postgres.dsn("template"), connections=2)
    try:
        return await found_companies(db)
    finally:
        await db.close()


@pytest.fixture(scope="session")
async def afterwards() -> AsyncIterator[Callable[[Coroutine[Any, Any, None]], None]]:
    """What a test leaves behind is cleared away, in order, beside the next ones; the session ends when all is done."""
    waiting: asyncio.Queue[Coroutine[Any, Any, None] | None] = asyncio.Queue()

    async def clear() -> None:
        while (work := await waiting.get()) is not None:
            await work

    clearing = asyncio.get_running_loop().create_task(clear())
    yield waiting.put_nowait
    waiting.put_nowait(None)
    await clearing


@pytest.fixture
async def dsn(
    postgres: Postgres, template: dict[str, Role], afterwards: Callable[[Coroutine[Any, Any, None]], None]
) -> AsyncIterator[str]:
    """A database of the test's own: all migrations, the cast, nothing said yet."""
    name = f"test_{next(_numbers)}"
    await _sql(postgres, f'create database "{name}" template "template" strategy file_copy')
    yield postgres.dsn(name)
    afterwards(_sql(postgres, f'drop database "{name}" with (force)'))


@pytest.fixture
async def db(dsn: str) -> AsyncIterator[Database]:
    """The test's database, for looking at what no door shows."""
    db = await Database.open(dsn, connections=4)
    yield db
    await db.close()


@pytest.fixture(scope="session")
def nats() -> Iterator[NatsServer]:
    """A NATS of this worker's own; `nats.url` is a HUTONG_NATS_URL."""
    with NatsServer() as server:
        yield server


@pytest.fixture
async def broker(request: pytest.FixtureRequest) -> AsyncIterator[Broker]:
    """The network's: in memory; `@pytest.mark.parametrize("broker", ["memory", "nats"], indirect=True)` tries both."""
    if getattr(request, "param", "memory") == "memory":
        yield MemoryBroker()
        return
    broker = await NatsBroker.open(request.getfixturevalue("nats").url)
    yield broker
    await broker.close()


@pytest.fixture
def options() -> dict[str, Any]:
    """Settings of the network that are not the usual ones: a module has a fixture of this name."""
    return {}


@pytest.fixture(scope="session")
def idle_apps() -> list[Litestar]:
    """Applications whose network has ended: to make one costs more than the rest of a network."""
    return []


@pytest.fixture
async def network(
    dsn: str,
    broker: Broker,
    options: dict[str, Any],
    tmp_path: Path,
    idle_apps: list[Litestar],
    afterwards: Callable[[Coroutine[Any, Any, None]], None],
) -> AsyncIterator[Network]:
    """The whole network on a free port of the loopback."""
    listener = bind("127.0.0.1", 0)
    # A test's push service is on this machine; and what a test links to is not asked, unless it is about that.
    wanted = {"push_loopback": True, "link_previews": False} | options
    settings = Settings(data=tmp_path, port=listener.getsockname()[1], **wanted)
    opened = open_network(settings, dsn, broker=broker, app=idle_apps.pop() if idle_apps else None)
    network = await opened.__aenter__()
    server = make_server(network)
    server.config.load()
    server.lifespan = server.config.lifespan_class(server.config)
    await server.startup(sockets=[listener])
    yield network
    # Refuse at once, as a stopped server does; the rest takes its tenth of a second beside the next test.
    for door in server.servers:
        door.close()

    async def close() -> None:
        await server.shutdown(sockets=[listener])
        await opened.__aexit__(None, None, None)
        idle_apps.append(network.app)

    afterwards(close())


@pytest.fixture
def app(network: Network) -> Litestar:
    return network.app


@pytest.fixture
def base_url(network: Network) -> str:
    return network.settings.base_url


@pytest.fixture
async def nobody(base_url: str) -> AsyncIterator[Caller]:
    """Somebody whom nobody knows."""
    async with Caller(base_url) as caller:
        yield caller


def _member(who: str) -> Callable[..., AsyncIterator[Member]]:
    async def member(base_url: str, template: dict[str, Role]) -> AsyncIterator[Member]:
        role = template[who]
        async with Member(base_url, **role._asdict()) as member:
            yield member

    member.__doc__ = f"{who}, signed in."
    return pytest.fixture(name=who)(member)


lin = _member("lin")
zhao = _member("zhao")
chen = _member("chen")
sun = _member("sun")


@pytest.fixture
async def wu(base_url: str) -> AsyncIterator[Consumer]:
    """Ms Wu with her phone, before she said anything."""
    async with Consumer(base_url) as consumer:
        yield consumer


@pytest.fixture
async def qian(base_url: str) -> AsyncIterator[Consumer]:
    """Mr Qian, another customer, before he said anything."""
    async with Consumer(base_url) as consumer:
        yield consumer


async def _sql(postgres: Postgres, statement: str) -> None:
    connection = await asyncpg.connect(postgres.dsn("postgres"))
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
