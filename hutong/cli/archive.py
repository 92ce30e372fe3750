"""A backup's file: a plain tar of `database.dump` (pg_dump's custom format), `files/<key>` for every file that a row
names, and last `manifest.json` with the size and SHA-256 of each. Without its manifest a backup is not whole.
"""

import hashlib
import io
import tarfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

import msgspec
import obstore
from obstore.store import ObjectStore

from hutong.core import clock
from hutong.core.errors import Invalid

if TYPE_CHECKING:
    from typing_extensions import Buffer

FORMAT = 1
DUMP = "database.dump"
FILES = "files"
_MANIFEST = "manifest.json"
_CHUNK = 1024 * 1024


class BackupUnreadable(Invalid):
    code = "backup_unreadable"
    zh = "{file} 不是完整的互通备份：{reason}"
    en = "{file} is no whole backup of Hutong: {reason}"


class Entry(msgspec.Struct, frozen=True):
    name: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """`revision` is the schema's newest migration, `version` the release that wrote the backup."""

    format: int
    version: str
    revision: str
    created_at: datetime
    entries: list[Entry]


class Readable(Protocol):
    def read(self, size: int, /) -> "Buffer": ...


# -- writing -------------------------------------------------------------------------------------------------------


def write(
    tar: tarfile.TarFile, dump_file: Path, objects: ObjectStore, keys: Iterable[str], *, version: str, revision: str
) -> list[str]:
    """Fill the tar. Returns the keys whose bytes are not on the store."""
    entries, missing = [], []
    with dump_file.open("rb") as opened:
        entries.append(_add(tar, DUMP, opened, dump_file.stat().st_size))
    for key in keys:
        try:
            found = obstore.open_reader(objects, key, buffer_size=_CHUNK)
        except FileNotFoundError:
            missing.append(key)
            continue
        entries.append(_add(tar, f"{FILES}/{key}", found, found.size))
    manifest = Manifest(format=FORMAT, version=version, revision=revision, created_at=clock.now(), entries=entries)
    raw = msgspec.json.encode(manifest)
    _add(tar, _MANIFEST, io.BytesIO(raw), len(raw))
    return missing


def _add(tar: tarfile.TarFile, name: str, body: Readable, size: int) -> Entry:
    header = tarfile.TarInfo(name)
    header.size, header.mode, header.mtime = size, 0o600, int(clock.now().timestamp())
    digesting = _Digesting(body)
    tar.addfile(header, digesting)  # type: ignore[arg-type]  # it is only read from
    return Entry(name, size, digesting.digest.hexdigest())


class _Digesting:
    """What is read passes through the digest."""

    def __init__(self, body: Readable) -> None:
        self._body = body
        self.digest = hashlib.sha256()

    def read(self, size: int) -> bytes:
        piece = bytes(self._body.read(size))
        self.digest.update(piece)
        return piece


# -- reading -------------------------------------------------------------------------------------------------------


def unpack(file: Path, folder: Path) -> Manifest:
    """Write the content below `folder` and compare all of it with the manifest. Raises BackupUnreadable."""
    found: list[Entry] = []
    raw: bytes | None = None
    try:
        with tarfile.open(file, mode="r:") as tar:
            for member in tar:
                body = tar.extractfile(member) if member.isreg() and _is_ours(member.name) else None
                if body is None:
                    raise BackupUnreadable(file=file, reason=f"{member.name!r} does not belong in one")
                if member.name == _MANIFEST:
                    raw = body.read()
                else:
                    found.append(_extract(member.name, body, folder / member.name))
    except (tarfile.TarError, EOFError) as cause:
        raise BackupUnreadable(file=file, reason=str(cause)) from cause
    except (FileNotFoundError, IsADirectoryError) as cause:
        raise BackupUnreadable(file=file, reason=cause.strerror) from cause
    manifest = _parse(file, raw)
    _compare(file, manifest.entries, found)
    return manifest


def _is_ours(name: str) -> bool:
    """Nothing may be written beside the folder: no step upwards, no absolute path."""
    parts = name.split("/")
    return name in {DUMP, _MANIFEST} or (parts[0] == FILES and len(parts) > 1 and not {"", ".", ".."} & set(parts))


def _extract(name: str, body: IO[bytes], target: Path) -> Entry:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digesting = _Digesting(body)
    size = 0
    with target.open("xb") as out:
        while piece := digesting.read(_CHUNK):
            size += out.write(piece)
    return Entry(name, size, digesting.digest.hexdigest())


def _parse(file: Path, raw: bytes | None) -> Manifest:
    if raw is None:
        raise BackupUnreadable(file=file, reason="it ends too early; the backup was cut off")
    try:
        manifest = msgspec.json.decode(raw, type=Manifest)
    except msgspec.DecodeError as cause:
        raise BackupUnreadable(file=file, reason=f"its manifest cannot be read ({cause})") from cause
    if manifest.format != FORMAT:
        raise BackupUnreadable(file=file, reason=f"its format {manifest.format} is unknown to this release")
    return manifest


def _compare(file: Path, promised: list[Entry], found: list[Entry]) -> None:
    there = {entry.name: entry for entry in found}
    for entry in promised:
        if there.pop(entry.name, None) != entry:
            raise BackupUnreadable(file=file, reason=f"{entry.name} is not as it was written (checksum)")
    if there or not any(entry.name == DUMP for entry in promised):
        raise BackupUnreadable(file=file, reason="its manifest does not name what is in it")
