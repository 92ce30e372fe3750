"""What happens, for whoever iterates over it: each stream has a queue of its own and ends when the client does."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from typing import Generic, TypeVar

E = TypeVar("E")

# What is kept for a program that has not begun to listen.
_BACKLOG = 10_000


class Streams(Generic[E]):
    """The first stream begins with what happened before anybody listened, so that no answer slips between a question
    and the loop that waits for it."""

    def __init__(self) -> None:
        self._queues: set[asyncio.Queue[E | None]] = set()
        self._backlog: deque[E] | None = deque(maxlen=_BACKLOG)
        self._error: BaseException | None = None
        self._has_ended = False

    def publish(self, event: E) -> None:
        if self._backlog is not None:
            self._backlog.append(event)
        for queue in self._queues:
            queue.put_nowait(event)

    def end(self, error: BaseException | None) -> None:
        """Streams give what they hold, then end: by raising `error` if there is one."""
        self._has_ended, self._error = True, error
        for queue in self._queues:
            queue.put_nowait(None)

    async def listen(self) -> AsyncIterator[E]:
        queue: asyncio.Queue[E | None] = asyncio.Queue()
        for earlier in self._backlog or ():
            queue.put_nowait(earlier)
        self._backlog = None
        self._queues.add(queue)
        try:
            if self._has_ended:
                queue.put_nowait(None)
            while (event := await queue.get()) is not None:
                yield event
            if self._error is not None:
                raise self._error
        finally:
            self._queues.discard(queue)
