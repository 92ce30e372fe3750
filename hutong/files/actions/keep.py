"""Receive bytes, keep them, use them in a message, sweep what nobody used."""

import asyncio
import errno
import hashlib
import tempfile
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import IO

import puremagic

from hutong.core import clock, ids, log
from hutong.core.actor import Actor
from hutong.core.db import Database, Tx
from hutong.core.errors import HutongError
from hutong.files import filestore, model, store, uploading
from hutong.files.actions import bounds
from hutong.files.filestore import FileStore
from hutong.files.model import Demand, File, FileUnusable, NotAPicture, NotAVoice, Received, StoredFile, file_out
from hutong.files.pictures import Picture, read_picture
from hutong.files.showing import Shown, recognise
from hutong.files.sounds import Sound, read_sound

_WRITE_BYTES = 1024 * 1024
_SWEEP_ROWS = 500

_logger = log.logger(__name__)


async def receive(
    file_store: FileStore,
    stream: AsyncIterator[bytes],
    name: str,
    *,
    announced_bytes: int | None = None,
    must_be: Demand | None = None,
) -> Received:
    """Bytes from the network to the store. When this returns they are safe, and wait for `keep_file`.

    Where nothing special is wanted it takes what may come at once; larger files come in pieces.
    `announced_bytes` is what the sender said beforehand (Content-Length): refused early if too many, and checked at the
    end, so that an upload cut off on the way is no file. Raises FileTooLarge, TooLargeAtOnce, EmptyFile, UploadBroken,
    NotAPicture, NotAVoice, StorageFull.
    """
    most = {"picture": model.MAX_PICTURE_BYTES, "voice": model.MAX_SOUND_BYTES, None: model.MAX_AT_ONCE_BYTES}[must_be]
    limit = min(file_store.max_bytes, most)
    too_large = model.TooLargeAtOnce if must_be is None and limit < file_store.max_bytes else model.FileTooLarge
    refusal = too_large(limit=model.megabytes(limit))
    if announced_bytes is not None and announced_bytes > limit:
        raise refusal
    await bounds.check_disk(file_store, announced_bytes or 0)
    file_id = ids.new()
    try:
        with tempfile.TemporaryDirectory(dir=file_store.incoming, prefix=f"{file_id}-") as folder:
            source = Path(folder) / "source"
            size = await _write(file_store, stream, source, limit, refusal)
            if size == 0:
                raise model.EmptyFile
            if announced_bytes is not None and size != announced_bytes:
                raise model.UploadBroken
            return await _put(file_store, file_id, source, Path(folder), name, must_be)
    except OSError as cause:
        if cause.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise model.StorageFull from cause
        raise


async def put_file(file_store: FileStore, file_id: int, source: Path, name: str) -> Received:
    """Bytes that lie on this machine to the store. As with `receive`, they then wait for `keep_file`."""
    with tempfile.TemporaryDirectory(dir=file_store.incoming, prefix=f"{file_id}-") as folder:
        return await _put(file_store, file_id, source, Path(folder), name, None)


async def keep_file(tx: Tx, actor: Actor, received: Received) -> File:
    """The row: from now on the file is the actor's, who may use it in a message within a day."""
    file = StoredFile(
        id=received.id,
        company_id=actor.company_id,
        owner_id=actor.person_id,
        sha256=received.sha256,
        size=received.size,
        media_type=received.media_type,
        name=received.name,
        width=received.width,
        height=received.height,
        duration_ms=received.duration_ms,
        shown_as=received.shown_as,
    )
    await store.insert_file(tx, file, clock.now())
    return file_out(file)


async def store_file(
    db: Database,
    file_store: FileStore,
    actor: Actor,
    name: str,
    stream: AsyncIterator[bytes],
    *,
    announced_bytes: int | None = None,
) -> File:
    """Receive and keep in one. Holds no transaction while bytes are on their way. Raises TooMuchToday, too."""
    async with db.begin() as tx:
        await bounds.check_day(tx, file_store, actor, announced_bytes or 0)
    received = await receive(file_store, stream, name, announced_bytes=announced_bytes)
    async with db.begin() as tx:
        return await keep_file(tx, actor, received)


async def use_file(tx: Tx, company_id: int, owner_id: int, file_id: int, *, must_be: Demand | None = None) -> File:
    """The owner says the file in a message: it stays from now on. May be repeated. Raises FileUnusable, NotAVoice."""
    now = clock.now()
    file = await store.mark_used(tx, company_id, owner_id, file_id, now=now, unused_since=now - model.UNUSED_LIFE)
    if file is None or (must_be == "picture" and not file.is_picture):
        raise FileUnusable
    if must_be == "voice" and not file.is_voice:
        raise NotAVoice
    return file_out(file)


async def delete_files(tx: Tx, file_store: FileStore, file_ids: Sequence[int]) -> None:
    """They are said nowhere any more. Whoever calls knows that; if the transaction fails, they are found again."""
    await store.delete_files(tx, file_ids)
    await file_store.delete(file_ids)


async def sweep(db: Database, file_store: FileStore) -> int:
    """Remove uploads that nobody used or ended within a day, and bytes whose row was never written. Returns how many.

    Meant to run every hour or so, in any number of processes. A file that can still be used is never touched:
    `use_file` refuses from the instant on from which the sweep may take it.
    """
    limit = clock.now() - model.UNUSED_LIFE
    swept = await _sweep_uploads(db, file_store)
    while True:
        async with db.begin() as tx:
            file_ids = await store.delete_unused(tx, limit, _SWEEP_ROWS)
            # Within the transaction: if we die here the rows are back, and the next sweep finds them again.
            await file_store.delete(file_ids)
        swept += len(file_ids)
        if len(file_ids) < _SWEEP_ROWS:
            break
    for days in (1, 2, 3):
        swept += await _sweep_day(db, file_store, days)
    await asyncio.to_thread(filestore.remove_stale_incoming, file_store, model.UNUSED_LIFE)
    if swept:
        _logger.info("unused files removed", count=swept)
    return swept


async def _sweep_uploads(db: Database, file_store: FileStore) -> int:
    """Those whose last piece came more than a day ago."""
    async with db.begin() as tx:
        upload_ids = await store.delete_expired_uploads(tx, clock.now() - uploading.UPLOAD_LIFE)
    # What a death leaves here has no row, and goes with `remove_stale_incoming`.
    for upload_id in upload_ids:
        await file_store.spool.remove(upload_id)
    return len(upload_ids)


async def _sweep_day(db: Database, file_store: FileStore, days: int) -> int:
    """Bytes received `days` ago and more than a day old that no row knows: their sender's transaction failed."""
    now = clock.now()
    found = {
        file_id
        for file_id in await file_store.list_ids(now - timedelta(days=days))
        if ids.made_at(file_id) <= now - model.UNUSED_LIFE
    }
    if not found:
        return 0
    async with db.begin() as tx:
        orphans = found - await store.list_known(tx, sorted(found))
    await file_store.delete(orphans)
    return len(orphans)


async def _write(
    file_store: FileStore, stream: AsyncIterator[bytes], target: Path, limit: int, refusal: HutongError
) -> int:
    """All of the stream into the file, in large pieces and off the event loop. Returns its size."""
    size, waiting, waiting_bytes, looked_at = 0, list[bytes](), 0, 0
    with await asyncio.to_thread(target.open, "wb") as out:
        async for chunk in stream:
            size += len(chunk)
            if size > limit:
                raise refusal
            if size - looked_at >= uploading.SYNC_BYTES:
                await bounds.check_disk(file_store, uploading.SYNC_BYTES)
                looked_at = size
            waiting.append(chunk)
            waiting_bytes += len(chunk)
            if waiting_bytes >= _WRITE_BYTES:
                await asyncio.to_thread(_write_pieces, out, waiting)
                waiting, waiting_bytes = [], 0
        await asyncio.to_thread(_write_pieces, out, waiting)
    return size


def _write_pieces(out: IO[bytes], pieces: list[bytes]) -> None:
    out.writelines(pieces)


async def _put(
    file_store: FileStore, file_id: int, source: Path, folder: Path, name: str, must_be: Demand | None
) -> Received:
    async with file_store.decoding:
        picture = await asyncio.to_thread(read_picture, source, folder / "picture", folder / "thumbnail")
        sound = None if picture else await asyncio.to_thread(read_sound, source)
    if must_be == "picture" and picture is None:
        raise NotAPicture
    if must_be == "voice" and (sound is None or not model.is_voice(sound.duration_ms)):
        raise NotAVoice
    body = picture.body if picture else source
    shown = None if picture else await asyncio.to_thread(_recognise, source, sound)
    sha256, size, media_type = await asyncio.to_thread(_describe, body, picture or shown)
    # The thumbnail first: whoever lists a day and finds the file finds it whole.
    if picture:
        await file_store.put(file_id, "thumbnail", picture.thumbnail)
    await file_store.put(file_id, "bytes", body)
    return Received(
        id=file_id,
        name=model.clean_name(name),
        sha256=sha256,
        size=size,
        media_type=media_type,
        width=picture.width if picture else shown.width if shown else None,
        height=picture.height if picture else shown.height if shown else None,
        duration_ms=shown.duration_ms if shown else None,
        shown_as=shown.shown_as if shown else None,
    )


def _recognise(source: Path, sound: Sound | None) -> Shown | None:
    if sound:
        return Shown(shown_as="sound", media_type=sound.media_type, duration_ms=sound.duration_ms)
    return recognise(source)


def _describe(body: Path, known: Picture | Shown | None) -> tuple[bytes, int, str]:
    with body.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").digest()
    return digest, body.stat().st_size, known.media_type if known else _sniff(body)


def _sniff(body: Path) -> str:
    """What the bytes of a download look like: for an icon in the list, never for how it is served."""
    try:
        media_type = puremagic.from_file(body, mime=True)
    except (puremagic.PureError, ValueError, OSError):
        media_type = ""
    # A picture that we could not decode must not look like one.
    if not media_type or media_type in model.PICTURE_TYPES:
        return model.UNKNOWN_TYPE
    return media_type
