"""Work that is cheaper together: done at once when nothing is under way, else gathered behind what is.

A lone request waits for nobody, and under load many share one transaction. Nobody chooses a delay.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Generic, TypeVar

from prometheus_client import Histogram

from hutong.core import log, metrics
from hutong.core.errors import HutongError, Unavailable

MOST = 500
# What another transaction holds is left for the next batch; alone, it is asked for again after this, then later.
_LATER_SECONDS = 0.002
_LATEST_SECONDS = 0.05
_logger = log.logger(__name__)
_sizes = Histogram(
    "hutong_batch_size", "Items settled together", ["work"],
    buckets=[1, 2, 5, 10, 20, 50, 100, 200, 500], registry=metrics.registry,
)  # fmt: skip
_seconds = Histogram(
    "hutong_batch_seconds", "How long a batch took, its commit included", ["work"],
    buckets=[0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5], registry=metrics.registry,
)  # fmt: skip

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")


class Later:
    """This item could not be settled now; it goes into the next batch, before those that came after it."""


LATER: Final = Later()


class Gatherer(Generic[Item, Outcome]):
    """`work` gives one outcome an item, in order: its result, the error that is that caller's alone, or LATER.

    `name` is what the figures of /metrics call it.

    When `work` itself raises, the batch is halved until the item stands alone that the database refuses; Unavailable
    is everybody's.
    """

    def __init__(
        self, name: str, work: Callable[[list[Item]], Awaitable[Sequence[Outcome | HutongError | Later]]]
    ) -> None:
        self._work = work
        self._sizes = _sizes.labels(name)
        self._seconds = _seconds.labels(name)
        self._waiting: list[tuple[Item, asyncio.Future[Outcome]]] = []
        self._task: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def put(self, item: Item) -> "asyncio.Future[Outcome]":
        """Done when the batch that holds the item is. Items keep their order."""
        loop = self._loop
        if loop is None:
            # Asked for once: asyncio looks up the process with a system call each time.
            loop = self._loop = asyncio.get_running_loop()
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
        left: list[tuple[Item, asyncio.Future[Outcome]]] = []
        pause = _LATER_SECONDS
        try:
            while left or self._waiting:
                # What was left goes first, for items keep their order; and takes no place from those that came after.
                fresh, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
                batch = left + fresh
                left = await self._do(batch)
                if len(left) < len(batch):
                    pause = _LATER_SECONDS
                elif not self._waiting:
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, _LATEST_SECONDS)
        finally:
            self._task = None

    async def _do(
        self, batch: list[tuple[Item, "asyncio.Future[Outcome]"]]
    ) -> list[tuple[Item, "asyncio.Future[Outcome]"]]:
        """Settle what can be settled; what cannot now comes back."""
        self._sizes.observe(len(batch))
        try:
            with self._seconds.time():
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
