"""Sends what the outbox holds, in order, until it is acknowledged or refused for good."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from hutong.client.connection import reconnect_delay
from hutong.client.errors import Refused
from hutong.client.frames import Ack, Error
from hutong.client.outbox import Outbox, Outgoing

# Unacknowledged at once: enough to be written in one batch, and below what the server calls too fast.
_WINDOW = 100

_logger = logging.getLogger("hutong.client")


class Sender:
    """`tell` puts a frame into the socket, False when there is none."""

    def __init__(self, outbox: Outbox, tell: Callable[[Mapping[str, Any]], bool]) -> None:
        self.outbox = outbox
        self._tell = tell
        self._max_bytes = 0
        self._futures: dict[str, asyncio.Future[int]] = {}
        self._unsent: deque[Outgoing] = deque()
        self._in_flight: set[str] = set()
        self._failures = 0
        self._pause: asyncio.TimerHandle | None = None

    def send(self, message: Outgoing) -> asyncio.Future[int]:
        """The future gives the `seq`, or raises Refused. A client id that is under way already gets the same future."""
        future = self._futures.get(message.client_id)
        if future is None:
            future = self._futures[message.client_id] = asyncio.get_running_loop().create_future()
        if message.client_id not in self.outbox:
            self.outbox.put(message)
            self._unsent.append(message)
            self._flush()
        return future

    def begin(self, max_bytes: int) -> None:
        """There is a fresh socket, and nothing is in it yet."""
        self._max_bytes = max_bytes
        self._in_flight.clear()
        self._resume()

    def take_ack(self, ack: Ack) -> None:
        self.settle(ack.client_id, ack.seq)

    def settle(self, client_id: str, seq: int) -> None:
        """It stands in the conversation: by its acknowledgement, or because it was heard there."""
        self.outbox.remove(client_id)
        self._in_flight.discard(client_id)
        self._failures = 0
        future = self._futures.pop(client_id, None)
        if future is not None and not future.done():
            future.set_result(seq)
        self._flush()

    def take_error(self, error: Error) -> None:
        if error.client_id is None or error.client_id not in self.outbox:
            _logger.warning("the server refused a frame: %s", error.code)
        elif error.retry:
            self._in_flight.discard(error.client_id)
            self._hold()
        else:
            self._refuse(error.client_id, Refused(error.code, error.message))
            self._flush()

    def close(self, error: Exception) -> None:
        """Nobody will hear of these any more; what is in a file is sent the next time."""
        if self._pause is not None:
            self._pause.cancel()
        for future in self._futures.values():
            if not future.done():
                future.set_exception(error)
                # Read once: who did not wait for the answer is not told that there was none.
                future.exception()
        self._futures.clear()
        self.outbox.close()

    def _flush(self) -> None:
        while self._unsent and self._pause is None and self._max_bytes and len(self._in_flight) < _WINDOW:
            message = self._unsent[0]
            frame = {"type": "send", **msgspec.structs.asdict(message)}
            # The server closes the socket for a frame that is too large, and would again after every reconnect.
            if len(message.text) * 6 > self._max_bytes and len(msgspec.json.encode(frame)) > self._max_bytes:
                self._unsent.popleft()
                self._refuse(message.client_id, Refused("message_too_long", "The message is longer than a frame."))
                continue
            if not self._tell(frame):
                return
            self._in_flight.add(message.client_id)
            self._unsent.popleft()

    def _hold(self) -> None:
        """The server has enough for a moment: a pause, then what was refused goes out in its old order."""
        if self._pause is None:
            self._failures += 1
            wait = 0.5 + reconnect_delay(self._failures)
            self._pause = asyncio.get_running_loop().call_later(wait, self._resume)

    def _resume(self) -> None:
        if self._pause is not None:
            self._pause.cancel()
            self._pause = None
        self._unsent = deque(message for message in self.outbox if message.client_id not in self._in_flight)
        self._flush()

    def _refuse(self, client_id: str, error: Refused) -> None:
        self.outbox.remove(client_id)
        self._in_flight.discard(client_id)
        future = self._futures.pop(client_id, None)
        if future is not None and not future.done():
            future.set_exception(error)
        elif future is None:
            _logger.warning("a message of an earlier run was refused: %s", error)
