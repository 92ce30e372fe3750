"""`hutong backup FILE` and `hutong restore FILE`: the whole network in one file, and back.

The rows are read in one snapshot, and the files are those that this snapshot names. Files never change, so that copying
them afterwards, while people go on writing, gives the state of that one instant.
"""

import asyncio
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import obstore
import typer
from obstore.store import LocalStore
from rich.console import Console
from rich.progress import track

from hutong import files
from hutong.cli import archive
from hutong.cli.archive import BackupUnreadable, Manifest
from hutong.core import clock, maintenance, migrate, settings
from hutong.core.db import Database
from hutong.core.errors import Conflict, Invalid
from hutong.core.postgres import Postgres, find_dsn, hold
from hutong.core.settings import Settings

_console = Console(stderr=True)

DataOption = Annotated[Path | None, typer.Option("--data", help="The data folder (HUTONG_DATA).")]


class BackupTooNew(Invalid):
    code = "backup_too_new"
    zh = "{file} 是更新版本的互通({version})做的备份。请先升级互通。"
    en = "{file} was made by a newer Hutong ({version}). Upgrade Hutong first."


class TargetNotEmpty(Conflict):
    code = "target_not_empty"
    zh = "{place} 里已经有数据。加上 --force 会先把它移到一边，再恢复备份。"
    en = "{place} holds data already. With --force it is moved aside, and the backup takes its place."


# -- backup --------------------------------------------------------------------------------------------------------


def backup(
    file: Annotated[Path, typer.Argument(help="Where to write the backup, for example hutong.tar")],
    data: DataOption = None,
) -> None:
    """Write everything, people, messages and files, into one file. Works while the server runs."""
    chosen = settings.load(data=data)
    file = file.absolute()
    if file.is_dir() or not file.parent.is_dir():
        raise BackupUnreadable(file=file, reason="name a file in a folder that exists")
    partial = file.with_name(f".{file.name}.partial")
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".hutong-backup-") as folder, _database(chosen) as dsn:
        dump_file = Path(folder) / archive.DUMP
        revision, keys = asyncio.run(_dump(dsn, dump_file))
        objects = files.open_store(chosen).objects
        try:
            partial.unlink(missing_ok=True)
            partial.touch(mode=0o600)
            with partial.open("wb") as out:
                with tarfile.open(fileobj=out, mode="w") as tar:
                    named = track(keys, "files", console=_console, disable=not _console.is_terminal)
                    missing = archive.write(
                        tar, dump_file, objects, named, version=version("hutong"), revision=revision
                    )
                out.flush()
                os.fsync(out.fileno())
            partial.rename(file)
        finally:
            partial.unlink(missing_ok=True)
    _console.print(
        f"{file}: {len(keys) - len(missing)} files and thumbnails, {file.stat().st_size / 1e6:.1f} MB in all"
    )
    # An unused upload may have been swept away since the snapshot. A used one may not.
    lost = [key for key in missing if keys[key]]
    if lost:
        _say(f"{len(lost)} files are lost: the store has no bytes for them, such as {lost[0]}", style="bold red")


def _say(sentence: str, style: str | None = None) -> None:
    _console.print(sentence, style=style, markup=False, highlight=False, soft_wrap=True)


@contextmanager
def _database(chosen: Settings) -> Iterator[str]:
    """The database's address: of the server named in the settings, of the running one, or of one started for this."""
    if chosen.database_url:
        yield chosen.database_url
    elif running := find_dsn(chosen.data):
        yield running
    elif not (chosen.data / "postgres").is_dir():
        raise maintenance.DumpFailed(reason=f"there is no database in {chosen.data}")
    else:
        with Postgres(chosen.data) as postgres:
            yield postgres.dsn()


async def _dump(dsn: str, dump_file: Path) -> tuple[str, dict[str, bool]]:
    """The schema's revision and the files' keys as of the dump; for each key whether a message uses it."""
    db = await Database.open(dsn, connections=1)
    try:
        async with db.begin("repeatable_read") as tx:
            revision = await maintenance.schema_revision(tx)
            await maintenance.dump(dsn, dump_file, await maintenance.export_snapshot(tx))
            return revision, dict(await files.list_keys(tx))
    finally:
        await db.close()


# -- restore -------------------------------------------------------------------------------------------------------


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `hutong backup` wrote")],
    data: DataOption = None,
    force: Annotated[bool, typer.Option("--force", help="Also where there is data; it is moved aside.")] = False,
) -> None:
    """Put a backup in place. Everything is checked and loaded first; only then does it take the old one's place."""
    chosen = settings.load(data=data)
    chosen.data.mkdir(parents=True, exist_ok=True, mode=0o711)
    with hold(chosen.data), tempfile.TemporaryDirectory(dir=chosen.data, prefix="restore-") as folder:
        if not force:
            _check_empty(chosen)
        work = Path(folder)
        with _console.status("checking the backup"):
            manifest = archive.unpack(file.absolute(), work)
        if not migrate.is_known(manifest.revision):
            raise BackupTooNew(file=file, version=manifest.version)
        aside = chosen.data / f"before-restore-{clock.now():%Y%m%d-%H%M%S}"
        with _console.status("loading the database"):
            if chosen.database_url:
                asyncio.run(_restore_server(chosen, chosen.database_url, work, aside))
            else:
                _restore_cluster(chosen, work, aside)
    _report(chosen, manifest, aside)


def _check_empty(chosen: Settings) -> None:
    if chosen.database_url is None and (chosen.data / "postgres").exists():
        raise TargetNotEmpty(place=chosen.data)
    if chosen.database_url and asyncio.run(maintenance.has_tables(chosen.database_url)):
        raise TargetNotEmpty(place=maintenance.without_password(chosen.database_url))
    if chosen.files_url is None and any((chosen.data / "files").glob("*")):
        raise TargetNotEmpty(place=chosen.data / "files")


def _restore_cluster(chosen: Settings, work: Path, aside: Path) -> None:
    """The embedded database: a new cluster beside the old one, which may be of any version or broken."""
    with Postgres(work / "cluster") as postgres:
        maintenance.load_dump(postgres.dsn(), work / archive.DUMP)
        migrate.upgrade_now(postgres.dsn())
    # From here on only renames.
    _put_files(chosen, work, aside)
    old = chosen.data / "postgres"
    if old.exists():
        aside.mkdir(exist_ok=True, mode=0o711)
        old.rename(aside / "postgres")
    (work / "cluster" / "postgres").rename(old)


async def _restore_server(chosen: Settings, database_url: str, work: Path, aside: Path) -> None:
    async with maintenance.new_database(database_url) as fresh:
        await asyncio.to_thread(maintenance.load_dump, fresh, work / archive.DUMP)
        await migrate.upgrade(fresh)
        await asyncio.to_thread(_put_files, chosen, work, aside)


def _put_files(chosen: Settings, work: Path, aside: Path) -> None:
    """A local folder is swapped whole. Into a bucket they are added: keys are never used twice."""
    unpacked = work / archive.FILES
    unpacked.mkdir(exist_ok=True, mode=0o700)
    objects = files.open_store(chosen).objects
    if isinstance(objects, LocalStore) and objects.prefix:
        folder = Path(objects.prefix)
        if any(folder.iterdir()):
            aside.mkdir(exist_ok=True, mode=0o711)
            shutil.move(folder, aside / "files")
        else:
            folder.rmdir()
        shutil.move(unpacked, folder)
        return
    for file in sorted(unpacked.rglob("*")):
        if file.is_file():
            obstore.put(objects, file.relative_to(unpacked).as_posix(), file)


def _report(chosen: Settings, manifest: Manifest, aside: Path) -> None:
    count = sum(entry.name.startswith(f"{archive.FILES}/") for entry in manifest.entries)
    _say(f"Restored: the state of {manifest.created_at:%Y-%m-%d %H:%M:%S} UTC, {count} files and thumbnails.")
    if aside.exists():
        _say(f"What was there before is in {aside}; remove it when you are content.")
    if chosen.database_url:
        _say("A database that was there before is kept on the server under a name with `_before_` in it.")
