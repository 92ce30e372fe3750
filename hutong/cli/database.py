"""The database of a command: the running server's, or one that is started for the command's span."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hutong.core import migrate
from hutong.core.postgres import Postgres, find_dsn
from hutong.core.settings import Settings


@contextmanager
def database_of(settings: Settings) -> Iterator[str]:
    """Its address, with the newest schema. Call from the main thread: an embedded server is bound to it."""
    if settings.database_url:
        migrate.upgrade_now(settings.database_url)
        yield settings.database_url
        return
    running = find_dsn(settings.data)
    if running:
        yield running
        return
    with Postgres(Path(settings.data)) as postgres:
        migrate.upgrade_now(postgres.dsn())
        yield postgres.dsn()
