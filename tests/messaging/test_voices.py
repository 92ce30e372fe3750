"""Voice messages: what was recorded is heard by who may read it; its length is counted, not believed."""

import struct
from datetime import timedelta

import pytest

from hutong.core import clock
from hutong.core.db import Database
from tests.files import sounds
from tests.messaging.test_search import indexed
from tests.people import Consumer, Json, Member, id_of, new_client_id
from tests.security.scene import PNG

LEVELS = [0, 40, 100, 7]


async def speak(who: Member, talk: Json | str, content: bytes, **more: object) -> Json:
    file = await who.upload(content, "voice.webm")
    body = {"client_id": new_client_id(), "kind": "voice", "file_id": file["id"], "levels": LEVELS, **more}
    message: Json = await who.post(f"/api/conversations/{id_of(talk)}/messages", body)
    return message


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (sounds.webm(12_000), "audio/webm"),
        (sounds.ogg(12_000), "audio/ogg"),
        (sounds.mp4(12_000), "audio/mp4"),
        (sounds.mp4(12_000, in_fragments=True), "audio/mp4"),
    ],
)
async def test_what_a_browser_recorded_is_heard_at_its_true_length(
    lin: Member, zhao: Member, content: bytes, media_type: str
) -> None:
    talk = await lin.direct(zhao)
    async with zhao.socket() as his:
        sent = await speak(lin, talk, content)
        heard = (await his.next("message"))["message"]
    assert heard == sent == (await zhao.messages(talk))[-1]
    assert heard["voice"] == {"duration_ms": 12_000, "levels": LEVELS}
    assert (heard["kind"], heard["text"], heard["file"]["media_type"]) == ("voice", "12″", media_type)
    path = f"/api/conversations/{talk['id']}/files/{heard['file']['id']}"
    answer = await zhao.request("GET", path, headers={"range": "bytes=0-9"})
    assert (answer.status_code, answer.headers["content-type"], answer.content) == (206, media_type, content[:10])


@pytest.mark.parametrize(
    "content",
    [
        b"hello, this is no sound at all, only words" * 9,
        PNG,
        sounds.webm(63_000),
        sounds.webm(1_000, codec=b"V_VP8", kind=1),
        sounds.webm(1_000)[:-1],
        sounds.webm(1_000, packet=b"\xfb\x00\x00"),
        sounds.mp4(1_000, handler=b"vide"),
        sounds.mp4(63_000),
        sounds.ogg(1_000)[:-2],
        sounds.endless(60),
        (b"OggS" + bytes(23)) * 4,
        sounds.webm(1_000).replace(b"\xe7\x10\x00\x00\x04", b"\xe7\x10\x00\x00\x0c" + bytes(8)),
        sounds.mp4(1_000).replace(b"stsd", b"stxx"),
        sounds.mp4(1_000).replace(b"mdhd", b"mdxx"),
        sounds.mp4(1_000).replace(struct.pack(">II", 50, 960), b"\xff" * 8),
        b"OggS" + bytes(500),
        b"\x1a\x45\xdf\xa3" + b"\xff" * 500,
        struct.pack(">I4s", 2**31, b"ftyp") + bytes(500),
        bytes(4) + b"ftyp" + bytes(500),
        sounds.webm(1_000) + b"\x00" * 100,
    ],
)
async def test_what_is_no_voice_is_refused_and_stays_a_file(lin: Member, zhao: Member, content: bytes) -> None:
    talk = await lin.direct(zhao)
    before = len(await lin.messages(talk))
    file = await lin.upload(content, "voice.webm")
    path = f"/api/conversations/{talk['id']}/messages"
    wish = {"client_id": new_client_id(), "kind": "voice", "file_id": file["id"], "duration_ms": 5}
    refused = await lin.refused("POST", path, wish)
    assert (refused.status, refused.code) == (422, "not_a_voice")
    assert len(await lin.messages(talk)) == before
    assert (await lin.post(path, wish | {"kind": "file"}))["file"]["id"] == file["id"]


async def test_wrong_levels_foreign_and_old_recordings_are_refused(lin: Member, zhao: Member, chen: Member) -> None:
    talk = await lin.direct(zhao)
    path = f"/api/conversations/{talk['id']}/messages"
    file = await lin.upload(sounds.webm(1_000), "v")
    wish = {"client_id": new_client_id(), "kind": "voice", "file_id": file["id"]}
    for levels in ([101], [-1], [1] * 65, "x", [0.5]):
        assert (await lin.refused("POST", path, wish | {"levels": levels})).code == "invalid", levels
    his = {"client_id": new_client_id(), "kind": "voice", "file_id": (await chen.upload(sounds.ogg(1_000), "v"))["id"]}
    assert (await lin.refused("POST", path, his)).code == "file_unusable"
    assert (await lin.refused("POST", path, wish | {"file_id": None})).status == 404
    with clock.travel(timedelta(days=2)):
        assert (await lin.refused("POST", path, wish)).code == "file_unusable"


async def test_a_voice_is_quoted_forwarded_and_recalled_and_its_length_is_no_word_to_search(
    lin: Member, zhao: Member, chen: Member, db: Database
) -> None:
    talk, group = await lin.direct(zhao), await lin.group("转述", zhao)
    said = await speak(lin, talk, sounds.webm(42_000))
    seq = said["seq"]
    answer = await zhao.say(talk, "听到了", answers=seq)
    assert (answer["reply_to"]["kind"], answer["reply_to"]["text"]) == ("voice", "42″")
    for way in ("each", "merged"):
        wish = {"client_id": new_client_id(), "seqs": [seq, seq + 1], "to": [group["id"]], "way": way}
        await zhao.post(f"/api/conversations/{talk['id']}/forwards", wish)
    again = [it for it in await lin.messages(group) if it["kind"] != "notice"]
    assert (again[0]["voice"], again[0]["text"]) == (said["voice"], "42″")
    assert again[2]["merged"]["lines"][0]["text"] == "42″"
    bundle = await lin.get(f"/api/conversations/{group['id']}/bundles/{again[2]['merged']['bundle_id']}")
    assert bundle["items"][0]["voice"] == said["voice"]
    await indexed(db)
    assert (await zhao.get("/api/search/messages", q="42"))["items"] == []
    recalled = await lin.post(f"/api/conversations/{talk['id']}/messages/{seq}/recall")
    assert (recalled["text"], recalled["file"], "voice" in recalled) == ("", None, False)


async def test_a_customer_speaks_and_hears(lin: Member, wu: Consumer) -> None:
    await wu.open(await lin.way())
    first, client_id = sounds.ogg(3_000), new_client_id()
    said = await wu.post(f"{wu.door}/voices", first, client_id=client_id, levels="0,50,100")
    assert said["voice"] == {"duration_ms": 3_000, "levels": [0, 50, 100]}
    again = await wu.post(f"{wu.door}/voices", first, client_id=client_id, levels="0,50,100")
    assert (again["seq"], again["file"]) == (said["seq"], said["file"]), "said once"
    customer = (await lin.customers())[0]["conversation_id"]
    assert (await lin.messages(customer))[0]["voice"] == said["voice"]
    await speak(lin, customer, sounds.webm(2_000))
    heard = (await wu.messages())[-1]
    assert await wu.get(f"{wu.door}/files/{heard['file']['id']}") == sounds.webm(2_000)
    for content, levels, code in (
        (b"", "", "empty_file"),
        (PNG, "", "not_a_voice"),
        (sounds.ogg(63_000), "", "not_a_voice"),
        (first, "101", "invalid"),
        (first, "1,,2", "invalid"),
        (first, ",".join(["1"] * 65), "invalid"),
        (bytes(5_000_000), "", "too_large"),
    ):
        params = {"client_id": new_client_id(), "levels": levels}
        assert (await wu.refused("POST", f"{wu.door}/voices", content, params=params)).code == code, levels
    assert len(await wu.messages()) == 2
