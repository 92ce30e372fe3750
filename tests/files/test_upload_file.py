"""What comes in, how it is named and typed, and who may use it."""

import asyncio
import io
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from PIL import Image

from hutong import files
from hutong.core import clock
from hutong.core.db import Database
from hutong.core.settings import Settings
from hutong.files import FileStore, clean_name
from hutong.files.model import MEGABYTE, FileTooLarge, NotAPicture, UploadBroken
from hutong.roles.serve import Network
from tests.files import pictures
from tests.people import PATIENCE, Caller, Member, new_client_id


async def pieces(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


@pytest.fixture
def file_store(tmp_path: Path) -> FileStore:
    return files.open_store(Settings(data=tmp_path))


def left_behind(file_store: FileStore, data: Path) -> list[Path]:
    return [*file_store.incoming.iterdir(), *(file for file in (data / "files").rglob("*") if file.is_file())]


async def test_a_document_is_kept_byte_for_byte(lin: Member, chen: Member) -> None:
    content = b"%PDF-1.7 " + bytes(range(256)) * 5000
    file = await lin.upload(content, "座椅 图纸.pdf")
    assert file == {
        "id": file["id"], "name": "座椅 图纸.pdf", "size": len(content), "media_type": "application/pdf",
        "width": None, "height": None, "shown_as": "pdf",
    }  # fmt: skip
    talk = await lin.direct(chen)
    said = await lin.post(
        f"/api/conversations/{talk['id']}/messages",
        {"client_id": new_client_id(), "kind": "file", "file_id": file["id"]},
    )
    assert said["file"] == file
    assert await chen.get(f"/api/conversations/{talk['id']}/files/{file['id']}") == content


async def test_a_photo_arrives_upright_without_its_place(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    message = await lin.send_file(talk, pictures.jpeg(800, 600, orientation=6), "IMG_0042.HEIC", kind="image")
    file = message["file"]
    assert (file["media_type"], file["width"], file["height"]) == ("image/jpeg", 600, 800)
    body = await chen.get(f"/api/conversations/{talk['id']}/files/{file['id']}")
    assert pictures.SECRET not in body
    assert len(body) == file["size"]
    small = await chen.get(f"/api/conversations/{talk['id']}/files/{file['id']}/thumbnail")
    with Image.open(io.BytesIO(small)) as thumbnail:
        assert (thumbnail.format, thumbnail.size) == ("WEBP", (360, 480))


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (b"<html><script>alert(1)</script></html>", "photo.png", "text/html"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo.svg", "image/svg+xml"),
        (pictures.jpeg()[:2000], "half.jpg", "application/octet-stream"),
        (b"just words", "notes.txt", "application/octet-stream"),
    ],
)
async def test_the_name_does_not_make_a_picture(lin: Member, content: bytes, name: str, media_type: str) -> None:
    file = await lin.upload(content, name)
    assert file["width"] is None
    assert file["media_type"] == media_type
    assert (await lin.upload(pictures.png(), "page.html"))["media_type"] == "image/png"


async def test_only_a_picture_is_said_as_a_picture(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    file = await lin.upload(b"no picture", "photo.png")
    body = {"client_id": new_client_id(), "kind": "image", "file_id": file["id"]}
    refusal = await lin.refused("POST", f"/api/conversations/{talk['id']}/messages", body)
    assert (refusal.status, refusal.code) == (422, "file_unusable")


async def test_nobody_uses_what_another_uploaded(lin: Member, chen: Member, sun: Member) -> None:
    file = await lin.upload(b"Lin's own", "own.txt")
    talk = await lin.direct(chen)
    body = {"client_id": new_client_id(), "kind": "file", "file_id": file["id"]}
    assert (await chen.refused("POST", f"/api/conversations/{talk['id']}/messages", body)).code == "file_unusable"
    for stranger in (chen, sun):
        answer = await stranger.request("GET", f"/api/conversations/{talk['id']}/files/{file['id']}")
        assert answer.status_code == 404


async def test_an_empty_upload_is_refused(lin: Member) -> None:
    refusal = await lin.refused("POST", "/api/files?name=empty.txt", b"")
    assert (refusal.status, refusal.code) == (422, "empty_file")


async def test_a_stranger_uploads_nothing(nobody: Caller, network: Network) -> None:
    assert (await nobody.refused("POST", "/api/files?name=x", b"x")).code == "not_signed_in"
    assert not list((network.settings.data / "files").iterdir())


async def test_too_much_is_refused_before_it_is_sent(lin: Member) -> None:
    headers = {"content-length": str(101 * MEGABYTE)}
    # Only the head is sent: the answer must not wait for the body.
    reader, writer = await asyncio.open_connection("127.0.0.1", httpx.URL(lin.base_url).port)
    cookie = "; ".join(f"{c.name}={c.value}" for c in lin.http.cookies.jar)
    head = f"POST /api/files?name=x HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\nAccept-Language: en\r\n"
    writer.write((head + "".join(f"{k}: {v}\r\n" for k, v in headers.items()) + "\r\n").encode())
    async with asyncio.timeout(PATIENCE):
        answer = await reader.readuntil(b"}")
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"One request takes at most 100 MB. Send larger files in pieces" in answer
    writer.close()


async def test_an_upload_of_unknown_length_stops_at_the_limit(tmp_path: Path) -> None:
    small = files.open_store(Settings(data=tmp_path, max_file_bytes=1000))
    with pytest.raises(FileTooLarge):
        await files.receive(small, pieces(*[b"x" * 100] * 11), "x")
    assert not left_behind(small, tmp_path)


async def test_an_upload_cut_off_is_no_file(tmp_path: Path, file_store: FileStore) -> None:
    with pytest.raises(UploadBroken):
        await files.receive(file_store, pieces(b"half"), "x", announced_bytes=8)
    assert not left_behind(file_store, tmp_path)


async def test_where_a_picture_is_wanted_nothing_else_is_taken(tmp_path: Path, file_store: FileStore) -> None:
    with pytest.raises(NotAPicture):
        await files.receive(file_store, pieces(b"hello"), "x.png", must_be="picture")
    with pytest.raises(FileTooLarge):
        await files.receive(file_store, pieces(b""), "x.png", must_be="picture", announced_bytes=21 * MEGABYTE)
    assert not left_behind(file_store, tmp_path)


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("报价单.xlsx", "报价单.xlsx"),
        ("C:\\Users\\lin\\a.txt", "a.txt"),
        ("../../etc/passwd", "passwd"),
        ("a\x00b\r\n.txt", "ab.txt"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("👩\u200d🔧.png", "👩\u200d🔧.png"),
        ("cafe\u0301.txt", "café.txt"),
        ("..", "file"),
        ("", "file"),
        ("a/", "file"),
        ("\ud800.txt", ".txt"),
        ("长" * 300 + ".pdf", "长" * 196 + ".pdf"),
    ],
)
def test_names_keep_what_can_be_seen(name: str, cleaned: str) -> None:
    assert clean_name(name) == cleaned


async def test_an_unused_upload_is_gone_after_a_day(lin: Member, chen: Member, network: Network, db: Database) -> None:
    talk = await lin.direct(chen)
    used = (await lin.send_file(talk, pictures.png(), "used.png", kind="image"))["file"]
    unused = await lin.upload(pictures.png(), "unused.png")
    store = network.app.state.file_store
    assert await files.sweep(db, store) == 0
    with clock.travel(timedelta(days=1, minutes=1)):
        body = {"client_id": new_client_id(), "kind": "file", "file_id": unused["id"]}
        refusal = await lin.refused("POST", f"/api/conversations/{talk['id']}/messages", body)
        assert refusal.code == "file_unusable"
        await files.sweep(db, store)  # or the network did
        assert await files.sweep(db, store) == 0
    left = {file.name for file in (network.settings.data / "files").rglob("*") if file.is_file()}
    assert left == {used["id"], f"{used['id']}.thumbnail.webp"}


async def test_bytes_without_a_row_are_gone_after_a_day(network: Network, db: Database) -> None:
    store = network.app.state.file_store
    received = await files.receive(store, pieces(b"the transaction failed"), "x")
    stale = store.incoming / "left by a killed process"
    stale.write_bytes(b"half")
    # At once or whole and being looked at, bytes lie in a folder of their own.
    folder = store.incoming / "7315-killed"
    folder.mkdir()
    (folder / "source").write_bytes(b"half")
    assert await files.sweep(db, store) == 0
    assert (folder / "source").exists()
    with clock.travel(timedelta(days=1, minutes=1)):
        # The network's own sweep may come first; gone is gone.
        await files.sweep(db, store)
    left = [file.name for file in (network.settings.data / "files").rglob("*") if file.is_file()]
    assert str(received.id) not in left
    assert list(store.incoming.iterdir()) == []
