"""Files that are empty, cut off, swollen, or not what they say: each has its answer, and nothing of it stays.

What else is tried of them: announcements of five gigabytes and pieces that do not fit (tests/files/test_uploads.py),
names that make no picture (tests/files/test_upload_file.py), heads of videos (tests/files/test_showing.py), rosters
that swell (tests/directory/test_read_roster.py).
"""

import asyncio
import struct
import unicodedata
import zlib
from pathlib import Path

from hutong.core.db import Database
from hutong.files import clean_name
from hutong.roles.serve import Network
from tests.attacks.wire import Wire
from tests.cast import Role
from tests.files import pictures, sounds
from tests.people import PATIENCE, Consumer, Member, new_client_id
from tests.roles.served import Served

MEGABYTE = 1024 * 1024
# What the server may take for a moment, for all of these together.
MOST_BYTES = 150 * MEGABYTE


def png(width: int, height: int, *extra: bytes) -> bytes:
    """All white, which a thousand times less holds."""
    squeezed, rows = zlib.compressobj(1), b""
    for _ in range(height):
        rows += squeezed.compress(bytes(width // 8 + 1))
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = (_chunk(b"IHDR", head), *extra, _chunk(b"IDAT", rows + squeezed.flush()), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)


def gif(width: int, height: int, frames: int) -> bytes:
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + bytes(6)
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x02\x02\x4c\x01\x00"
    return head + frame * frames + b"\x3b"


def webp(width: int, height: int) -> bytes:
    size = (width - 1) | (height - 1) << 14
    data = b"\x2f" + size.to_bytes(4, "little") + bytes(101)
    chunk = b"VP8L" + len(data).to_bytes(4, "little") + data
    return b"RIFF" + (4 + len(chunk)).to_bytes(4, "little") + b"WEBP" + chunk


def jpeg(width: int, height: int) -> bytes:
    """The head of a small one, with another size written over its own."""
    raw = bytearray(pictures.jpeg(64, 64))
    at = raw.index(b"\xff\xc0") + 5
    raw[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(raw)


BOMBS = {
    "hundreds of megapixels.png": lambda: png(20_000, 20_000),
    "a long letter inside.png": lambda: png(8, 8, _chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(60 * MEGABYTE), 1))),
    "a profile without end.png": lambda: png(8, 8, _chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(60 * MEGABYTE), 1))),
    "one frame.gif": lambda: gif(65_535, 65_535, 1),
    "thousands of frames.gif": lambda: gif(10_000, 10_000, 1_000),
    "the largest.webp": lambda: webp(16_383, 16_383),
    "the largest.jpg": lambda: jpeg(65_500, 65_500),
}


def _peak(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


def _kept(data: Path) -> list[str]:
    return [file.name for name in ("files", "incoming") for file in (data / name).rglob("*") if file.is_file()]


async def test_what_swells_is_no_picture_and_takes_little_memory(
    dsn: str, db: Database, tmp_path: Path, template: dict[str, Role]
) -> None:
    served = Served(dsn, tmp_path)
    served.spawn()
    await served.ready()
    async with (
        Member(served.base_url, **template["lin"]._asdict()) as lin,
        Consumer(served.base_url) as wu,
    ):
        await wu.walk_in(await lin.way(), "您好")
        before = _peak(served.pid)
        for name, make in BOMBS.items():
            bomb = await asyncio.to_thread(make)
            assert len(bomb) < 4 * MEGABYTE
            path = f"{wu.door}/pictures?client_id={new_client_id()}&name=x.png"
            answer = await wu.request("POST", path, bomb)
            if answer.status_code != 201:  # the profile alone is dropped, and a small white picture stays
                assert (answer.status_code, answer.json()["code"]) == (422, "not_a_picture"), name
                assert _kept(tmp_path) == [], name
                file = await lin.upload(bomb, name)
                assert (file["width"], file["media_type"]) == (None, "application/octet-stream"), name
            async with db.begin() as tx:
                await tx.execute("update messages set file_id = null")
                await tx.execute("delete from files")
            for left in (tmp_path / "files").rglob("*"):
                if left.is_file():
                    left.unlink()
        assert _peak(served.pid) - before < MOST_BYTES
    await served.terminate()


async def test_what_comes_empty_or_cut_off_or_as_something_else_leaves_nothing_behind(
    lin: Member, wu: Consumer, db: Database, network: Network, base_url: str
) -> None:
    await wu.walk_in(await lin.way(), "您好")
    photo, voice = pictures.jpeg(), sounds.webm(2_000)
    pictures_path, voices_path = (
        f"{wu.door}/pictures?client_id={new_client_id()}",
        f"{wu.door}/voices?client_id={new_client_id()}",
    )
    for path, who, content, code in (
        ("/api/files?name=a.txt", lin, b"", "empty_file"),
        (pictures_path, wu, b"", "empty_file"),
        (voices_path, wu, b"", "empty_file"),
        (pictures_path, wu, photo[:-600], "not_a_picture"),
        (pictures_path, wu, voice, "not_a_picture"),
        (pictures_path, wu, b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_a_picture"),
        (voices_path, wu, voice[:-1], "not_a_voice"),
        (voices_path, wu, photo, "not_a_voice"),
    ):
        assert (await who.refused("POST", path, content)).code == code, (path, content[:10])
    # Hung up in the middle of it.
    for path, who, content in (
        ("/api/files?name=a.jpg", lin, photo),
        (pictures_path, wu, photo),
        (voices_path, wu, voice),
    ):
        wire = await Wire.connect(base_url)
        cookies = "; ".join(f"{it.name}={it.value}" for it in who.http.cookies.jar)
        await wire.send(
            f"POST {path} HTTP/1.1\r\nHost: x\r\nCookie: {cookies}\r\nContent-Length: {len(content)}\r\n\r\n"
        )
        await wire.send(content[: len(content) // 2])
        async with asyncio.timeout(PATIENCE):
            while not list((network.settings.data / "incoming").iterdir()):
                await lin.get("/api/me")
        wire.close()
        async with asyncio.timeout(PATIENCE):
            while list((network.settings.data / "incoming").iterdir()):
                await lin.get("/api/me")
    assert _kept(network.settings.data) == []
    async with db.begin() as tx:
        assert await tx.fetchval("select count(*) from files") == 0
    assert await wu.texts() == ["您好"]
    assert len(await wu.messages()) == 1


async def test_a_name_is_what_can_be_seen_of_it_and_its_ending_is_the_real_one(lin: Member, network: Network) -> None:
    for name, kept in (
        ("发票\u202egpj.exe", "发票gpj.exe"),
        ("\u2066照片\u2069\u200b.jp\u200dg.exe", "照片.jp\u200dg.exe"),
        ("照片.jpg" + " " * 90 + ".exe", "照片.jpg .exe"),
        ("照片.jpg" + "\u3000\u00a0\t" * 30 + ".exe", "照片.jpg .exe"),
        ("照片.jpg" + "\u3164\u2800\uffa0\u115f" * 9 + ".exe", "照片.jpg.exe"),
        ("\ufeff\u00ad\u2060.exe", ".exe"),
        ("\u3164\u2800", "file"),
    ):
        assert (await lin.upload(b"MZ", name))["name"] == kept
    long = "长" * 9_996 + ".exe"
    # Over HTTP so long a name is no address any more; to the room that keeps it it is one to be cut before its ending.
    answer = await lin.request("POST", "/api/files", b"MZ", params={"name": "长" * 3_000})
    assert answer.status_code == 400
    refusal = await lin.refused("POST", "/api/files", b"MZ", params={"name": "a" * 1_001})
    assert (refusal.status, refusal.code) == (422, "invalid")
    assert clean_name(long) == "长" * 196 + ".exe"
    names = [clean_name(chr(point) + ".exe") for point in range(0x1_0000) if not 0xD800 <= point < 0xE000]
    assert all(name.endswith(".exe") or name == "file" for name in names)
    assert not [
        name
        for name in names
        if unicodedata.category(name[0]) in {"Cc", "Cf", "Zl", "Zp", "Zs"} and name[0] != "\u200d"
    ]
