"""All that is kept: to show that something changed nothing at all, or that it came in one piece."""

from pathlib import Path

from hutong.core.db import Database

Whole = dict[str, tuple[int, int]]


async def whole_database(db: Database) -> Whole:
    """For each table how many rows it has and the newest transaction that wrote one."""
    found: Whole = {}
    async with db.begin("repeatable_read") as tx:
        tables = await tx.fetch("select tablename from pg_tables where schemaname = 'public' order by 1")
        for (table,) in tables:
            row = await tx.fetchrow(f'select count(*), coalesce(max(xmin::text::bigint), 0) from "{table}"')
            assert row is not None
            found[table] = (row[0], row[1])
    assert "messages" in found
    return found


def grown(before: Whole, after: Whole) -> dict[str, int]:
    """How many rows were added, by table; tables that kept their number are left out."""
    return {table: after[table][0] - before[table][0] for table in after if after[table][0] != before[table][0]}


def kept_files(data: Path) -> list[str]:
    """All bytes of uploads, whole or half, in a network's data folder."""
    return sorted(str(path.relative_to(data)) for path in data.rglob("*") if path.is_file())
