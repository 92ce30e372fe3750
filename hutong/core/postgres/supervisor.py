"""The supervisor: starts the server as a direct child that cannot outlive us, and ends it."""

import atexit
import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from hutong.core.children import die_with_parent
from hutong.core.postgres import cluster
from hutong.core.postgres.account import choose_account, program, server_binaries
from hutong.core.postgres.errors import DataFolderRefused, PostgresFailed

_LOG_BYTES = 10 * 1024 * 1024
_SETTINGS = {
    "listen_addresses": "",
    "port": str(cluster.PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "synchronous_commit": "on",  # an acknowledged message is on disk
    "min_wal_size": "256MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "autovacuum_naptime": "15s",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] ",
}


class Postgres:
    """The PostgreSQL of one data folder.

    `settings` are added to ours (tests: `{"shared_buffers": "32MB"}`); `is_durable=False` gives up safety against a
    crash of the machine for speed, for tests only. Start from the main thread: Linux ends the server together with
    the thread that started it.
    """

    def __init__(self, data: Path, *, is_durable: bool = True, settings: dict[str, str] | None = None) -> None:
        self.data = data.expanduser().absolute()
        self.log = self.data / "postgres.log"
        self._is_durable = is_durable
        self._settings = _SETTINGS | (settings or {})
        if not is_durable:
            self._settings |= {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
        self._process: subprocess.Popen[bytes] | None = None
        self._socket_folder: Path | None = None
        self._lock: int | None = None
        self._owner_pid = 0

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, _type: type[BaseException] | None, _value: object, _trace: TracebackType | None) -> None:
        self.stop()

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def dsn(self, database: str = "hutong") -> str:
        """The address of a database of the running server, for asyncpg and for psql, pg_dump and their kin."""
        if self._socket_folder is None:
            raise RuntimeError("Postgres.dsn() before start()")
        return cluster.dsn_of(self._socket_folder, database)

    def start(self) -> None:
        """Make the cluster if there is none, start the server, wait until it takes connections, see to `hutong`.

        Raises DataFolderInUse, DataFolderRefused, ClusterTooOld, PostgresFailed; nothing is left running then.
        """
        if self._process is not None:
            return
        if sys.platform == "linux" and threading.current_thread() is not threading.main_thread():
            raise RuntimeError("Postgres.start() must be called from the main thread: the server ends with its thread")
        self._make_data_folder()
        self._lock = cluster.lock(self.data)
        self._owner_pid = os.getpid()
        try:
            self._start_locked()
        except BaseException:
            self.stop()
            raise
        atexit.register(self.stop)

    def revive(self) -> None:
        """After its death: the same server at the same address. Main thread; raises PostgresFailed."""
        self._start_locked()

    def stop(self) -> None:
        """End the server: open transactions roll back, the rest is on disk. Harmless when it does not run."""
        if os.getpid() != self._owner_pid:  # a fork's atexit: the server is its parent's
            return
        atexit.unregister(self.stop)
        if self._process is not None:
            # Fast shutdown; a server that does not obey is cut off, and recovers at its next start.
            for number, seconds in ((signal.SIGINT, 60), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)):
                if self._process.poll() is not None:
                    break
                self._process.send_signal(number)
                try:
                    self._process.wait(seconds)
                except subprocess.TimeoutExpired:
                    continue
            self._process = None
        if self._socket_folder is not None:
            with contextlib.suppress(OSError):  # kept while something is in it
                self._socket_folder.rmdir()
            self._socket_folder = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    # -- inside ----------------------------------------------------------------------------------------------------

    def _make_data_folder(self) -> None:
        try:
            # Others may pass through (the database's account must), not look around.
            self.data.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
        except OSError as cause:
            raise DataFolderRefused(folder=self.data, reason=cause.strerror or str(cause)) from cause
        if not os.access(self.data, os.W_OK | os.X_OK):
            raise DataFolderRefused(folder=self.data, reason=f"user {os.geteuid()} may not write to it")

    def _start_locked(self) -> None:
        folder = cluster.folder_of(self.data)
        account = choose_account(folder)
        binaries = server_binaries(account)
        if not (folder / "PG_VERSION").exists():
            if folder.exists():
                raise DataFolderRefused(folder=folder, reason="it is there but holds no database; move it away")
            cluster.create(folder, binaries, account, syncs=self._is_durable)
        cluster.check_version(folder, binaries)
        cluster.take_ownership(folder, account)
        cluster.settle_remains(folder)
        self._socket_folder = cluster.make_socket_folder(self.data, account)
        self._rotate_log()
        options = [f"--{name}={value}" for name, value in self._settings.items()]
        deadline = time.monotonic() + 10
        while True:
            log_start = self.log.stat().st_size if self.log.exists() else 0
            with cluster.open_for(account, folder) as (path, descriptors), self.log.open("ab") as log:
                self._process = subprocess.Popen(
                    [binaries / "postgres", "-D", path, f"--unix_socket_directories={self._socket_folder}", *options],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    cwd="/",
                    pass_fds=descriptors,
                    preexec_fn=die_with_parent(signal.SIGINT),  # noqa: PLW1509 - runs two system calls, takes no lock
                    **account.popen_arguments(),
                )
            try:
                self._wait_until_ready(folder, log_start)
                break
            except PostgresFailed as failure:
                # After a kill -9 of the server its children need a moment to notice and go.
                if "shared memory" not in str(failure) or time.monotonic() > deadline:
                    raise
                time.sleep(0.2)
        self._create_database("hutong")

    def _wait_until_ready(self, folder: Path, log_start: int) -> None:
        """Returns when connections are taken. Recovery after a crash may take its time; only an exit is a failure."""
        process = self._process
        assert process is not None
        while not cluster.is_ready(folder, process.pid):
            if process.poll() is not None:
                raise PostgresFailed(reason=self._last_words(log_start), log=self.log)
            time.sleep(0.01)

    def _last_words(self, log_start: int) -> str:
        with self.log.open("rb") as log:
            log.seek(log_start)
            lines = log.read().decode(errors="replace").splitlines()
        grave = [line for line in lines if "FATAL" in line or "PANIC" in line] or lines[-1:]
        return grave[0].partition("FATAL:")[2].strip() or grave[0] if grave else "it ended without a word"

    def _rotate_log(self) -> None:
        if self.log.exists() and self.log.stat().st_size > _LOG_BYTES:
            self.log.rename(self.log.with_suffix(".log.1"))

    def _create_database(self, name: str) -> None:
        known = self._query(f"select 1 from pg_database where datname = '{name}'")
        if not known:
            self._query(f'create database "{name}"')

    def _query(self, sql: str) -> str:
        ran = subprocess.run(
            [program("psql"), "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", self.dsn("postgres"), "-c", sql],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if ran.returncode != 0:
            raise PostgresFailed(reason=ran.stderr.strip(), log=self.log)
        return ran.stdout.strip()
