"""What an operator does to the database as a whole: ask how it is, dump it, put a dump in its place.

For the embedded server and for any other alike; pg_dump, pg_restore and psql are the package's own.
"""

import asyncio
import re
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO
from urllib.parse import parse_qs, unquote, urlencode, urlsplit, urlunsplit

import asyncpg
import msgspec

from hutong.core import clock, ids
from hutong.core.db import Tx
from hutong.core.errors import Conflict, HutongError
from hutong.core.postgres import program

OLDEST_SERVER = 15


class DumpFailed(HutongError):
    code = "dump_failed"
    zh = "数据库没有备份成功：{reason}"
    en = "The database could not be dumped: {reason}"


class RestoreFailed(HutongError):
    code = "restore_failed"
    zh = "备份没有恢复，原有的数据没有改动：{reason}"
    en = "The backup was not restored, and what was there is unchanged: {reason}"


class DatabaseInUse(Conflict):
    code = "database_in_use"
    zh = "数据库正在被 {count} 个连接使用。请先停止互通，再重试。"
    en = "The database is in use by {count} connections. Stop Hutong first, then try again."


class ServerFacts(msgspec.Struct, frozen=True):
    version: int
    clock_is_off_by: timedelta
    has_schema: bool


async def ask_server(dsn: str) -> ServerFacts:
    """Raises what asyncpg raises when the server cannot be reached."""
    connection = await asyncpg.connect(dsn, timeout=10)
    try:
        before = clock.now()
        # house: allow-clock the server's own clock is what is asked about
        theirs: datetime = await connection.fetchval("select clock_timestamp()")
        middle = before + (clock.now() - before) / 2
        return ServerFacts(
            version=connection.get_server_version().major,
            clock_is_off_by=abs(theirs - middle),
            has_schema=await connection.fetchval("select to_regclass('alembic_version') is not null"),
        )
    finally:
        await connection.close()


async def has_tables(dsn: str) -> bool:
    """Whether a database of Hutong's is there; False also when the database itself is not."""
    try:
        return (await ask_server(dsn)).has_schema
    except asyncpg.InvalidCatalogNameError:
        return False


# -- out -----------------------------------------------------------------------------------------------------------


async def export_snapshot(tx: Tx) -> str:
    """A name under which pg_dump sees exactly what this repeatable-read transaction sees, while it is open."""
    name: str = await tx.fetchval("select pg_export_snapshot()")
    return name


async def schema_revision(tx: Tx) -> str:
    revision: str = await tx.fetchval("select version_num from alembic_version")
    return revision


async def dump(dsn: str, target: Path, snapshot: str) -> None:
    """pg_dump's custom format, compressed, as of the snapshot."""
    command = [program("pg_dump"), "--format=custom", f"--snapshot={snapshot}", f"--file={target}", f"--dbname={dsn}"]
    process = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
    _, complaint = await process.communicate()
    if process.returncode != 0:
        raise DumpFailed(reason=complaint.decode(errors="replace").strip())


# -- in ------------------------------------------------------------------------------------------------------------


@asynccontextmanager
async def new_database(dsn: str) -> AsyncIterator[str]:
    """An empty database beside that of `dsn`: its address. At the end of the block it takes the other's name.

    The old one is kept under a name with `_before_` in it. When the block raises, the new one is dropped and nothing
    has changed. Raises DatabaseInUse when somebody is connected to the old one.
    """
    name = database_name(dsn)
    fresh, old = f"{name}_restore_{ids.new()}", f"{name}_before_{ids.new()}"
    admin = await asyncpg.connect(with_database(dsn, "postgres"), timeout=10)
    try:
        await _check_unused(admin, name)
        # template0: a template1 with something in it would be in the way of the dump.
        await admin.execute(f"create database {_quoted(fresh)} template template0 encoding 'UTF8'")
        try:
            yield with_database(dsn, fresh)
            await _check_unused(admin, name)
            async with admin.transaction():
                if await admin.fetchval("select true from pg_database where datname = $1", name):
                    await admin.execute(f"alter database {_quoted(name)} rename to {_quoted(old)}")
                await admin.execute(f"alter database {_quoted(fresh)} rename to {_quoted(name)}")
        except BaseException:
            await admin.execute(f"drop database if exists {_quoted(fresh)}")
            raise
    finally:
        await admin.close()


def load_dump(dsn: str, dump_file: Path) -> None:
    """Fill the empty database of `dsn`, in one transaction. Raises RestoreFailed."""
    script = [program("pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(dump_file)]
    run = [program("psql"), "-XqAt", "-v", "ON_ERROR_STOP=1", "--single-transaction", "-o", "/dev/null", "-d", dsn]
    with (
        subprocess.Popen(script, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reader,
        subprocess.Popen(run, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as writer,
    ):
        assert reader.stdout
        assert reader.stderr
        assert writer.stdin
        assert writer.stderr
        try:
            _copy_script(reader.stdout, writer.stdin)
        except BrokenPipeError:  # psql met an error and ended; what it said comes below
            reader.kill()
        with suppress(BrokenPipeError):
            writer.stdin.close()
        complaint = writer.stderr.read().decode(errors="replace").strip()
        unreadable = reader.stderr.read().decode(errors="replace").strip()
    if writer.returncode != 0 or reader.returncode != 0:
        raise RestoreFailed(reason=complaint or unreadable)


def _copy_script(reader: IO[bytes], writer: IO[bytes]) -> None:
    """The script as it is, but for a setting in its head that servers before 17 do not know."""
    in_head = True
    while in_head and (line := reader.readline()):
        if not line.startswith(b"SET transaction_timeout"):
            writer.write(line)
        in_head = not line.startswith(b"CREATE")
    while chunk := reader.read(1024 * 1024):
        writer.write(chunk)


async def _check_unused(admin: "asyncpg.Connection[asyncpg.Record]", name: str) -> None:
    count = await admin.fetchval("select count(*) from pg_stat_activity where datname = $1", name)
    if count:
        raise DatabaseInUse(count=count)


# -- addresses -----------------------------------------------------------------------------------------------------


def database_name(dsn: str) -> str:
    """Of a URL that names it in its path, else its user's name, as libpq has it."""
    parts = urlsplit(dsn)
    named = parse_qs(parts.query).get("dbname", [""])[0]
    return unquote(parts.path.lstrip("/")) or named or unquote(parts.username or "") or "postgres"


def with_database(dsn: str, name: str) -> str:
    parts = urlsplit(dsn)
    query = {key: values for key, values in parse_qs(parts.query).items() if key not in {"dbname", "database"}}
    # urlunsplit drops the empty host of a socket's address.
    rest = urlunsplit(("", "", f"/{name}", urlencode(query, doseq=True), ""))
    return f"{parts.scheme}://{parts.netloc}{rest}"


def without_password(dsn: str) -> str:
    """Fit for a screen."""
    return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:***@", dsn)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
