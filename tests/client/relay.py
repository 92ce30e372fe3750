"""A line between client and server that a test can cut, or take single frames out of. Real sockets on both sides."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

from hutong.client import Client
from tests.people import PATIENCE, Json

Drop = Callable[[Json], bool]


class Relay:
    """Passes bytes on, whatever they are. Of an upgraded connection it knows the server's frames one by one."""

    def __init__(self, base_url: str) -> None:
        upstream = urlsplit(base_url)
        self._upstream = (str(upstream.hostname), int(upstream.port or 80))
        self._lines: set[tuple[asyncio.StreamWriter, asyncio.StreamWriter]] = set()
        self._sockets: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.base_url = ""
        self.is_cut = False
        # Frames of the server that never arrive.
        self.drop: Drop = lambda _: False
        self.dropped: list[Json] = []
        self.upgrades = 0
        self.requests: list[str] = []

    def cut(self) -> None:
        """Every connection breaks at this instant, and none can be had."""
        self.is_cut = True
        for line in self._lines:
            for writer in line:
                writer.transport.abort()

    def mend(self, client: Client | None = None) -> None:
        """The network is back, and `client` knows it: no test sits through its waits."""
        self.is_cut = False
        if client is not None:
            asyncio.get_running_loop().call_later(0.05, client.nudge)

    def inject(self, frame: Json) -> None:
        """As if the server had said it, on every socket."""
        for writer in self._sockets:
            writer.write(_text_frame(json.dumps(frame).encode()))

    def close_sockets(self, code: int) -> None:
        """As if the server had closed them, and said why."""
        for writer in self._sockets:
            writer.write(b"\x88\x02" + code.to_bytes(2, "big"))

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.is_cut:
            writer.transport.abort()
            return
        try:
            server_reader, server_writer = await asyncio.open_connection(*self._upstream)
        except OSError:
            writer.transport.abort()
            return
        line = (writer, server_writer)
        self._lines.add(line)
        ways = [
            asyncio.ensure_future(self._pass_up(reader, server_writer)),
            asyncio.ensure_future(self._pass_down(server_reader, writer)),
        ]
        self._tasks.update(ways)
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._lines.discard(line)
            self._sockets.discard(writer)
            for way in ways:
                way.cancel()
            for end in line:
                end.close()

    async def _pass_up(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        is_upgraded = False
        while chunk := await _read(reader):
            if not is_upgraded and b"HTTP/1.1\r\n" in chunk:
                self.requests.append(chunk.split(b" HTTP/1.1", 1)[0].decode("latin-1"))
                is_upgraded = b"upgrade: websocket" in chunk.lower()
                self.upgrades += is_upgraded
            writer.write(chunk)

    async def _pass_down(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        held = b""
        while chunk := await _read(reader):
            held += chunk
            if writer not in self._sockets:
                if not held.startswith(b"HTTP/1.1 101"):
                    writer.write(held)
                    held = b""
                    continue
                head, separator, held = held.partition(b"\r\n\r\n")
                writer.write(head + separator)
                self._sockets.add(writer)
            while (size := _frame_size(held)) is not None:
                frame, held = held[:size], held[size:]
                if not self._loses(frame):
                    writer.write(frame)

    def _loses(self, frame: bytes) -> bool:
        if frame[0] != 0x81:
            return False
        said = json.loads(frame[_head_size(frame) :])
        if self.drop(said):
            self.dropped.append(said)
            return True
        return False


@asynccontextmanager
async def relay_to(base_url: str) -> AsyncIterator[Relay]:
    relay = Relay(base_url)
    server = await asyncio.start_server(relay.serve, "127.0.0.1", 0)
    relay.base_url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield relay
    server.close()
    relay.cut()


async def until(is_so: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not is_so():  # noqa: ASYNC110 - what it waits for happens in another program's place
            await asyncio.sleep(0.01)


async def _read(reader: asyncio.StreamReader) -> bytes:
    with suppress(ConnectionError):
        return await reader.read(65_536)
    return b""


def _head_size(frame: bytes) -> int:
    return {126: 4, 127: 10}.get(frame[1] & 0x7F, 2)


def _frame_size(held: bytes) -> int | None:
    """Of the first whole frame (unmasked, as servers send them); None while it is not there."""
    if len(held) < 2 or len(held) < _head_size(held):
        return None
    head = _head_size(held)
    size = head + (held[1] & 0x7F if head == 2 else int.from_bytes(held[2:head], "big"))
    return size if len(held) >= size else None


def _text_frame(payload: bytes) -> bytes:
    head = bytes((0x81, len(payload))) if len(payload) < 126 else b"\x81\x7e" + len(payload).to_bytes(2, "big")
    return head + payload
