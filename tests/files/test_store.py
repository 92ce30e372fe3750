"""The same promises on a folder and on a bucket."""

import os
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from hutong import files
from hutong.core import clock, ids
from hutong.core.settings import Settings
from hutong.files import FileStore
from hutong.files.model import FileGone
from tests.files import pictures
from tests.files.bucket import bucket


@pytest.fixture(params=["folder", "address of a folder", "bucket"])
def file_store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FileStore]:
    match request.param:
        case "folder":
            yield files.open_store(Settings(data=tmp_path))
        case "address of a folder":
            yield files.open_store(Settings(data=tmp_path, files_url=f"file://{tmp_path}/elsewhere"))
        case _:
            with bucket() as server:
                for name, value in {
                    "AWS_ENDPOINT": server.endpoint, "AWS_ALLOW_HTTP": "true", "AWS_ACCESS_KEY_ID": "key",
                    "AWS_SECRET_ACCESS_KEY": "secret", "AWS_REGION": "cn-east-1", "NO_PROXY": "127.0.0.1",
                }.items():  # fmt: skip
                    monkeypatch.setenv(name, value)
                yield files.open_store(Settings(data=tmp_path, files_url="s3://bucket"))


async def stream(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def read(file_store: FileStore, file_id: int, start: int, end: int) -> bytes:
    return b"".join([chunk async for chunk in await file_store.read(file_id, "bytes", start, end)])


async def test_what_was_put_can_be_read_listed_and_removed(file_store: FileStore) -> None:
    content = os.urandom(6_000_000)  # more than one part of an upload
    received = await files.receive(file_store, stream(content), "big.bin")
    assert await file_store.size(received.id, "bytes") == len(content)
    assert await read(file_store, received.id, 0, len(content)) == content
    assert await read(file_store, received.id, 10, 20) == content[10:20]
    today, yesterday = ids.made_at(received.id), ids.made_at(received.id) - timedelta(days=1)
    assert await file_store.list_ids(today) == {received.id}
    assert await file_store.list_ids(yesterday) == set()
    await file_store.delete([received.id])
    await file_store.delete([received.id])
    assert await file_store.list_ids(today) == set()
    with pytest.raises(FileGone):
        await file_store.size(received.id, "bytes")
    with pytest.raises(FileGone):
        await read(file_store, received.id, 0, 1)


async def test_a_picture_has_its_thumbnail_beside_it(file_store: FileStore) -> None:
    received = await files.receive(file_store, stream(pictures.png()), "a.png")
    assert await file_store.size(received.id, "thumbnail") > 0
    assert await file_store.list_ids(clock.now()) == {received.id}


async def test_a_store_that_works_says_so(file_store: FileStore) -> None:
    await file_store.probe()
