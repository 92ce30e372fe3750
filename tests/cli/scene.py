"""A data folder with something in it, made and looked at from outside a running server."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hutong import directory, files, identity
from hutong.core import migrate
from hutong.core.actor import Actor
from hutong.core.db import Database
from hutong.core.postgres import Postgres
from hutong.core.settings import Settings
from hutong.directory import NewMember
from tests.files import pictures

SMALL = {"shared_buffers": "16MB"}
TABLES = ("companies", "people", "logins", "files", "audit_events")


@contextmanager
def running(data: Path) -> Iterator[str]:
    """The folder's database, for the span of a `with` block."""
    with Postgres(data, settings=SMALL) as postgres:
        yield postgres.dsn()


def furnish(data: Path, dsn: str, name: str = "蓝汀汽车") -> None:
    """A company, a person, a used picture and a used document."""
    migrate.upgrade_now(dsn)
    asyncio.run(_furnish(data, dsn, name))


async def _furnish(data: Path, dsn: str, name: str) -> None:
    db = await Database.open(dsn, connections=2)
    file_store = files.open_store(Settings(data=data))
    try:
        async with db.begin() as tx:
            company = await identity.create_company(tx, "lanting", name)
            member = NewMember(name="林晓", account="linxiao", phone="13800000001", title=None, department="销售部")
            person_id = await directory.add_member(tx, None, company.id, directory.entry_of(member), is_admin=True)
        actor = Actor(kind="member", company_id=company.id, person_id=person_id, session_id=1)
        for content, file_name in ((pictures.png(), "车.png"), (b"%PDF-1.7 \x00\xff" * 100_000, "报价.pdf")):
            file = await files.store_file(db, file_store, actor, file_name, _stream(content))
            async with db.begin() as tx:
                await files.use_file(tx, company.id, person_id, int(file.id))
    finally:
        await db.close()


async def _stream(content: bytes) -> AsyncIterator[bytes]:
    yield content


def rows(dsn: str) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in the tables that `furnish` fills."""

    async def read() -> dict[str, list[tuple[Any, ...]]]:
        db = await Database.open(dsn, connections=1)
        try:
            async with db.begin() as tx:
                found = {table: await tx.fetch(f"select * from {table}") for table in TABLES}
                return {table: sorted(tuple(map(str, row.values())) for row in found[table]) for table in TABLES}
        finally:
            await db.close()

    return asyncio.run(read())


def bytes_of(data: Path) -> dict[str, bytes]:
    folder = data / "files"
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
