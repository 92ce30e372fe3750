"""Bytes on a store: a local folder or a bucket, one API. Knows keys and bytes, no rows."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import obstore
from obstore.store import LocalStore, ObjectStore, S3Store, from_url

from hutong.core import clock, ids
from hutong.core.settings import Settings
from hutong.files.model import FileGone, Part
from hutong.files.spool import Spool
from hutong.files.uploading import Limits

if TYPE_CHECKING:
    from obstore import GetResult

_CHUNK = 256 * 1024
# Pictures decoded at once in one process: each may take some 400 MB for a moment.
_DECODERS = 2


class FileStore:
    """Where bytes are (`objects`), where they wait until they are whole (`incoming`), and how many a file may have."""

    def __init__(self, *, objects: ObjectStore, incoming: Path, limits: Limits, decoding: asyncio.Semaphore) -> None:
        self.objects = objects
        self.incoming = incoming
        self.spool = Spool(incoming)
        self.limits = limits
        self.max_bytes = limits.file_bytes
        self.decoding = decoding

    @property
    def is_folder(self) -> bool:
        """The bytes stay on this machine when they are whole."""
        return isinstance(self.objects, LocalStore)

    async def put(self, file_id: int, part: Part, body: Path | bytes) -> None:
        """Returns when the bytes are on disk: a row that says they are there may follow."""
        key = key_of(file_id, part)
        root = Path(self.objects.prefix) if isinstance(self.objects, LocalStore) and self.objects.prefix else None
        # A large file that lies on the same disk need not be copied to be in two places.
        if not (root and isinstance(body, Path) and await asyncio.to_thread(_link, body, root / key)):
            await obstore.put_async(self.objects, key, body)
        if root:
            # The store renames into place but leaves the writing to the system; a power cut would tear it.
            await asyncio.to_thread(_sync, root, root / key)

    async def read(self, file_id: int, part: Part, start: int, end: int) -> AsyncIterator[bytes]:
        """The bytes from `start` up to, not including, `end`. Raises FileGone."""
        try:
            found = await obstore.get_async(self.objects, key_of(file_id, part), options={"range": (start, end)})
        except FileNotFoundError as cause:
            raise FileGone from cause
        return _chunks(found)

    async def size(self, file_id: int, part: Part) -> int:
        """Raises FileGone."""
        try:
            return (await obstore.head_async(self.objects, key_of(file_id, part)))["size"]
        except FileNotFoundError as cause:
            raise FileGone from cause

    async def delete(self, file_ids: Iterable[int]) -> None:
        """All parts of the files. What is not there is as good as removed."""
        for file_id in file_ids:
            for part in ("bytes", "thumbnail"):
                try:
                    await obstore.delete_async(self.objects, key_of(file_id, part))
                except FileNotFoundError:
                    continue

    async def probe(self) -> None:
        """Write, read and remove a few bytes. Raises what the store raises."""
        key = f"probe-{ids.new()}"
        await obstore.put_async(self.objects, key, b"probe")
        await obstore.get_async(self.objects, key)
        await obstore.delete_async(self.objects, key)

    async def list_ids(self, day: datetime) -> set[int]:
        """The ids of all files received on a day (UTC)."""
        found: set[int] = set()
        async for page in obstore.list(self.objects, _folder_of(day)):
            names = (meta["path"].rpartition("/")[2].partition(".")[0] for meta in page)
            found.update(int(name) for name in names if name.isdigit())
        return found


def open_store(settings: Settings) -> FileStore:
    """The store that the settings name; a local folder is made when it is not there."""
    incoming = settings.data / "incoming"
    incoming.mkdir(parents=True, exist_ok=True, mode=0o700)
    return FileStore(
        objects=_open_objects(settings),
        incoming=incoming,
        limits=Limits(
            file_bytes=settings.max_file_bytes,
            contact_day_bytes=settings.contact_bytes_per_day,
            member_day_bytes=settings.member_bytes_per_day,
            spare_bytes=settings.spare_bytes,
        ),
        decoding=asyncio.Semaphore(_DECODERS),
    )


def _open_objects(settings: Settings) -> ObjectStore:
    if settings.files_url is None:
        folder = settings.data / "files"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return LocalStore(prefix=folder)
    if settings.files_url.startswith("file://"):
        return LocalStore.from_url(settings.files_url, mkdir=True)
    if settings.files_url.startswith("s3://"):
        # Key, region and endpoint come from the AWS_* variables, as every tool for S3 reads them.
        return S3Store.from_url(settings.files_url)
    return from_url(settings.files_url)


def key_of(file_id: int, part: Part = "bytes") -> str:
    """`2026/11/24/<id>`: the day is in the id, so a day can be listed, and no folder grows without end."""
    ending = "" if part == "bytes" else ".thumbnail.webp"
    return f"{_folder_of(ids.made_at(file_id))}/{file_id}{ending}"


def _folder_of(day: datetime) -> str:
    return day.astimezone(UTC).strftime("%Y/%m/%d")


async def _chunks(found: "GetResult") -> AsyncIterator[bytes]:
    async for chunk in found.stream(min_chunk_size=_CHUNK):
        yield bytes(chunk)


def _link(body: Path, target: Path) -> bool:
    """False where the store is on another disk, or on one that knows no links."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(body, target)
    except OSError:
        return False
    return True


def _sync(root: Path, file: Path) -> None:
    """The file's bytes, and the names of the file and its folders, to disk."""
    for place in (file, *file.parents):
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if place == root:
            break


def remove_stale_incoming(file_store: FileStore, older_than: timedelta) -> int:
    """What interrupted uploads and a killed process left behind, files and folders. Returns how many."""
    limit = (clock.now() - older_than).timestamp()
    removed = 0
    for entry in file_store.incoming.iterdir():
        try:
            if _touched(entry) >= limit:
                continue
            if entry.is_dir():
                shutil.rmtree(entry)
            else:
                entry.unlink()
        except FileNotFoundError:
            continue  # another sweep took it, or what was under way has ended
        removed += 1
    return removed


def _touched(entry: Path) -> float:
    """When it was last written to. A folder does not notice that a file in it grows."""
    places = [entry, *entry.iterdir()] if entry.is_dir() else [entry]
    return max(place.stat().st_mtime for place in places)
