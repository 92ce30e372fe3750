"""Bring a database to the newest schema. Safe to run from several processes at once: one works, the others wait.

Alembic is imported only when there is something to do: asking whether there is takes one query.
"""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

import asyncpg

if TYPE_CHECKING:
    from sqlalchemy import Connection

_FOLDER = Path(__file__).parent.parent / "migrations"
_LOCK = 4_817_203_661


def newest_revision() -> str:
    """Revisions are named by date and number, and so are their files; a test compares this with Alembic's head."""
    return max(_revisions())


def is_known(revision: str) -> bool:
    """Whether this release has the migration: a backup of a newer one names one that it has not."""
    return revision in _revisions()


def _revisions() -> set[str]:
    return {"_".join(file.stem.split("_")[:4]) for file in (_FOLDER / "versions").glob("2*.py")}


async def is_current(dsn: str) -> bool:
    """Whether the database has every migration of this release."""
    connection = await asyncpg.connect(dsn)
    try:
        if not await connection.fetchval("select to_regclass('alembic_version') is not null"):
            return False
        return bool(await connection.fetchval("select version_num from alembic_version") == newest_revision())
    finally:
        await connection.close()


async def upgrade(dsn: str) -> None:
    """Run what is missing. `dsn` is asyncpg's (postgresql://…)."""
    if await is_current(dsn):
        return
    from sqlalchemy.ext.asyncio import create_async_engine
    from sqlalchemy.pool import NullPool

    engine = create_async_engine("postgresql+asyncpg://" + dsn.split("://", 1)[1], poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            await connection.run_sync(_upgrade)
            await connection.commit()
    finally:
        await engine.dispose()


def upgrade_now(dsn: str) -> None:
    asyncio.run(upgrade(dsn))


def config() -> Any:
    """Alembic's configuration, for our own tools."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(_FOLDER))
    return made


def _upgrade(connection: "Connection") -> None:
    from alembic import command
    from sqlalchemy import text

    connection.execute(text("select pg_advisory_lock(:key)"), {"key": _LOCK})
    connection.commit()
    alembic = config()
    alembic.attributes["connection"] = connection
    command.upgrade(alembic, "head")
