"""A backup is proved by restoring it: the same rows, the same bytes."""

import asyncio
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import asyncpg
import pytest

from hutong.cli.archive import BackupUnreadable
from hutong.cli.backup import BackupTooNew, TargetNotEmpty, backup, restore
from hutong.core import maintenance
from hutong.core.maintenance import DatabaseInUse, DumpFailed, RestoreFailed, with_database
from hutong.core.postgres import DataFolderInUse, Postgres, program
from tests.cli import scene


@pytest.fixture
def place() -> Iterator[Path]:
    """Where folders and backups lie; short and open, as a server's would be."""
    folder = Path(tempfile.mkdtemp(prefix="hutong-backup-test-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


class Saved(NamedTuple):
    """A stopped network, its backup, and what its tables hold. Not to be changed: tests share it."""

    data: Path
    file: Path
    rows: dict[str, list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def saved() -> Iterator[Saved]:
    folder = Path(tempfile.mkdtemp(prefix="hutong-backup-test-"))
    folder.chmod(0o711)
    data, file = folder / "data", folder / "hutong.tar"
    with scene.running(data) as dsn:
        scene.furnish(data, dsn)
        rows = scene.rows(dsn)
    backup(file, data)
    assert sorted(found.name for found in folder.iterdir()) == ["data", "hutong.tar"]
    yield Saved(data, file, rows)
    shutil.rmtree(folder)


@pytest.fixture
def data(saved: Saved, place: Path) -> Path:
    """A stopped network of the test's own."""
    return Path(shutil.copytree(saved.data, place / "data"))


def rewritten(file: Path, change: str, content: bytes | None) -> Path:
    """The same backup with one member changed, or left out."""
    changed = file.with_name("changed.tar")
    with tarfile.open(file) as old, tarfile.open(changed, "w") as new:
        for member in old:
            body = old.extractfile(member)
            if member.name != change:
                new.addfile(member, body)
            elif content is not None:
                member.size = len(content)
                with tempfile.TemporaryFile() as fresh:
                    fresh.write(content)
                    fresh.seek(0)
                    new.addfile(member, fresh)
    return changed


def test_a_stopped_network_comes_back_row_for_row_and_byte_for_byte(saved: Saved, place: Path) -> None:
    assert saved.file.stat().st_mode & 0o777 == 0o600
    assert saved.rows["files"]
    restore(saved.file, place / "new")
    with scene.running(place / "new") as dsn:
        assert scene.rows(dsn) == saved.rows
    assert scene.bytes_of(place / "new") == scene.bytes_of(saved.data)
    # Nothing of the work stays behind.
    assert not list((place / "new").glob("restore-*"))
    assert not list((place / "new").glob("before-*"))


def test_a_running_network_is_backed_up_but_never_overwritten(saved: Saved, data: Path, place: Path) -> None:
    file = place / "hutong.tar"
    with scene.running(data) as dsn:
        backup(file, data)
        with pytest.raises(DataFolderInUse):
            restore(file, data, force=True)
        assert scene.rows(dsn) == saved.rows
    restore(file, place / "new")
    with scene.running(place / "new") as dsn:
        assert scene.rows(dsn) == saved.rows


def test_what_is_there_is_not_overwritten_unless_forced_and_then_kept(saved: Saved, data: Path) -> None:
    (data / "files" / "later").write_bytes(b"came after the backup")
    with pytest.raises(TargetNotEmpty):
        restore(saved.file, data)
    restore(saved.file, data, force=True)
    with scene.running(data) as dsn:
        assert scene.rows(dsn) == saved.rows
    (aside,) = data.glob("before-restore-*")
    assert (aside / "files" / "later").read_bytes() == b"came after the backup"
    assert (aside / "postgres" / "PG_VERSION").exists()


def test_a_cluster_of_another_version_is_replaced(saved: Saved, data: Path) -> None:
    (data / "postgres" / "PG_VERSION").write_text("17\n")
    restore(saved.file, data, force=True)
    with scene.running(data) as dsn:
        assert scene.rows(dsn) == saved.rows


def test_a_damaged_backup_changes_nothing(saved: Saved, place: Path) -> None:
    file = Path(shutil.copy(saved.file, place))
    with tarfile.open(file) as tar:
        names = tar.getnames()
        manifest = tar.extractfile("manifest.json")
        assert manifest
        said = manifest.read()
    picture = next(name for name in names if name.startswith("files/"))
    cut_off = place / "cut-off.tar"
    cut_off.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    broken = [
        cut_off,
        place / "not-there.tar",
        place,
        rewritten(file, picture, b"another picture"),
    ]
    for damaged in broken:
        with pytest.raises(BackupUnreadable):
            restore(damaged, place / "new")
    for member, content in (("database.dump", b"x"), (picture, None), ("manifest.json", None), ("manifest.json", b"{")):
        with pytest.raises(BackupUnreadable):
            restore(rewritten(file, member, content), place / "new")
    newer = said.replace(b'"revision":"2026', b'"revision":"2999')
    with pytest.raises(BackupTooNew):
        restore(rewritten(file, "manifest.json", newer), place / "new")
    assert not (place / "new" / "postgres").exists()
    assert not list((place / "new").glob("*/*"))


def test_a_backup_cannot_write_beside_its_folder(place: Path) -> None:
    for name in ("files/../../evil", "/evil", "files//evil", "evil", "files/x/../../../evil"):
        file = place / "evil.tar"
        with tarfile.open(file, "w") as tar:
            tar.addfile(tarfile.TarInfo(name))
        with pytest.raises(BackupUnreadable):
            restore(file, place / "new")
    with tarfile.open(place / "evil.tar", "w") as tar:
        link = tarfile.TarInfo("files/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    with pytest.raises(BackupUnreadable):
        restore(place / "evil.tar", place / "new")
    assert sorted(found.name for found in place.iterdir()) == ["evil.tar", "new"]


def test_a_folder_without_a_database_has_nothing_to_back_up(place: Path) -> None:
    with pytest.raises(DumpFailed):
        backup(place / "hutong.tar", place / "nothing")
    with pytest.raises(BackupUnreadable):
        backup(place / "no-such-folder" / "hutong.tar", place)
    assert not list(place.iterdir())


def test_an_earlier_backup_stays_until_the_new_one_is_whole(data: Path, place: Path) -> None:
    file = place / "hutong.tar"
    file.write_bytes(b"last week's")
    (data / "postgres").rename(data / "gone")
    with pytest.raises(DumpFailed):
        backup(file, data)
    assert file.read_bytes() == b"last week's"
    (data / "gone").rename(data / "postgres")
    backup(file, data)
    assert tarfile.is_tarfile(file)


def test_another_server_is_backed_up_and_restored(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Postgres(place / "server", settings=scene.SMALL) as server:
        monkeypatch.setenv("HUTONG_DATABASE_URL", server.dsn("company"))
        run_sql(server.dsn("postgres"), "create database company")
        data, file = place / "data", place / "hutong.tar"
        scene.furnish(data, server.dsn("company"))
        expected = scene.rows(server.dsn("company"))
        backup(file, data)

        with pytest.raises(TargetNotEmpty):
            restore(file, data)
        restore(file, data, force=True)
        assert scene.rows(server.dsn("company")) == expected
        names = run_sql(server.dsn("postgres"), "select datname from pg_database").split()
        assert sum(name.startswith("company_before_") for name in names) == 1
        assert not any("_restore_" in name for name in names)

        monkeypatch.setenv("HUTONG_DATABASE_URL", server.dsn("not_there_yet"))
        restore(file, place / "elsewhere")
        assert scene.rows(server.dsn("not_there_yet")) == expected
        assert scene.bytes_of(place / "elsewhere") == scene.bytes_of(data)


def test_a_database_in_use_is_not_replaced(saved: Saved, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Postgres(place / "server", settings=scene.SMALL) as server:
        monkeypatch.setenv("HUTONG_DATABASE_URL", server.dsn())

        async def hold() -> None:
            connection = await asyncpg.connect(server.dsn())
            try:
                await asyncio.to_thread(restore, saved.file, place / "other")
            finally:
                await connection.close()

        with pytest.raises(DatabaseInUse):
            asyncio.run(hold())
        assert "_restore_" not in run_sql(server.dsn("postgres"), "select datname from pg_database")


def test_a_dump_that_does_not_load_is_said(place: Path) -> None:
    with Postgres(place / "server", settings=scene.SMALL) as server:
        (place / "dump").write_bytes(b"no dump")
        with pytest.raises(RestoreFailed):
            maintenance.load_dump(server.dsn(), place / "dump")


@pytest.mark.parametrize(
    ("dsn", "expected"),
    [
        (
            "postgresql://postgres@/hutong?host=%2Frun%2Fx&port=5432",
            "postgresql://postgres@/a?host=%2Frun%2Fx&port=5432",
        ),
        (
            "postgresql://u:p@db.example:5433/hutong?sslmode=require",
            "postgresql://u:p@db.example:5433/a?sslmode=require",
        ),
        ("postgres://u@h", "postgres://u@h/a"),
        ("postgres://u@h?dbname=x", "postgres://u@h/a"),
    ],
)
def test_an_address_names_another_database(dsn: str, expected: str) -> None:
    assert with_database(dsn, "a") == expected


def run_sql(dsn: str, sql: str) -> str:
    return subprocess.run(
        [program("psql"), "-XAtq", "-d", dsn, "-c", sql], check=True, capture_output=True, text=True
    ).stdout
