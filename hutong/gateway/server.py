"""The door: an upgrade request on the HTTP port becomes a session, after somebody has said who it is.

uvicorn parses the request and hands it to the class that `protocol_class` makes; that class asks `admit`, then lets
picows answer the handshake on the same connection. The pieces lean on two details of picows (its server is made by
`loop.create_server(factory, …)`; its protocol has `.transport`), so both libraries are pinned to minor versions.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any

import msgspec
from picows import WSUpgradeRequest, ws_create_server

from hutong.core import errors, events, log
from hutong.core.actor import Actor
from hutong.core.errors import HutongError
from hutong.gateway import protocol
from hutong.gateway.hub import Hub
from hutong.gateway.protocol import Refusal
from hutong.gateway.session import Session

_READ_BUFFER_BYTES = 1024
_READ_AT_ONCE_BYTES = 4096
_logger = log.logger(__name__)


class Admission(msgspec.Struct, frozen=True):
    """Who may come in, and in which language refusals are told."""

    actor: Actor
    language: str


class Request(msgspec.Struct, frozen=True):
    """An upgrade request: path, query and lower-case headers."""

    path: str
    query: str
    headers: Mapping[str, str]


# Says who it is, or raises the HutongError that refuses.
Admit = Callable[[Request], Awaitable[Admission]]


class LiveServer:
    def __init__(self, hub: Hub, admit: Admit) -> None:
        self.hub = hub
        self.admit = admit
        self._factory: Callable[[], Any] | None = None
        self._admission: Admission | None = None

    async def start(self) -> None:
        self._factory = await _picows_factory(self._listener)
        self.hub.start()

    async def stop(self) -> None:
        await self.hub.stop()

    def _listener(self, request: WSUpgradeRequest) -> Session | None:
        del request
        # Set by the very call that fed the request, on this turn of the loop.
        admission = self._admission
        return Session(self.hub, admission.actor, admission.language) if admission else None

    def make_protocol(self) -> Any:
        """A fresh picows protocol for one connection."""
        if self._factory is None:
            raise errors.Unavailable
        return self._factory()

    def feed(self, connection: "Connection", request: bytes, admission: Admission) -> None:
        self._admission = admission
        try:
            connection.feed(request)
        finally:
            self._admission = None

    def protocol_class(self) -> type["Connection"]:
        """What uvicorn takes as `ws=`."""
        server = self

        class BoundConnection(Connection):
            __slots__ = ()

            def __init__(self, config: Any, server_state: Any, app_state: Any) -> None:
                del config, app_state
                super().__init__(server, server_state)

        return BoundConnection


class Connection:
    """One upgraded connection. Not an asyncio.Protocol: uvloop would then not read into picows' own buffer."""

    __slots__ = (
        "_server",
        "_state",
        "_task",
        "buffer_updated",
        "eof_received",
        "pause_writing",
        "resume_writing",
        "transport",
        "ws",
    )

    def __init__(self, server: LiveServer, server_state: Any) -> None:
        self._server = server
        self._state = server_state
        self._task: asyncio.Task[None] | None = None
        ws = self.ws = server.make_protocol()
        self.buffer_updated = ws.buffer_updated
        self.pause_writing, self.resume_writing = ws.pause_writing, ws.resume_writing
        self.eof_received = ws.eof_received

    def get_buffer(self, size_hint: int) -> memoryview:
        """Room for a piece of what came: a flood is answered piece by piece, and others between."""
        room: memoryview = self.ws.get_buffer(size_hint)
        return room[:_READ_AT_ONCE_BYTES]

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self._state.connections.add(self)
        self.ws.connection_made(transport)

    def data_received(self, data: bytes) -> None:
        """Called once, with the upgrade request as uvicorn rebuilt it."""
        self.transport.pause_reading()
        self._task = asyncio.get_running_loop().create_task(self._admit(data))

    async def _admit(self, data: bytes) -> None:
        try:
            admission = await self._server.admit(_parse(data))
        except HutongError as error:
            self._refuse(error)
            return
        except Exception as error:
            _logger.error("an upgrade failed", exc_info=error)
            self._refuse(HutongError())
            return
        if self._server.hub.is_draining:
            self._refuse(errors.Unavailable())
        elif not self.transport.is_closing():
            self.transport.resume_reading()
            self._server.feed(self, data, admission)

    def _refuse(self, error: HutongError) -> None:
        body = events.encode(Refusal(code=error.code, message=error.sentence("en"), retry=error.retry))
        status = HTTPStatus(error.status)
        self.transport.write(
            f"HTTP/1.1 {status.value} {status.phrase}\r\ncontent-type: application/json\r\n"
            f"content-length: {len(body)}\r\nconnection: close\r\n\r\n".encode()
            + body
        )
        self.transport.close()

    def feed(self, data: bytes) -> None:
        # In pieces: the read buffer may be smaller than the headers.
        while data:
            buffer = self.get_buffer(-1)
            size = min(len(buffer), len(data))
            buffer[:size] = data[:size]
            data = data[size:]
            self.buffer_updated(size)

    def connection_lost(self, error: Exception | None) -> None:
        self._state.connections.discard(self)
        self.ws.connection_lost(error)

    def shutdown(self) -> None:
        """uvicorn ends: who is still at the door goes. A session was told by the hub and ends when its client knows."""
        if self._task is None or not self._task.done():
            self.transport.close()


async def _picows_factory(listener: Callable[[WSUpgradeRequest], Session | None]) -> Callable[[], Any]:
    """The protocol factory that picows' server would listen with; opens nothing."""
    loop, made = asyncio.get_running_loop(), []

    async def capture(factory: Callable[[], Any], *_: Any, **__: Any) -> None:
        made.append(factory)

    # Shadows the method on the instance for one call during which nothing else runs.
    loop.create_server = capture  # type: ignore[method-assign,assignment]
    try:
        await ws_create_server(
            listener,
            use_aiofastnet=False,
            max_frame_size=protocol.MAX_FRAME_BYTES,
            read_buffer_init_size=_READ_BUFFER_BYTES,
            # picows would answer past the session's queue: pings without end from who never reads would fill memory.
            enable_auto_pong=False,
        )
    finally:
        del loop.create_server
    return made[0]


def _parse(data: bytes) -> Request:
    head = data.split(b"\r\n\r\n", 1)[0].decode("latin-1").split("\r\n")
    target = head[0].split(" ")[1] if " " in head[0] else "/"
    path, _, query = target.partition("?")
    headers: dict[str, str] = {}
    for line in head[1:]:
        name, _, value = line.partition(":")
        name = name.strip().lower()
        # One header sent as several is one list of them (RFC 9110, 5.3); of cookies too (RFC 9113, 8.2.3).
        before = f"{headers[name]}{'; ' if name == 'cookie' else ', '}" if name in headers else ""
        headers[name] = before + value.strip()
    return Request(path=path, query=query, headers=headers)
