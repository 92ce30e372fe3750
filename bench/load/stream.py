"""One light client: a handshake, then a raw stream of bytes in which tokens are counted and nothing is parsed.

Every message's text begins with a token that survives JSON, XML and unmasked WebSocket frames alike:
`~HT`, twelve hex digits of microseconds on the monotonic clock, four of the sender, six of a running number.
"""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable
from typing import cast

MARK = b"~HT"
TOKEN_BYTES = 25
_PATIENCE_SECONDS = 60
# Linux: the port is chosen when connecting, so that each address has all ports for each server.
_IP_BIND_ADDRESS_NO_PORT = 24


def make_text(sender: int, number: int, size: int) -> bytes:
    """`size` bytes that begin with a token of this moment."""
    token = b"~HT%012x%04x%06x" % (time.monotonic_ns() // 1000, sender & 0xFFFF, number & 0xFFFFFF)
    return token + b"x" * (size - TOKEN_BYTES)


class Stream(asyncio.Protocol):
    """A connection: `expect` during the handshake, `hear` from then on."""

    def __init__(self, person: int) -> None:
        self.person = person
        self.is_lost = False
        self._transport: asyncio.Transport | None = None
        self._heard = b""
        self._hear: Callable[[bytes], None] | None = None
        self._wanted: tuple[bytes, ...] = ()
        self._found: asyncio.Future[bytes] | None = None

    async def open(self, port: int, address: str | None) -> None:
        line = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        line.setblocking(False)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if address:
            line.setsockopt(socket.IPPROTO_IP, _IP_BIND_ADDRESS_NO_PORT, 1)
            line.bind((address, 0))
        loop = asyncio.get_running_loop()
        await loop.sock_connect(line, ("127.0.0.1", port))
        await loop.create_connection(lambda: self, sock=line)

    def write(self, data: bytes) -> None:
        if self._transport is not None:
            self._transport.write(data)

    @property
    def waits_to_be_sent(self) -> int:
        """Bytes that the line has not taken yet."""
        return self._transport.get_write_buffer_size() if self._transport is not None else 0

    async def expect(self, *wanted: bytes) -> bytes:
        """Wait for one of these in what the server says; what was said up to its end."""
        self._wanted = wanted
        self._found = asyncio.get_running_loop().create_future()
        self._look()
        try:
            return await asyncio.wait_for(self._found, _PATIENCE_SECONDS)
        except TimeoutError:
            raise TimeoutError(f"client {self.person} wanted {wanted}, has {self._heard[-300:]!r}") from None
        finally:
            self._found = None

    def hear(self, listener: Callable[[bytes], None]) -> None:
        """From now on the listener is given every byte."""
        self._hear = listener
        if self._heard:
            listener(self._heard)
            self._heard = b""

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def _look(self) -> None:
        if self._found is None or self._found.done():
            return
        for words in self._wanted:
            start = self._heard.find(words)
            if start >= 0:
                end = start + len(words)
                self._found.set_result(self._heard[:end])
                self._heard = self._heard[end:]
                return
        if self.is_lost:
            self._found.set_exception(ConnectionError(f"client {self.person}: hung up after {self._heard[-300:]!r}"))

    # -- asyncio's side --

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        if self._hear is not None:
            self._hear(data)
        else:
            self._heard += data
            self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self.is_lost = True
        self._look()


class Tally:
    """What all clients of one load have received."""

    def __init__(self) -> None:
        self.count = 0
        self.last_at = 0.0
        self.latencies: list[int] | None = None
        self._goal = 0
        self._reached: asyncio.Future[None] | None = None

    def add(self, count: int) -> None:
        self.count += count
        self.last_at = time.monotonic()
        if self._reached is not None and self.count >= self._goal and not self._reached.done():
            self._reached.set_result(None)

    async def reach(self, goal: int, patience_seconds: float) -> bool:
        """Whether that many have arrived within the patience."""
        if self.count >= goal:
            return True
        self._goal, self._reached = goal, asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(self._reached, patience_seconds)
        except TimeoutError:
            return False
        finally:
            self._reached = None
        return True


class Marks:
    """Counts the places where a mark stands in one stream, without reading what is around it."""

    def __init__(self, mark: bytes, add: Callable[[int], None]) -> None:
        self._mark = mark
        self._add = add
        self._tail = b""

    def __call__(self, data: bytes) -> None:
        if self._tail:
            data = self._tail + data
        # Shorter than the mark, so none is counted twice; long enough for one that is cut in two.
        self._tail = data[1 - len(self._mark) :]
        count = data.count(self._mark)
        if count:
            self._add(count)


class Tokens:
    """Reads every token of one stream: its age, and whether it came from `sender`, which `answer` then hears of.

    With `only`, the tokens of everybody else (one's own, come back) are passed over.
    """

    def __init__(self, tally: Tally, sender: int = -1, answer: Callable[[], None] | None = None, *, only: bool = False):
        self._tally = tally
        self._sender = b"%04x" % sender if sender >= 0 else b""
        self._answer = answer
        self._only = only
        self._rest = b""

    def __call__(self, data: bytes) -> None:
        if self._rest:
            data, self._rest = self._rest + data, b""
        cut = data.rfind(b"~", 1 - TOKEN_BYTES)
        if cut >= 0:
            data, self._rest = data[:cut], data[cut:]
        place = data.find(MARK)
        if place < 0:
            return
        count = answers = 0
        latencies = self._tally.latencies
        now = 0 if latencies is None else time.monotonic_ns() // 1000
        while place >= 0:
            is_senders = data[place + 15 : place + 19] == self._sender
            answers += is_senders
            if is_senders or not self._only:
                count += 1
                if latencies is not None:
                    latencies.append(now - int(data[place + 3 : place + 15], 16))
            place = data.find(MARK, place + TOKEN_BYTES)
        if count:
            self._tally.add(count)
        if self._answer is not None:
            for _ in range(answers):
                self._answer()
