"""Work that goes on beside a block, and ends with it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress


@asynccontextmanager
async def running_beside(work: "asyncio._CoroutineLike[None]") -> AsyncIterator[None]:
    """`work` is cancelled when the block is left, and has ended when this returns."""
    task = asyncio.get_running_loop().create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
