"""A file in pieces: announced, sent piece by piece over as many lines as it takes, and made a file when it is whole.

How far an upload has come stands in its row, written after the bytes were synced to the disk: what was answered holds,
whatever dies. One writer at a time has the pieces (`Spool.hold`); nothing is kept in memory between two requests.
"""

import asyncio
import errno
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from uuid import UUID

import msgspec

from hutong.core import clock, ids
from hutong.core.actor import Actor
from hutong.core.db import Database, Tx
from hutong.core.errors import Conflict, NotFound
from hutong.files import model, store, uploading
from hutong.files.actions import bounds
from hutong.files.actions.keep import keep_file, put_file
from hutong.files.filestore import FileStore
from hutong.files.model import File
from hutong.files.spool import Held
from hutong.files.uploading import (
    PieceTooLong,
    TooManyUploads,
    Upload,
    UploadBusy,
    UploadElsewhere,
    UploadSilent,
    UploadUnfinished,
)

_WRITE_BYTES = 1024 * 1024


async def start_upload(
    db: Database, file_store: FileStore, actor: Actor, name: str, size: int, client_id: UUID | None = None
) -> Upload:
    """A new upload; for a client id that began one, the same. All that can be refused is, before a byte is sent.

    Raises EmptyFile, FileTooLarge, TooManyUploads, TooMuchToday, TooMuchFromContacts, StorageFull; Conflict where the
    client id began an upload of another size.
    """
    if size == 0:
        raise model.EmptyFile
    if size > file_store.max_bytes:
        raise model.FileTooLarge(limit=model.megabytes(file_store.max_bytes))
    upload = Upload(
        id=ids.new(),
        company_id=actor.company_id,
        owner_id=actor.person_id,
        of_contact=actor.kind == "contact",
        client_id=client_id,
        size=size,
        received=0,
        name=model.clean_name(name),
        touched_at=clock.now(),
        file_id=None,
    )
    async with db.begin() as tx:
        await store.lock_uploads(tx, actor.person_id)
        if begun := await _find_begun(tx, upload):
            return begun
        dropped_id = await _make_room(tx, file_store, actor)
        await bounds.check_announced(tx, file_store, actor, size)
        await store.insert_upload(tx, upload)
    if dropped_id is not None:
        await file_store.spool.remove(dropped_id)
    return upload


async def _find_begun(tx: Tx, upload: Upload) -> Upload | None:
    """What the same client id began before. Raises Conflict."""
    if upload.client_id is None:
        return None
    begun = await store.find_begun(tx, upload.owner_id, upload.client_id)
    if begun is None:
        return None
    if begun.expires_at <= upload.touched_at:
        # Its bytes, if any, are swept: they are a day old.
        await store.forget_begun(tx, begun.id)
        return None
    if begun.size != upload.size:
        raise Conflict
    return begun


async def _make_room(tx: Tx, file_store: FileStore, actor: Actor) -> int | None:
    """At the limit the one that was silent for the longest time ends, and this is its id. Raises TooManyUploads.

    Whoever lost the page that was sending knows of no upload to finish or to cancel.
    """
    most = uploading.max_unfinished(actor.kind)
    if await store.count_unfinished(tx, actor.person_id) < most:
        return None
    silent_id = await store.find_silent(tx, actor.person_id, clock.now() - uploading.SILENT_LIFE)
    if silent_id is None:
        raise TooManyUploads(limit=most)
    try:
        # On a very slow line a piece may be coming all the same.
        async with file_store.spool.hold(silent_id):
            await store.delete_upload(tx, silent_id)
    except UploadBusy as cause:
        raise TooManyUploads(limit=most) from cause
    return silent_id


async def find_upload(tx: Tx, actor: Actor, upload_id: int) -> Upload:
    """Raises NotFound, also for another person's and for one that has expired."""
    return await store.get_upload(tx, actor.person_id, upload_id, clock.now() - uploading.UPLOAD_LIFE)


async def add_piece(
    db: Database,
    file_store: FileStore,
    actor: Actor,
    upload_id: int,
    offset: int,
    stream: AsyncIterator[bytes],
    *,
    announced_bytes: int | None = None,
) -> Upload:
    """What comes is written; the upload as it then stands. A line that breaks keeps what came by it.

    Raises NotFound, UploadBusy, UploadElsewhere, PieceTooLong, UploadSilent, StorageFull, TooMuchToday,
    TooMuchFromContacts.
    """
    async with db.begin() as tx:
        if (await find_upload(tx, actor, upload_id)).file_id is not None:
            raise UploadElsewhere
    with _said_when_full():
        async with file_store.spool.hold(upload_id) as held:
            async with db.begin() as tx:
                upload = await find_upload(tx, actor, upload_id)
            uploading.check_piece(upload, offset, announced_bytes)
            await held.begin_at(upload.received)
            return await _Piece(db, held, upload, partial(bounds.check_next, db, file_store, actor)).take(stream)


class _Piece:
    """Bytes on their way into an upload."""

    def __init__(self, db: Database, held: Held, upload: Upload, check_next: Callable[[int], Awaitable[None]]) -> None:
        self._db = db
        self._check_next = check_next
        self._held = held
        self._upload = upload
        self._size = upload.received
        self._waiting: list[bytes] = []
        self._waiting_bytes = 0

    async def take(self, stream: AsyncIterator[bytes]) -> Upload:
        await self._check_room()
        try:
            async for chunk in _in_time(stream):
                if self._size + len(chunk) > self._upload.size:
                    raise PieceTooLong
                self._size += len(chunk)
                self._waiting.append(chunk)
                self._waiting_bytes += len(chunk)
                if self._waiting_bytes >= _WRITE_BYTES:
                    await self._write()
                if self._size - self._upload.received >= uploading.SYNC_BYTES:
                    await self._keep()
                    await self._check_room()
        except OSError:
            raise  # the disk is full: the upload stands where it was last known to be safe
        except BaseException:
            # Cut off: who comes back goes on after the last byte that came.
            await self._keep()
            raise
        await self._keep()
        return self._upload

    async def _check_room(self) -> None:
        """For all that can come until it is asked again."""
        if more := min(uploading.SYNC_BYTES, self._upload.size - self._size):
            await self._check_next(more)

    async def _write(self) -> None:
        waiting, self._waiting, self._waiting_bytes = self._waiting, [], 0
        await self._held.write(waiting)

    async def _keep(self) -> None:
        """First the bytes, then the row that says they are there."""
        if self._size == self._upload.received:
            return
        await self._write()
        await self._held.sync()
        now = clock.now()
        async with self._db.begin() as tx:
            if not await store.mark_received(tx, self._upload.id, self._upload.received, self._size, now):
                raise NotFound  # cancelled meanwhile
        self._upload = msgspec.structs.replace(self._upload, received=self._size, touched_at=now)


async def finish_upload(db: Database, file_store: FileStore, actor: Actor, upload_id: int) -> File:
    """All has come: the upload becomes a file. May be repeated; the file is the same one.

    Raises NotFound, UploadBusy, UploadUnfinished, StorageFull.
    """
    async with db.begin() as tx:
        if made := await _find_made(tx, actor, upload_id):
            return made
    with _said_when_full():
        async with file_store.spool.hold(upload_id) as held:
            async with db.begin() as tx:
                upload, made = await find_upload(tx, actor, upload_id), await _find_made(tx, actor, upload_id)
            if made is None:
                if upload.received < upload.size:
                    raise UploadUnfinished
                await held.begin_at(upload.received)
                received = await put_file(file_store, ids.new(), held.path, upload.name)
                async with db.begin() as tx:
                    made = await keep_file(tx, actor, received)
                    if not await store.mark_finished(tx, upload.id, received.id):
                        raise NotFound  # cancelled meanwhile: the bytes go with the day's sweep
            await file_store.spool.remove(upload_id)
            return made


async def _find_made(tx: Tx, actor: Actor, upload_id: int) -> File | None:
    """What an upload has become. Raises NotFound."""
    upload = await find_upload(tx, actor, upload_id)
    if upload.file_id is None:
        return None
    return (await store.list_files(tx, actor.company_id, [upload.file_id])).get(upload.file_id)


async def remove_upload(db: Database, file_store: FileStore, actor: Actor, upload_id: int) -> None:
    """Cancelled, unless it is a file by now. A piece that is on its way finds no upload any more, and ends.

    Raises NotFound.
    """
    async with db.begin() as tx:
        await find_upload(tx, actor, upload_id)
        await store.delete_upload(tx, upload_id)
    await file_store.spool.remove(upload_id)


async def _in_time(stream: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The stream, as long as something comes. Raises UploadSilent."""
    while True:
        try:
            async with asyncio.timeout(uploading.SILENT_SECONDS):
                chunk = await anext(stream)
        except StopAsyncIteration:
            return
        except TimeoutError as cause:
            raise UploadSilent from cause
        yield chunk


@contextmanager
def _said_when_full() -> Iterator[None]:
    try:
        yield
    except OSError as cause:
        if cause.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise model.StorageFull from cause
        raise
