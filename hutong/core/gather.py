"""Work that is cheaper together: done at once when nothing is under way, else gathered behind what is.

A lone request waits for nobody, and under load many share one transaction. Nobody chooses a delay.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Generic, TypeVar

from hutong.core import log
from hutong.core.errors import HutongError, Unavailable

MOST = 500
# What another transaction holds is left for the next batch; alone, it is asked for again after this.
_LATER_SECONDS = 0.002
_logger = log.logger(__name__)

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")


class Later:
    """This item could not be settled now; it goes into the next batch, before those that came after it."""


LATER: Final = Later()


class Gatherer(Generic[Item, Outcome]):
    """`work` gives one outcome an item, in order: its result, the error that is that caller's alone, or LATER.

    When `work` itself raises, the batch is halved until the item stands alone that the database refuses; Unavailable
    is everybody's.
    """

    def __init__(self, work: Callable[[list[Item]], Awaitable[Sequence[Outcome | HutongError | Later]]]) -> None:
        self._work = work
        self._waiting: list[tuple[Item, asyncio.Future[Outcome]]] = []
        self._task: asyncio.Task[None] | None = None

    def put(self, item: Item) -> "asyncio.Future[Outcome]":
        """Done when the batch that holds the item is. Items keep their order."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Outcome] = loop.create_future()
        self._waiting.append((item, future))
        if self._task is None:
            self._task = loop.create_task(self._work_through())
        return future

    async def settle(self) -> None:
        """Everything that was put has its outcome."""
        while self._task is not None:
            await self._task

    async def _work_through(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
                left = await self._do(batch)
                if left and not self._waiting:
                    await asyncio.sleep(_LATER_SECONDS)
                self._waiting = left + self._waiting
        finally:
            self._task = None

    async def _do(
        self, batch: list[tuple[Item, "asyncio.Future[Outcome]"]]
    ) -> list[tuple[Item, "asyncio.Future[Outcome]"]]:
        """Settle what can be settled; what cannot now comes back."""
        try:
            outcomes = await self._work([item for item, _ in batch])
        except Exception as error:
            if len(batch) == 1 or isinstance(error, Unavailable):
                _fail(batch, error)
                return []
            middle = len(batch) // 2
            return await self._do(batch[:middle]) + await self._do(batch[middle:])
        left = []
        for waiting, outcome in zip(batch, outcomes, strict=True):
            future = waiting[1]
            if isinstance(outcome, Later):
                left.append(waiting)
            elif future.done():
                continue  # whoever asked has gone away; what was done stands
            elif isinstance(outcome, HutongError):
                future.set_exception(outcome)
            else:
                future.set_result(outcome)
        return left


def _fail(batch: "list[tuple[Item, asyncio.Future[Outcome]]]", error: Exception) -> None:
    if not isinstance(error, HutongError):
        _logger.error("a batch failed", count=len(batch), exc_info=error)
    for _, future in batch:
        if not future.done():
            future.set_exception(error if isinstance(error, HutongError) else HutongError())
