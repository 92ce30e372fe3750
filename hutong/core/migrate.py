"""Bring a database to the newest schema. Safe to run from several processes at once: one works, the others wait."""

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

_FOLDER = Path(__file__).parent.parent / "migrations"
_LOCK = 4_817_203_661


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    return config


def _upgrade(connection: Connection) -> None:
    connection.execute(text("select pg_advisory_lock(:key)"), {"key": _LOCK})
    connection.commit()
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


async def upgrade(dsn: str) -> None:
    """Run what is missing. `dsn` is asyncpg's (postgresql://…)."""
    engine = create_async_engine(_sqlalchemy_url(dsn), poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            await connection.run_sync(_upgrade)
            await connection.commit()
    finally:
        await engine.dispose()


async def is_current(dsn: str) -> bool:
    """Whether the database has every migration of this release."""
    engine = create_async_engine(_sqlalchemy_url(dsn), poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            heads = await connection.run_sync(lambda c: MigrationContext.configure(c).get_current_heads())
    finally:
        await engine.dispose()
    return set(heads) == set(ScriptDirectory.from_config(_config()).get_heads())


def upgrade_now(dsn: str) -> None:
    asyncio.run(upgrade(dsn))


def _sqlalchemy_url(dsn: str) -> str:
    return "postgresql+asyncpg://" + dsn.split("://", 1)[1]


def is_known(revision: str) -> bool:
    """Whether this release has the migration: a database of a newer one cannot be used."""
    return any(script.revision == revision for script in ScriptDirectory.from_config(_config()).walk_revisions())
