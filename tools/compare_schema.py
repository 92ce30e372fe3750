"""Migrations and tables.py tell the same story: an empty database, upgraded, must differ in nothing from the tables."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from pprint import pformat
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from hutong.core import migrate
from hutong.core.postgres import Postgres
from hutong.core.tables import metadata
from tools.node import ROOT


def import_tables() -> None:
    """Every room's tables register themselves in the one metadata."""
    for place in sorted([*(ROOT / "hutong").glob("*/tables.py"), *(ROOT / "hutong").glob("*/tables/")]):
        import_module(f"hutong.{place.parent.name}.tables")


def differences(connection: Connection) -> list[Any]:
    options = {"compare_type": True, "compare_server_default": True, "include_object": is_ours}
    found: list[Any] = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
    return found


def is_ours(_object: object, name: str | None, kind: str, _reflected: bool, _compared: object) -> bool:
    return not (kind == "table" and name == "alembic_version")


async def compare(dsn: str) -> list[Any]:
    await migrate.upgrade(dsn)
    engine = create_async_engine("postgresql+asyncpg://" + dsn.split("://", 1)[1], poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(differences)
    finally:
        await engine.dispose()


def main() -> int:
    import_tables()
    with tempfile.TemporaryDirectory(prefix="hutong-schema-") as folder:
        # Passed through, not looked into, by the account the database runs under.
        Path(folder).chmod(0o711)
        with Postgres(Path(folder), is_durable=False, settings={"shared_buffers": "32MB"}) as postgres:
            found = asyncio.run(compare(postgres.dsn()))
    for difference in found:
        print(pformat(difference))
    if found:
        print("The migrations and tables.py differ (above: what a migration would still have to do).")
    else:
        print(f"{len(metadata.tables)} tables, as the migrations make them")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
