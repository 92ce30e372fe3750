"""What runs by the clock beside the requests. Each job may run in several processes at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from hutong import files, identity, messaging
from hutong.core import log
from hutong.core.beside import running_beside
from hutong.core.db import Database
from hutong.core.settings import Settings
from hutong.files import FileStore
from hutong.messaging import Indexer, MessageWriter, Previewer, Remover, Scheduler
from hutong.notifications import Digester, Pusher

_HOUR = 3600.0
_logger = log.logger(__name__)


@asynccontextmanager
async def running(
    db: Database, file_store: FileStore, indexer: Indexer, writer: MessageWriter, settings: Settings
) -> AsyncIterator[None]:
    """Hourly: uploads nobody used, sign-in attempts and sessions that no longer matter. All the time: words to find,
    words whose time has come, what is kept no longer, pages that are linked to, pushes and digests."""

    async def tidy() -> None:
        while True:
            try:
                await files.sweep(db, file_store)
                async with db.begin() as tx:
                    await identity.forget_expired(tx)
                    await messaging.forget_old_previews(tx)
            except Exception as error:
                _logger.error("tidying failed, next try in an hour", exc_info=error)
            await asyncio.sleep(_HOUR)

    async with (
        running_beside(tidy()),
        running_beside(indexer.run()),
        running_beside(Scheduler(db, writer).run()),
        running_beside(Previewer(db, file_store, settings).run()),
        running_beside(Remover(db, file_store).run()),
        running_beside(Pusher(db, settings).run()),
        running_beside(Digester(db, settings).run()),
    ):
        yield
