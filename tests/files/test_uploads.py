"""Files in pieces (tus 1.0): they go on where the line broke, are their person's alone, and nothing of them is lost."""

import asyncio
import base64
import os
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from hutong import files
from hutong.core import clock
from hutong.core.db import Database
from hutong.files import uploading
from hutong.files.model import MEGABYTE
from hutong.roles.serve import Network
from tests.attacks.wire import Wire
from tests.cast import Role
from tests.files import pictures
from tests.files.bucket import bucket
from tests.people import PATIENCE, Caller, Consumer, Json, Member, new_client_id
from tests.roles.running import running
from tests.roles.served import Served

TUS = {"tus-resumable": "1.0.0"}
PIECE = TUS | {"content-type": "application/offset+octet-stream"}


async def begin(
    who: Caller, size: int, name: str = "行车记录.bin", door: str = "/api", client_id: str | None = None
) -> str:
    """The path of a new upload, or of the one that this client id began."""
    metadata = "filename " + base64.b64encode(name.encode()).decode() + ",empty"
    if client_id:
        metadata += ",client_id " + base64.b64encode(client_id.encode()).decode()
    headers = TUS | {"upload-length": str(size), "upload-metadata": metadata}
    answer = await who.request("POST", f"{door}/uploads", b"", headers=headers)
    assert answer.status_code == 201, answer.text
    assert answer.headers["tus-resumable"] == "1.0.0"
    return str(answer.headers["location"])


async def send(who: Caller, path: str, offset: int, content: bytes) -> httpx.Response:
    return await who.request("PATCH", path, content, headers=PIECE | {"upload-offset": str(offset)})


async def offset_of(who: Caller, path: str) -> int:
    answer = await who.request("HEAD", path, headers=TUS)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    return int(answer.headers["upload-offset"])


def waiting(network: Network) -> list[str]:
    """What is half there."""
    return [file.name for file in (network.settings.data / "incoming").iterdir()]


def kept(data: Path) -> int:
    return sum(file.is_file() for file in (data / "files").rglob("*"))


async def test_a_file_in_pieces_arrives_byte_for_byte_and_is_one_file_however_often_it_is_ended(
    lin: Member, chen: Member, network: Network
) -> None:
    described = await lin.request("OPTIONS", "/api/uploads")
    assert described.headers["tus-extension"] == "creation,expiration,termination"
    assert described.headers["tus-max-size"] == str(2048 * MEGABYTE)
    content = os.urandom(9 * MEGABYTE + 5)
    path = await begin(lin, len(content), "C:\\行车\u202e记录.bin")
    assert (await lin.refused("POST", f"{path}/file")).code == "upload_unfinished"
    for start in range(0, len(content), 4 * MEGABYTE):
        answer = await send(lin, path, start, content[start : start + 4 * MEGABYTE])
        assert (answer.status_code, answer.content) == (204, b"")
        assert int(answer.headers["upload-offset"]) == await offset_of(lin, path)
        assert answer.headers["upload-expires"].endswith(" GMT")
    first, second = await asyncio.gather(*[lin.request("POST", f"{path}/file") for _ in range(2)])
    made = next(answer.json() for answer in (first, second) if answer.status_code == 201)
    assert {first.status_code, second.status_code} <= {201, 423}
    assert await lin.post(f"{path}/file") == made
    assert (made["name"], made["size"]) == ("行车记录.bin", len(content))
    assert (await send(lin, path, len(content), b"")).status_code == 409
    assert waiting(network) == []
    assert kept(network.settings.data) == 1

    talk = await lin.direct(chen)
    body = {"client_id": new_client_id(), "kind": "file", "file_id": made["id"]}
    await lin.post(f"/api/conversations/{talk['id']}/messages", body)
    assert await chen.get(f"/api/conversations/{talk['id']}/files/{made['id']}") == content


async def test_a_picture_in_pieces_is_written_anew_like_any_other(lin: Member) -> None:
    photo = pictures.jpeg(800, 600, orientation=6)
    path = await begin(lin, len(photo), "IMG.jpg")
    await send(lin, path, 0, photo)
    file = await lin.post(f"{path}/file")
    assert (file["media_type"], file["width"], file["height"]) == ("image/jpeg", 600, 800)


async def test_a_line_that_breaks_keeps_what_came_and_a_second_writer_waits(
    lin: Member, base_url: str, network: Network
) -> None:
    content = os.urandom(3 * MEGABYTE)
    path = await begin(lin, len(content))
    cookie = f"hutong_session={lin.http.cookies['hutong_session']}"
    head = f"PATCH {path} HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
    wire = await Wire.connect(base_url)
    await wire.send(head + f"Content-Type: {PIECE['content-type']}\r\nContent-Length: {len(content)}\r\n\r\n")
    await wire.send(content[: 2 * MEGABYTE])
    async with asyncio.timeout(PATIENCE):
        while not sum(file.stat().st_size for file in (network.settings.data / "incoming").iterdir()):
            await offset_of(lin, path)
    # While the first one is sending, a second one is told to wait, and changes nothing.
    second = await send(lin, path, 0, content)
    assert second.status_code == 423
    assert (second.json()["code"], second.headers["tus-resumable"]) == ("upload_busy", "1.0.0")
    wire.close()
    async with asyncio.timeout(PATIENCE):
        while not (there := await offset_of(lin, path)):
            pass
    assert there <= 2 * MEGABYTE
    assert (await send(lin, path, there, content[there:])).status_code == 204
    file = await lin.post(f"{path}/file")
    stored = network.app.state.file_store
    assert b"".join([c async for c in await stored.read(int(file["id"]), "bytes", 0, len(content))]) == content


async def test_what_cannot_be_taken_is_refused_before_a_byte_of_it_is(lin: Member, network: Network) -> None:
    async def created(**headers: str) -> tuple[int, str]:
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        refusal = await lin.refused("POST", "/api/uploads", b"", headers=TUS | said)
        return refusal.status, refusal.code

    five = await lin.refused(
        "POST", "/api/uploads", b"", headers=TUS | {"upload-length": str(5 * 1024 * MEGABYTE), "accept-language": "en"}
    )
    assert (five.status, five.message) == (413, "The file is too large: at most 2 GB.")
    assert await created(upload_length="0") == (422, "empty_file")
    for length in ("-1", "1e9", "", "9" * 400):
        assert await created(upload_length=length) == (400, "piece_unreadable"), length
    assert await created(upload_defer_length="1") == (400, "piece_unreadable")
    for metadata in ("filename ?", "filename YQ", "filename a b"):
        assert await created(upload_length="1", upload_metadata=metadata) == (400, "piece_unreadable"), metadata
    for version in ("0.2.2", ""):
        assert await created(upload_length="1", tus_resumable=version) == (412, "upload_protocol_unknown")

    path = await begin(lin, 10)
    tries: list[tuple[str, bytes, Json, tuple[int, str]]] = [
        ("PATCH", b"x" * 11, {"upload-offset": "0"}, (413, "piece_too_long")),
        ("PATCH", b"x", {"upload-offset": "1"}, (409, "upload_elsewhere")),
        ("PATCH", b"x", {"upload-offset": "-1"}, (400, "piece_unreadable")),
        ("PATCH", b"x", {"upload-offset": "0", "content-type": "text/plain"}, (415, "piece_untyped")),
        ("PATCH", b"x", {"upload-offset": "0", "tus-resumable": "2"}, (412, "upload_protocol_unknown")),
    ]
    for method, body, headers, wanted in tries:
        refusal = await lin.refused(method, path, body, headers=PIECE | headers)
        assert (refusal.status, refusal.code) == wanted

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(11):
            yield b"x"

    answer = await lin.http.patch(path, content=endless(), headers=PIECE | {"upload-offset": "0"})
    assert (answer.status_code, answer.json()["code"]) == (413, "piece_too_long")
    assert await offset_of(lin, path) <= 10
    await lin.request("DELETE", path, headers=TUS)
    assert (await lin.refused("PATCH", path, b"x", headers=PIECE | {"upload-offset": "0"})).status == 404
    assert waiting(network) == []


async def test_nobody_fills_the_disk_with_what_is_never_ended(
    lin: Member, chen: Member, db: Database, network: Network
) -> None:
    begun = await asyncio.gather(
        *[lin.request("POST", "/api/uploads", b"", headers=TUS | {"upload-length": "9"}) for _ in range(25)]
    )
    assert sorted(answer.status_code for answer in begun) == [201] * uploading.MAX_UNFINISHED + [429] * 5
    path = next(answer.headers["location"] for answer in begun if answer.status_code == 201)
    await send(lin, path, 0, b"123")
    assert len(waiting(network)) == 1
    # What others have announced is counted before it comes.
    with clock.travel(timedelta(hours=23)):
        await begin(chen, 1)
        await send(lin, path, 3, b"4")
    with clock.travel(timedelta(hours=25)):
        assert await offset_of(lin, path) == 4
        assert await files.sweep(db, network.app.state.file_store) >= 0
    with clock.travel(timedelta(hours=48)):
        assert (await lin.request("HEAD", path, headers=TUS)).status_code == 404
        await files.sweep(db, network.app.state.file_store)
        await begin(lin, 9)
    assert waiting(network) == []


async def test_who_did_not_hear_that_an_upload_was_begun_is_not_locked_out(lin: Member, wu: Consumer) -> None:
    await wu.walk_in(await lin.way(), "您好")
    client_id = new_client_id()
    path = await begin(wu, 9, door=wu.door, client_id=client_id)
    await send(wu, path, 0, b"1234")
    for _ in range(4):
        assert await begin(wu, 9, door=wu.door, client_id=client_id) == path
    assert await offset_of(wu, path) == 4
    assert await begin(lin, 9, client_id=client_id) != path
    said = [("8", client_id, 409, "conflict"), ("9", "no uuid", 400, "piece_unreadable")]
    for size, said_id, status, code in said:
        metadata = "client_id " + base64.b64encode(said_id.encode()).decode()
        headers = TUS | {"upload-length": size, "upload-metadata": metadata}
        refusal = await wu.refused("POST", f"{wu.door}/uploads", b"", headers=headers)
        assert (refusal.status, refusal.code) == (status, code)

    # Whose page knows of none any more: the one that was silent for the longest time makes room, if it is silent.
    others = [await begin(wu, 9, door=wu.door) for _ in range(2)]
    headers = TUS | {"upload-length": "9"}
    assert (await wu.refused("POST", f"{wu.door}/uploads", b"", headers=headers)).code == "too_many_uploads"
    with clock.travel(timedelta(minutes=11)):
        await send(wu, path, 4, b"5")
        await begin(wu, 9, door=wu.door)
        assert (await wu.request("HEAD", others[0], headers=TUS)).status_code == 404
        assert [await offset_of(wu, known) for known in (path, others[1])] == [5, 0]
        await send(wu, path, 5, b"6789")
        made = await wu.post(f"{path}/file")
        assert await wu.post(f"{await begin(wu, 9, door=wu.door, client_id=client_id)}/file") == made
    with clock.travel(timedelta(days=3)):
        assert await begin(lin, 9, client_id=client_id) != path


async def test_an_upload_is_its_persons_alone(
    lin: Member, chen: Member, sun: Member, wu: Consumer, qian: Consumer, nobody: Caller
) -> None:
    way = await lin.way()
    for consumer in (wu, qian):
        await consumer.walk_in(way, "您好")
    mine, hers = await begin(lin, 9), await begin(wu, 9, door=wu.door)
    walks = [(chen, mine), (sun, mine), (qian, hers), (wu, hers.replace(hers[-19:], mine.rpartition("/")[2]))]
    for who, path in walks:
        for method, tail in (("HEAD", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "/file")):
            answer = await who.request(method, path + tail, b"x", headers=PIECE | {"upload-offset": "0"})
            assert answer.status_code == 404, (method, path)
    assert (await nobody.refused("PATCH", mine, b"x", headers=PIECE)).status == 401
    await nobody.get(f"/api/consumer/{way}")
    refusal = await nobody.refused("POST", f"/api/consumer/{way}/uploads", b"", headers=TUS | {"upload-length": "9"})
    assert (refusal.status, refusal.code) == (401, "not_signed_in")
    assert await offset_of(lin, mine) == 0


async def test_a_customers_video_reaches_the_member(lin: Member, wu: Consumer) -> None:
    await wu.walk_in(await lin.way(), "车子有异响")
    content = os.urandom(100_000)
    path = await begin(wu, len(content), "异响.mp4", door=wu.door)
    assert path.startswith(wu.door)
    await send(wu, path, 0, content)
    file = await wu.post(f"{path}/file")
    body = {"client_id": new_client_id(), "kind": "file", "file_id": file["id"]}
    said = await wu.post(f"{wu.door}/messages", body)
    assert (await wu.post(f"{wu.door}/messages", body)) == said
    talk = said["conversation_id"]
    assert (await lin.messages(talk))[-1]["file"]["name"] == "异响.mp4"
    assert await lin.get(f"/api/conversations/{talk}/files/{file['id']}") == content
    for _ in range(uploading.MAX_UNFINISHED_OF_CONTACT):
        await begin(wu, 9, door=wu.door)
    refusal = await wu.refused("POST", f"{wu.door}/uploads", b"", headers=TUS | {"upload-length": "9"})
    assert (refusal.status, refusal.code) == (429, "too_many_uploads")


async def test_what_was_answered_survives_a_kill_of_all_processes(
    dsn: str, tmp_path: Path, template: dict[str, Role]
) -> None:
    served = Served(dsn, tmp_path, processes=2)
    content = os.urandom(12 * MEGABYTE)
    half = 5 * MEGABYTE + 3
    served.spawn()
    await served.ready()
    async with Member(served.base_url, **template["lin"]._asdict()) as lin:
        path = await begin(lin, len(content))
        assert (await send(lin, path, 0, content[:half])).status_code == 204

        async def drip() -> AsyncIterator[bytes]:
            yield content[half : half + 100_000]
            served.kill()
            yield content[half + 100_000 :]

        with pytest.raises(httpx.HTTPError):
            await lin.http.patch(path, content=drip(), headers=PIECE | {"upload-offset": str(half)})
    served.spawn()
    await served.ready()
    async with Member(served.base_url, **template["lin"]._asdict()) as lin:
        there = await offset_of(lin, path)
        assert there >= half
        assert (await send(lin, path, there, content[there:])).status_code == 204
        file = await lin.post(f"{path}/file")
    await served.terminate()
    (there_is,) = [file for file in (tmp_path / "files").rglob("*") if file.is_file()]
    assert (there_is.name, there_is.read_bytes() == content) == (file["id"], True)


async def test_pieces_reach_a_bucket_when_they_are_whole(
    dsn: str, tmp_path: Path, template: dict[str, Role], monkeypatch: pytest.MonkeyPatch
) -> None:
    with bucket() as server:
        for name, value in {
            "AWS_ENDPOINT": server.endpoint, "AWS_ALLOW_HTTP": "true", "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret", "AWS_REGION": "cn-east-1", "NO_PROXY": "127.0.0.1",
        }.items():  # fmt: skip
            monkeypatch.setenv(name, value)
        async with (
            running(dsn, tmp_path, files_url="s3://bucket") as served,
            Member(served.base_url, **template["lin"]._asdict()) as lin,
        ):
            content = os.urandom(6 * MEGABYTE)
            path = await begin(lin, len(content))
            await send(lin, path, 0, content[:1000])
            await send(lin, path, 1000, content[1000:])
            assert server.objects == {}
            await lin.post(f"{path}/file")
            assert list(server.objects.values()) == [content]
        assert list((tmp_path / "incoming").iterdir()) == []
