"""Where the pieces of a file wait until it is whole: one file of this machine an upload, and one writer at a time."""

import asyncio
import fcntl
import os
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from hutong.core.errors import NotFound
from hutong.files.uploading import UploadBusy


class Held:
    """The pieces of one upload, for whoever holds them: nobody else writes or takes them meanwhile."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor = descriptor

    async def begin_at(self, received: int) -> None:
        """Go on after so many bytes. What lies behind them was written, but never known to be on the disk.

        Raises NotFound where fewer are there: the upload was begun on another machine, or its bytes were removed.
        """
        if await asyncio.to_thread(self._cut, received) < received:
            raise NotFound

    async def write(self, pieces: Sequence[bytes]) -> None:
        await asyncio.to_thread(self._write, pieces)

    async def sync(self) -> None:
        await asyncio.to_thread(os.fdatasync, self._descriptor)

    def _cut(self, received: int) -> int:
        size = os.fstat(self._descriptor).st_size
        if size > received:
            os.ftruncate(self._descriptor, received)
        os.lseek(self._descriptor, received, os.SEEK_SET)
        return size

    def _write(self, pieces: Sequence[bytes]) -> None:
        for piece in pieces:
            left = memoryview(piece)
            while left:
                left = left[os.write(self._descriptor, left) :]


class Spool:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @asynccontextmanager
    async def hold(self, upload_id: int) -> AsyncIterator[Held]:
        """Alone with the pieces, among all processes of this machine. The system lets go for a process that dies.

        Raises UploadBusy.
        """
        path = self._path(upload_id)
        descriptor = await asyncio.to_thread(_open_alone, path)
        try:
            yield Held(path, descriptor)
        finally:
            os.close(descriptor)

    async def remove(self, upload_id: int) -> None:
        await asyncio.to_thread(self._path(upload_id).unlink, missing_ok=True)

    async def free_bytes(self) -> int:
        return (await asyncio.to_thread(shutil.disk_usage, self._folder)).free

    def _path(self, upload_id: int) -> Path:
        return self._folder / f"{upload_id}.pieces"


def _open_alone(path: Path) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as cause:
        os.close(descriptor)
        raise UploadBusy from cause
    return descriptor
