"""The database of a command: the running server's, or one that is started for the command's span."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hutong.core import log, migrate
from hutong.core.errors import HutongError
from hutong.core.postgres import Postgres, find_dsn
from hutong.core.settings import Settings

_CHECK_SECONDS = 0.5
_logger = log.logger(__name__)


@contextmanager
def database_of(settings: Settings) -> Iterator[str]:
    """Its address, with the newest schema. Call from the main thread: an embedded server is bound to it."""
    with kept_database_of(settings) as (dsn, _):
        yield dsn


@contextmanager
def kept_database_of(settings: Settings) -> Iterator[tuple[str, Postgres | None]]:
    """The same, and the server if it is this command's own."""
    if settings.database_url:
        migrate.upgrade_now(settings.database_url)
        yield settings.database_url, None
        return
    running = find_dsn(settings.data)
    if running:
        yield running, None
        return
    with Postgres(Path(settings.data)) as postgres:
        migrate.upgrade_now(postgres.dsn())
        yield postgres.dsn(), postgres


async def keep_running(postgres: Postgres) -> None:
    """Until cancelled: a server that died (the system was short of memory, somebody killed it) is started again where
    it was, and everybody's connections come back by themselves."""
    while True:
        await asyncio.sleep(_CHECK_SECONDS)
        if not postgres.is_running:
            _logger.error("PostgreSQL ended and is started again")
            try:
                # On this thread, with which it ends; nobody can do anything without it anyway.
                postgres.revive()
            except HutongError as error:
                _logger.error("PostgreSQL", reason=error.sentence("en"))
