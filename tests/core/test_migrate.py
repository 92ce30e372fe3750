"""Migrations: named so that the newest is known without asking Alembic, and safe to run twice at once."""

import asyncio

import asyncpg
from alembic.script import ScriptDirectory

from hutong.core import migrate
from hutong.core.postgres import Postgres


def test_the_newest_by_name_is_the_head_of_the_chain() -> None:
    script = ScriptDirectory.from_config(migrate.config())
    assert [migrate.newest_revision()] == script.get_heads()
    assert all(migrate.is_known(revision.revision) for revision in script.walk_revisions())


async def test_two_processes_that_start_at_once_migrate_once(postgres: Postgres) -> None:
    admin = await asyncpg.connect(postgres.dsn("postgres"))
    await admin.execute("create database migrated_twice")
    dsn = postgres.dsn("migrated_twice")
    assert not await migrate.is_current(dsn)
    await asyncio.gather(migrate.upgrade(dsn), migrate.upgrade(dsn))
    assert await migrate.is_current(dsn)
    await migrate.upgrade(dsn)
    await admin.execute("drop database migrated_twice with (force)")
    await admin.close()
