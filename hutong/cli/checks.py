"""What `hutong doctor` looks at on the machine. A check gives findings: a fact, and where it is bad, how to mend it."""

import asyncio
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import asyncpg
import msgspec

import hutong
from hutong import files
from hutong.core import maintenance, migrate
from hutong.core.errors import HutongError
from hutong.core.postgres import Postgres, find_dsn, program
from hutong.core.settings import Settings

_OLDEST_PYTHON = (3, 11)
_LEAST_SPACE = 1_000_000_000
_CLOCK_TOLERANCE = timedelta(seconds=2)


class Finding(msgspec.Struct, frozen=True):
    """`zh` and `en` say the fact; when it is not well, they end with what mends it."""

    is_well: bool
    zh: str
    en: str


def check_python() -> Iterator[Finding]:
    found = platform.python_version()
    if sys.version_info >= _OLDEST_PYTHON:
        yield Finding(True, f"Python {found}", f"Python {found}")
    else:
        yield Finding(
            False, f"Python {found} 太旧：请安装 3.11 或更新", f"Python {found} is too old: install 3.11 or later"
        )


def check_libc(settings: Settings) -> Iterator[Finding]:
    """The binaries want glibc 2.28 on Linux; whether they run is the proof."""
    name = " ".join(platform.libc_ver()).strip() or platform.platform()
    try:
        subprocess.run([program("psql"), "--version"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError, HutongError):
        if settings.database_url:
            yield Finding(
                False, f"{name}:不能运行自带的 pg_dump,因此不能备份；请换用 glibc 2.28 以上的系统",
                f"{name}: the bundled pg_dump does not run, so no backups; use a system with glibc 2.28 or later",
            )  # fmt: skip
        else:
            yield Finding(
                False, f"{name}:自带的 PostgreSQL 不能运行；请换用 glibc 2.28 以上的系统，或设置 HUTONG_DATABASE_URL",
                f"{name}: the bundled PostgreSQL does not run; use glibc 2.28 or later, or set HUTONG_DATABASE_URL",
            )  # fmt: skip
        return
    yield Finding(True, f"系统库 {name}", f"C library {name}")


def check_data_folder(settings: Settings) -> Iterator[Finding]:
    folder = settings.data
    place = folder
    while not place.exists() and place != place.parent:
        place = place.parent
    if not place.is_dir() or not os.access(place, os.W_OK | os.X_OK):
        yield Finding(
            False, f"数据目录 {folder} 不可写：请更改 {place} 的权限，或用 --data 指定另一个目录",
            f"The data folder {folder} cannot be written: change the rights of {place}, or name another with --data",
        )  # fmt: skip
        return
    free = shutil.disk_usage(place).free
    size = f"{free / 1e9:.1f} GB"
    if free < _LEAST_SPACE:
        yield Finding(
            False, f"{place} 只剩 {size}:请腾出至少 1 GB", f"Only {size} are free in {place}: make room, 1 GB at least"
        )
    else:
        yield Finding(
            True, f"数据目录 {folder} 可写，剩余 {size}", f"The data folder {folder} is writable, {size} free"
        )


@contextmanager
def _database(settings: Settings) -> Iterator[str | None]:
    """The configured, the running, or a server started for the look; None when no database was made yet."""
    if settings.database_url:
        yield settings.database_url
    elif running := find_dsn(settings.data):
        yield running
    elif (settings.data / "postgres").exists():
        with Postgres(settings.data) as postgres:
            yield postgres.dsn()
    else:
        yield None


def check_database(settings: Settings) -> Iterator[Finding]:
    named = maintenance.without_password(settings.database_url or "")
    try:
        with _database(settings) as dsn:
            if dsn is None:
                yield Finding(
                    True, "还没有数据库：第一次启动时会创建", "There is no database yet: the first start makes it"
                )
            else:
                yield from _check_server(dsn, asyncio.run(maintenance.ask_server(dsn)))
    except HutongError as error:
        yield Finding(False, error.sentence("zh-CN"), error.sentence("en"))
    except (OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as cause:
        yield Finding(
            False, f"连接不上数据库 {named}({cause}):请检查它是否在运行、HUTONG_DATABASE_URL 是否正确",
            f"The database {named} cannot be reached ({cause}): see whether it runs, and HUTONG_DATABASE_URL is right",
        )  # fmt: skip


def _check_server(dsn: str, facts: maintenance.ServerFacts) -> Iterator[Finding]:
    if facts.version < maintenance.OLDEST_SERVER:
        yield Finding(
            False, f"PostgreSQL {facts.version} 太旧：需要 15 或更新",
            f"PostgreSQL {facts.version} is too old: 15 or later is needed",
        )  # fmt: skip
        return
    yield Finding(True, f"PostgreSQL {facts.version} 可以连接", f"PostgreSQL {facts.version} takes connections")
    if facts.has_schema and asyncio.run(migrate.is_current(dsn)):
        yield Finding(True, "数据库结构是最新的", "The schema is current")
    else:
        yield Finding(
            False, "数据库结构不是最新的：请运行 hutong migrate", "The schema is not current: run `hutong migrate`"
        )
    off = facts.clock_is_off_by.total_seconds()
    if facts.clock_is_off_by > _CLOCK_TOLERANCE:
        yield Finding(
            False, f"本机时钟与数据库相差 {off:.0f} 秒：请在两台机器上打开时间同步(NTP)",
            f"The clocks of this machine and of the database differ by {off:.0f} s: turn on time synchronisation (NTP)",
        )  # fmt: skip
    else:
        yield Finding(True, "时钟与数据库一致", "The clock agrees with the database's")


def check_pages() -> Iterator[Finding]:
    static = Path(hutong.__file__).parent / "static"
    missing = [app for app in ("staff", "consumer") if not (static / app / "index.html").is_file()]
    if missing:
        yield Finding(
            False, f"网页没有构建({', '.join(missing)}):请重新安装，不要设置 HUTONG_SKIP_WEB",
            f"The web apps are not built ({', '.join(missing)}): install again, without HUTONG_SKIP_WEB",
        )  # fmt: skip
    else:
        yield Finding(True, "网页已构建", "The web apps are built")


def check_file_store(settings: Settings) -> Iterator[Finding]:
    place = settings.files_url or str(settings.data / "files")
    if settings.files_url is None and not settings.data.exists():
        yield Finding(True, f"文件会存放在 {place}", f"Files will be kept in {place}")
        return
    try:
        asyncio.run(files.open_store(settings).probe())
    # Whatever a bucket's client raises: it is the finding.
    except Exception as cause:
        yield Finding(
            False, f"文件存储 {place} 不可用({cause}):请检查权限、HUTONG_FILES_URL 和 AWS_* 变量",
            f"The file store {place} cannot be used ({cause}): see its rights, HUTONG_FILES_URL and AWS_* variables",
        )  # fmt: skip
    else:
        yield Finding(True, f"文件存储 {place} 可读写", f"The file store {place} can be read and written")
