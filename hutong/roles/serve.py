"""One process: its roles on one port, in front of one PostgreSQL. By default it is everything."""

import asyncio
import gc
import resource
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from typing import Any, cast

import uvicorn
from litestar import Litestar

from hutong import files
from hutong.core import log, presence
from hutong.core.db import Database
from hutong.core.errors import HutongError
from hutong.core.http import Edge
from hutong.core.live import Broker
from hutong.core.settings import Settings
from hutong.gateway import BoundedHttp, LiveServer, MemoryBroker, NatsBroker
from hutong.identity import Recognizer
from hutong.messaging import Indexer, MessageWriter, ReadWriter
from hutong.roles import jobs
from hutong.roles.api import make_app, put_behind
from hutong.roles.live import make_live_server

INDEXER = "hutong indexer"
_GRACE_SECONDS = 10
_OPEN_FILES = 65_536
_logger = log.logger(__name__)


class PortTaken(HutongError):
    code = "port_taken"
    zh = "端口 {port} 无法使用({reason})。请用 --port 换一个，或停掉占用它的程序。"
    en = "Port {port} cannot be used ({reason}). Choose another with --port, or stop the program that holds it."


class Network:
    """The parts of a running network, put together."""

    def __init__(self, db: Database, app: Litestar, live: LiveServer, settings: Settings) -> None:
        self.db = db
        self.app = app
        self.live = live
        self.settings = settings


@asynccontextmanager
async def open_network(
    settings: Settings, dsn: str, *, broker: Broker | None = None, app: Litestar | None = None, number: int = 0
) -> AsyncIterator[Network]:
    """Everything but the port. The database has been migrated. `number` tells processes that share a port apart.

    Without a `broker` the settings choose one. Without an `app` one is made; one that served a network which has
    ended, of the same roles, saves its making (0.2 s). What stands first is ended last: what the writer tells at its
    end still finds the broker.
    """
    async with AsyncExitStack() as stack:
        if broker is None:
            broker = await _open_broker(settings, stack)
        db = await Database.open(dsn, broker=broker, connections=settings.database_connections)
        stack.push_async_callback(db.close)
        if settings.nats_url:
            await stack.enter_async_context(presence.present(db, process_name(settings, number), settings.roles))
        else:
            await presence.forget_lapsed(db)
        indexer = None
        if "worker" in settings.role_names:
            # A connection of its own: no request waits for words to be indexed, and what it costs can be told apart.
            index_db = await Database.open(dsn, connections=1, name=INDEXER)
            stack.push_async_callback(index_db.close)
            indexer = Indexer(index_db)
        # Where nobody works on them, hints would only gather.
        writer, reads = MessageWriter(db, indexer.hint if indexer else None), ReadWriter(db)
        stack.push_async_callback(reads.close)
        stack.push_async_callback(writer.close)
        file_store = files.open_store(settings)
        recognizer = Recognizer(db)
        live = make_live_server(settings, db, writer, reads, recognizer)
        app = app or make_app(settings.role_names)
        put_behind(app, settings, db, file_store, writer, reads, recognizer)
        if "gateway" in settings.role_names:
            await live.start()
            stack.push_async_callback(live.stop)
        if indexer is not None:
            await stack.enter_async_context(jobs.running(db, file_store, indexer, writer, settings))
        yield Network(db, app, live, settings)


async def _open_broker(settings: Settings, stack: AsyncExitStack) -> Broker:
    if settings.nats_url is None:
        return MemoryBroker()
    broker = await NatsBroker.open(settings.nats_url)
    stack.push_async_callback(broker.close)
    return broker


def process_name(settings: Settings, number: int) -> str:
    """The same after a restart, and no other process's."""
    return f"{socket.gethostname()}:{settings.port}/{number}"


class _Server(uvicorn.Server):
    """uvicorn's server that says when it is up, and lets clients go before it waits for them."""

    def __init__(
        self, network: Network, config: uvicorn.Config, on_ready: Callable[[], Awaitable[None]] | None
    ) -> None:
        super().__init__(config)
        self._network = network
        self._on_ready = on_ready

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """uvicorn's own would raise the signal again after the last answer, and end us before we have tidied up."""
        loop = asyncio.get_running_loop()
        caught = (signal.SIGINT, signal.SIGTERM)
        for number in caught:
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in caught:
                loop.remove_signal_handler(number)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self._on_ready is not None:
            await self._on_ready()
        self._network.app.state.is_ready = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Nobody new; what is under way is done and answered; then each client is told to come back."""
        self._network.app.state.is_ready = False
        for server in self.servers:
            server.close()
        await self._network.live.stop()
        await super().shutdown(sockets)


def make_server(network: Network, on_ready: Callable[[], Awaitable[None]] | None = None) -> uvicorn.Server:
    settings = network.settings
    options: dict[str, Any] = {}
    if settings.tls_certificate and settings.tls_key:
        options = {"ssl_certfile": str(settings.tls_certificate), "ssl_keyfile": str(settings.tls_key)}
    config = uvicorn.Config(
        cast("Any", Edge(network.app, settings)),
        http=BoundedHttp,
        ws=cast("Any", network.live.protocol_class()) if "gateway" in settings.role_names else "none",
        lifespan="off",
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        server_header=False,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        **options,
    )
    return _Server(network, config, on_ready)


def bind(host: str, port: int, *, is_shared: bool = False, listens: bool = True) -> socket.socket:
    """A listening socket, or PortTaken before anything else was started. Port 0 takes a free one.

    Shared, other processes of this user may listen there too, and the kernel spreads the connections over them.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if is_shared:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        listener.bind((host, port))
        if listens:
            listener.listen(2048)
    except OSError as cause:
        listener.close()
        raise PortTaken(port=port, reason=cause.strerror or str(cause)) from cause
    listener.set_inheritable(True)
    return listener


def _allow_many_clients() -> None:
    """Each client is an open file, and many systems begin a process with 1024 of them although it may have more."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _OPEN_FILES if most == resource.RLIM_INFINITY else most
    with suppress(ValueError, OSError):  # some systems name a limit that they then do not give
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def _collect_garbage_rarely() -> None:
    """A message makes no cycles, only an upgrade does. What is there at the start stays, and is never searched."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 10)


async def serve(
    settings: Settings,
    dsn: str,
    listener: socket.socket,
    on_ready: Callable[[], Awaitable[None]] | None = None,
    *,
    number: int = 0,
) -> None:
    """Run until SIGINT or SIGTERM; then tell the clients, finish what is under way, and return."""
    _allow_many_clients()
    async with open_network(settings, dsn, number=number) as network:
        _logger.info("serving", address=settings.base_url)
        _collect_garbage_rarely()
        await make_server(network, on_ready).serve(sockets=[listener])
