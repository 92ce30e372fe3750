"""What can be shown in place is known by its bytes, and given out as nothing that could act as a page of ours."""

import asyncio
import random
import struct
from pathlib import Path

from hutong.files.showing import recognise
from tests.files import films, sounds
from tests.people import Consumer, Json, Member, new_client_id

PDF = b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n"
PAGE = b"<!doctype html><script>alert(document.cookie)</script>"


def facts(file: Json) -> tuple[str | None, str, int | None, int | None, int | None]:
    return (file.get("shown_as"), file["media_type"], file["width"], file["height"], file.get("duration_ms"))


async def test_the_bytes_say_what_can_be_shown_and_a_name_says_nothing(lin: Member, chen: Member) -> None:
    for content, wanted in (
        (films.mp4(), ("video", "video/mp4", 1920, 1080, 6500)),
        (films.mp4(is_upright=True, brand=b"qt  ", codec=b"hvc1"), ("video", "video/mp4", 1080, 1920, 6500)),
        (films.mp4(is_long=True), ("video", "video/mp4", 1920, 1080, 6500)),
        (films.mp4(handler=b"soun", codec=b"mp4a"), ("sound", "audio/mp4", None, None, 6500)),
        (films.webm(), ("video", "video/webm", 640, 360, 3000)),
        (films.webm(seconds=None), ("video", "video/webm", 640, 360, None)),
        (sounds.ogg(65_000), ("sound", "audio/ogg", None, None, 65_000)),
        (films.wav(), ("sound", "audio/wav", None, None, None)),
        (films.mp3(), ("sound", "audio/mpeg", None, None, None)),
        (b"ID3\x04" + bytes(100), ("sound", "audio/mpeg", None, None, None)),
        (PDF, ("pdf", "application/pdf", None, None, None)),
    ):
        assert facts(await lin.upload(content, "page.html")) == wanted
    for content in (
        PAGE, PAGE + PDF, b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", b"\xff\xfb\x90\x00" + PAGE * 20,
        films.mp4()[:-100], films.mp4(codec=b"drms"), films.webm(doctype=b"matroska"), films.webm(kind=17),
        b"RIFF\x00\x00\x00\x00AVI ", b"OggS" + bytes(100), b"#!AMR\n" + bytes(100),
    ):  # fmt: skip
        file = await lin.upload(content, "film.mp4")
        assert "shown_as" not in file, content[:40]
        assert file["width"] is None
    # None of them can be passed off as spoken words or as a picture.
    talk = await lin.direct(chen)
    film = await lin.upload(films.mp4(seconds=5), "film.mp4")
    for kind, code in (("voice", "not_a_voice"), ("image", "file_unusable")):
        body = {"client_id": new_client_id(), "kind": kind, "file_id": film["id"]}
        assert (await lin.refused("POST", f"/api/conversations/{talk['id']}/messages", body)).code == code


async def test_what_is_played_is_given_out_in_parts_and_never_as_a_page(
    lin: Member, chen: Member, wu: Consumer
) -> None:
    talk = await lin.direct(chen)
    await wu.walk_in(await lin.way(), "您好")
    customer = (await lin.customers())[0]["conversation_id"]
    for content, media_type in (
        (films.mp4(), "video/mp4"),
        (films.wav(), "audio/wav"),
        (PDF, "application/octet-stream"),
        (PAGE, "application/octet-stream"),
    ):
        for reader, place in ((chen, talk["id"]), (wu, customer)):
            file = (await lin.send_file(place, content, "交车.html"))["file"]
            path = (
                f"/api/conversations/{place}/files/{file['id']}" if reader is chen else f"{wu.door}/files/{file['id']}"
            )
            whole = await reader.request("GET", path)
            assert whole.content == content
            assert whole.headers["content-type"] == media_type
            assert whole.headers["content-disposition"].startswith("attachment;")
            assert whole.headers["x-content-type-options"] == "nosniff"
            assert whole.headers["content-security-policy"] == "sandbox; default-src 'none'"
            assert whole.headers["accept-ranges"] == "bytes"
            part = await reader.request("GET", path, headers={"range": "bytes=5-9"})
            assert (part.status_code, part.content) == (206, content[5:10])
            beyond = await reader.request("GET", path, headers={"range": f"bytes={len(content)}-"})
            assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{len(content)}")


async def test_no_crafted_head_takes_long_or_brings_anything_down(tmp_path: Path) -> None:
    path = tmp_path / "crafted"
    dice = random.Random(11)
    hostile = [
        # Boxes of boxes without end, sizes beyond all measure, counts of nothing.
        films.mp4()[:24] + struct.pack(">I4s", 8, b"free") * 100_000,
        films.mp4()[:24] + struct.pack(">I4sQ", 1, b"moov", 2**64 - 1),
        films.mp4().replace(struct.pack(">II", 600, 3900), struct.pack(">II", 0, 3900)),
        films.mp4(width=65_535, height=0),
        films.webm()[:40] + b"\xec\x80" * 200_000,
        films.webm(seconds=float("nan")),
        films.webm(seconds=float("inf")),
        b"\x1a\x45\xdf\xa3\x00\x00",
    ]
    for base in (films.mp4(), films.mp4(is_long=True), films.webm()):
        for _ in range(300):
            crafted = bytearray(base)
            for _ in range(dice.randrange(1, 6)):
                crafted[dice.randrange(len(crafted))] = dice.randrange(256)
            hostile.append(bytes(crafted))

    def look() -> None:
        for content in hostile:
            path.write_bytes(content)
            shown = recognise(path)
            if shown and shown.width is not None:
                assert 0 < shown.width <= 16_384
            assert shown is None or shown.duration_ms is None or 0 < shown.duration_ms <= 86_400_000

    async with asyncio.timeout(60):
        await asyncio.to_thread(look)
