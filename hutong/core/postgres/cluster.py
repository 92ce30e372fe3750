"""The cluster on disk: making it, its version, who supervises it, the remains of a crash, where its socket is."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from hutong.core.postgres.account import Account
from hutong.core.postgres.errors import ClusterTooOld, DataFolderInUse, DataFolderRefused, PostgresFailed

PORT = 5432
SUPERUSER = "postgres"
_SOCKET = f".s.PGSQL.{PORT}"
_SOCKET_PATH_BYTES = 107
_NEVER_A_PID = 4194303


def folder_of(data: Path) -> Path:
    return data / "postgres"


def dsn_of(socket_folder: Path, database: str) -> str:
    """For asyncpg and for libpq's programs alike."""
    return f"postgresql://{SUPERUSER}@/{quote(database)}?host={quote(str(socket_folder), safe='')}&port={PORT}"


def is_supervised(data: Path) -> bool:
    """Whether a running process holds this data folder's database."""
    if not (data / "postgres.lock").exists():
        return False
    try:
        # Holds the lock for an instant; start() is patient enough not to mind.
        os.close(lock(data, patience_seconds=0))
    except DataFolderInUse:
        return True
    return False


def find_dsn(data: Path, database: str = "hutong") -> str | None:
    """The address of the database that another process runs on this folder; None when none is ready."""
    lines = _pid_file_lines(folder_of(data))
    if len(lines) < 8 or lines[7].strip() != "ready" or not is_supervised(data):
        return None
    return dsn_of(Path(lines[4]), database)


def is_ready(cluster: Path, pid: int) -> bool:
    """The server `pid` takes connections: it says so on the last line of its pid file."""
    lines = _pid_file_lines(cluster)
    return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"


def lock(data: Path, *, patience_seconds: float = 0.3) -> int:
    """Take the folder for ourselves until the descriptor closes, which the end of this process does as well."""
    try:
        descriptor = os.open(data / "postgres.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except PermissionError as cause:
        raise DataFolderRefused(folder=data, reason="postgres.lock belongs to another user; run as that one") from cause
    deadline = time.monotonic() + patience_seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as cause:
            if time.monotonic() > deadline:
                os.close(descriptor)
                raise DataFolderInUse(folder=data) from cause
            time.sleep(0.02)
        else:
            return descriptor


@contextmanager
def hold(data: Path) -> Iterator[None]:
    """Keep every supervisor off the folder for the span of a `with` block. Raises DataFolderInUse."""
    descriptor = lock(data)
    try:
        yield
    finally:
        os.close(descriptor)


# -- making it -----------------------------------------------------------------------------------------------------


def create(cluster: Path, binaries: Path, account: Account, *, syncs: bool) -> None:
    """initdb beside the place, then a rename: a cluster is there whole or not at all."""
    for remains in cluster.parent.glob(f"{cluster.name}.new-*"):
        shutil.rmtree(remains)
    fresh = Path(tempfile.mkdtemp(prefix=f"{cluster.name}.new-", dir=cluster.parent))
    if account.drops:
        os.chown(fresh, account.uid, account.gid)
    with open_for(account, fresh) as (path, descriptors):
        # The C.UTF-8 locale, or pg_trgm sees nothing in Chinese words.
        made = subprocess.run(
            [binaries / "initdb", "-D", path, "-U", SUPERUSER, "-E", "UTF8", "--locale-provider=builtin",
             "--builtin-locale=C.UTF-8", "--locale=C.UTF-8", "-A", "trust", *([] if syncs else ["--no-sync"])],
            capture_output=True, text=True, check=False, cwd="/", pass_fds=descriptors, **account.popen_arguments(),
        )  # fmt: skip
    if made.returncode != 0:
        shutil.rmtree(fresh, ignore_errors=True)
        last = (made.stderr.strip() or made.stdout.strip()).splitlines()[-1:]
        raise PostgresFailed(reason=f"initdb: {''.join(last)}", log="-")
    fresh.rename(cluster)


def check_version(cluster: Path, binaries: Path) -> None:
    """A cluster of another major version cannot be read; say what to do instead of failing in the log."""
    found = (cluster / "PG_VERSION").read_text().strip()
    shown = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    ours = shown.split()[2].split(".")[0]
    if found != ours:
        raise ClusterTooOld(folder=cluster, found=found, ours=ours)


def take_ownership(cluster: Path, account: Account) -> None:
    """As root: a cluster copied in by root is given to the account. Only the cluster, never a parent."""
    if not account.drops or cluster.stat().st_uid == account.uid:
        return
    for folder, _, names in os.walk(cluster):
        for name in names:
            os.chown(Path(folder) / name, account.uid, account.gid, follow_symlinks=False)
        os.chown(folder, account.uid, account.gid, follow_symlinks=False)


class open_for:
    """`with open_for(account, folder) as (path, descriptors)`: a name under which the account reaches the folder.

    Where the account cannot walk there (a 0700 home above it), the folder is opened by us and inherited: a path through
    /proc/self/fd asks no parent for permission.
    """

    def __init__(self, account: Account, folder: Path) -> None:
        self._path = str(folder)
        self._descriptor: int | None = None
        if not account.can_walk_to(folder) and Path("/proc/self/fd").is_dir():
            self._descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            self._path = f"/proc/self/fd/{self._descriptor}"

    def __enter__(self) -> tuple[str, tuple[int, ...]]:
        return self._path, () if self._descriptor is None else (self._descriptor,)

    def __exit__(self, *_: object) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)


# -- remains of a crash --------------------------------------------------------------------------------------------


def settle_remains(cluster: Path, *, patience_seconds: float = 30) -> None:
    """Make the pid file of an earlier server harmless. Call with the lock held.

    A live server of this very cluster has lost its supervisor and is shutting down: wait for it. A zombie, or another
    program that was given the number, would make PostgreSQL refuse for good: its number is replaced by one that nobody
    has, which keeps PostgreSQL's own check of the shared memory.
    """
    deadline = time.monotonic() + patience_seconds
    while (pid := _pid_of(cluster)) is not None and _serves(pid, cluster):
        if time.monotonic() > deadline:
            raise PostgresFailed(reason=f"an earlier server (process {pid}) still runs on {cluster}", log="-")
        time.sleep(0.05)
    if pid is not None:
        file = cluster / "postmaster.pid"
        _, _, rest = file.read_text().partition("\n")
        with file.open("r+") as out:  # in place: the file stays its owner's
            out.truncate()
            out.write(f"{_NEVER_A_PID}\n{rest}")


def _pid_file_lines(cluster: Path) -> list[str]:
    try:
        return (cluster / "postmaster.pid").read_text().splitlines()
    except (FileNotFoundError, PermissionError, NotADirectoryError):
        return []


def _pid_of(cluster: Path) -> int | None:
    lines = _pid_file_lines(cluster)
    return int(lines[0]) if lines and lines[0].isdigit() else None


def _serves(pid: int, cluster: Path) -> bool:
    """Whether the live process `pid` is the server of this cluster: it works in that folder."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
        if stat.rpartition(")")[2].split()[0] == "Z" or "(postgres)" not in stat:
            return False
        return Path(f"/proc/{pid}/cwd").samefile(cluster)
    except PermissionError:
        return False  # not our user's: then not our cluster's
    except FileNotFoundError:
        # Gone meanwhile, or a system without /proc, where PostgreSQL's own look must do.
        return not Path("/proc/self").exists()


# -- the socket ----------------------------------------------------------------------------------------------------


def make_socket_folder(data: Path, account: Account) -> Path:
    """A 0700 folder of the account with a path short enough for a socket; left-over sockets in it are removed."""
    for folder in _socket_folders(data, account):
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            if account.drops and folder.lstat().st_uid == 0:
                os.chown(folder, account.uid, account.gid, follow_symlinks=False)
            found = folder.lstat()
            if folder.is_symlink() or found.st_uid != account.uid or found.st_mode & 0o077:
                continue  # in /tmp anybody may have taken the name
            for name in (_SOCKET, f"{_SOCKET}.lock"):
                (folder / name).unlink(missing_ok=True)
        except OSError:
            continue
        return folder
    raise DataFolderRefused(folder=data, reason="no folder for the database's socket could be made")


def _socket_folders(data: Path, account: Account) -> list[Path]:
    inside = data / "postgres.run"
    choices = []
    if account.can_walk_to(inside) and len(os.fsencode(inside / _SOCKET)) <= _SOCKET_PATH_BYTES:
        choices.append(inside)
    name = f"hutong-{account.uid}-{hashlib.sha256(os.fsencode(data)).hexdigest()[:12]}"
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if runtime and not account.drops and len(os.fsencode(runtime)) < 60:
        choices.append(Path(runtime) / name)
    return [*choices, Path("/tmp") / name, Path("/var/tmp") / name]
