"""One socket kept open as docs/protocol.md says: welcome, heartbeat, close codes, waits between attempts."""

import asyncio
import logging
import random
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus

from hutong.client import frames
from hutong.client.errors import LineRefused, SignedOut
from hutong.client.frames import Frame, Welcome

# How long a socket may take to its welcome.
_OPEN_SECONDS = 10
# A socket that lived shorter than this counts as one more failure, else a server that drops everybody is hammered.
_STEADY_SECONDS = 10
_TOO_SLOW = 1013
_SIGNED_OUT = 4001
_FINAL = {1003, 1009, 4008, 4009}
# The server's frames are small; a proxy that answers without end is not read for ever.
_MAX_HEARD_BYTES = 16 * 1024 * 1024

_logger = logging.getLogger("hutong.client")


def reconnect_delay(attempt: int) -> float:
    """Seconds before attempt n (1, 2, …): anywhere up to min(30, 0.5 · 2ⁿ), so that thousands do not return at once."""
    return random.uniform(0, min(30.0, 0.5 * 2 ** min(attempt, 10)))


class Connection:
    """`on_frame` hears every frame in order, the welcome first. What is told while there is no socket is lost: whoever
    tells repeats after the next welcome what has to arrive."""

    def __init__(
        self, url: str, headers: Callable[[], Mapping[str, str]], on_frame: Callable[[Frame], None], *, trust_env: bool
    ) -> None:
        self._url = url
        self._headers = headers
        self._on_frame = on_frame
        self._trust_env = trust_env
        self.welcome: Welcome | None = None
        self._outgoing: asyncio.Queue[bytes] = asyncio.Queue()
        self._heard_at = 0.0
        self._nudged = asyncio.Event()

    @property
    def is_open(self) -> bool:
        return self.welcome is not None

    def tell(self, frame: Mapping[str, Any]) -> bool:
        """True: it goes into the socket, which is no promise that it arrives."""
        if self.is_open:
            self._outgoing.put_nowait(msgspec.json.encode(frame))
        return self.is_open

    async def run(self) -> None:
        """Until cancelled; raises SignedOut or LineRefused when coming back would change nothing."""
        failures = 0
        loop = asyncio.get_running_loop()
        while True:
            began_at = loop.time()
            self._nudged.clear()
            code = await self._live_once()
            was_steady = loop.time() - began_at > _STEADY_SECONDS
            failures = 1 if was_steady else failures + 1
            if code == _SIGNED_OUT:
                raise SignedOut("the session has ended")
            if code in _FINAL:
                raise LineRefused(f"the server closed with {code}")
            if not (code == _TOO_SLOW and (was_steady or failures == 1)):
                await self._wait(reconnect_delay(failures))

    def nudge(self) -> None:
        """The network is back: an attempt that waits is made now."""
        self._nudged.set()

    async def _wait(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._nudged.wait()

    async def _live_once(self) -> int | None:
        """One socket from the handshake to its end; the close code, None where there was none."""
        try:
            async with connect(
                self._url,
                additional_headers=self._headers(),
                compression=None,
                # The protocol's own heartbeat: it also keeps proxies from calling the line idle.
                ping_interval=None,
                open_timeout=_OPEN_SECONDS,
                close_timeout=1,
                max_size=_MAX_HEARD_BYTES,
                proxy=True if self._trust_env else None,
            ) as socket:
                await self._speak(socket)
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else None
        except InvalidStatus as refused:
            _check_status(refused.response.status_code)
        except (OSError, TimeoutError, InvalidHandshake) as error:
            _logger.info("no line: %s", error)
        finally:
            self.welcome = None
        return None

    async def _speak(self, socket: ClientConnection) -> None:
        """Ends by the exception that the end of the socket raises."""
        async with asyncio.timeout(_OPEN_SECONDS):
            welcome = None
            while not isinstance(welcome, Welcome):
                welcome = frames.decode(await socket.recv())
        self._outgoing = asyncio.Queue()
        self.welcome = welcome
        beside = [
            asyncio.create_task(self._write(socket)),
            asyncio.create_task(self._beat(socket, welcome.heartbeat_seconds)),
        ]
        try:
            self._on_frame(welcome)
            loop = asyncio.get_running_loop()
            while True:
                text = await socket.recv()
                self._heard_at = loop.time()
                frame = frames.decode(text)
                if frame is not None:
                    self._on_frame(frame)
        finally:
            for task in beside:
                task.cancel()
                with suppress(asyncio.CancelledError, ConnectionClosed):
                    await task

    async def _write(self, socket: ClientConnection) -> None:
        with suppress(ConnectionClosed):
            while True:
                await socket.send(await self._outgoing.get(), text=True)

    async def _beat(self, socket: ClientConnection, every: float) -> None:
        """Says something each beat; hangs up on a server of which nothing was heard for two."""
        loop = asyncio.get_running_loop()
        self._heard_at = loop.time()
        while True:
            await asyncio.sleep(every)
            if loop.time() - self._heard_at > 2 * every:
                _logger.info("nothing heard for two heartbeats")
                socket.transport.abort()
                return
            self.tell({"type": "ping"})


def _check_status(status: int) -> None:
    """An upgrade that is refused for good, as against one that meets a busy or restarting server."""
    if status == 401:
        raise SignedOut("no valid session")
    if 400 <= status < 500 and status not in {408, 425, 429}:
        raise LineRefused(f"the upgrade was refused with {status}")
