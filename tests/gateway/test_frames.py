"""The live protocol as docs/protocol.md has it: what is refused keeps the socket, what breaks it has its code."""

import asyncio
import socket as sockets

from websockets.asyncio.client import connect

from hutong.gateway.session import CLOSE_PATIENCE_SECONDS
from hutong.roles.serve import Network
from tests.people import PATIENCE, Consumer, Member, new_client_id


async def test_the_first_frame_says_who_one_is_and_when_it_is(lin: Member) -> None:
    async with connect(f"{lin.base_url.replace('http', 'ws')}/ws", additional_headers=_cookie(lin), proxy=None) as raw:
        welcome = str(await raw.recv())
    assert f'"person_id":"{lin.id}"' in welcome
    assert '"type":"welcome"' in welcome
    assert '"heartbeat_seconds":25' in welcome


def _cookie(who: Member) -> dict[str, str]:
    return {"Cookie": f"hutong_session={who.http.cookies['hutong_session']}"}


BAD_FRAMES = [
    "", "x", "null", "[]", "{}", '{"type":7}', '{"type":"nonsense"}', '{"type":"send"}', '{"type":"read","seq":-1}',
    '{"type":"send","client_id":"not-a-uuid","conversation_id":"1","kind":"text","text":"x"}',
    '{"type":"send","client_id":"00000000-0000-4000-8000-000000000000","conversation_id":"1","kind":"notice","text":"x"}',
    '{"type":"typing"}', '{"type":"welcome"}', '{"type":"message","message":{}}', '{"type":"send","text":"\\ud800"}',
]  # fmt: skip


async def test_a_frame_that_makes_no_sense_is_refused_and_the_socket_lives_on(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    for frame in BAD_FRAMES:
        async with lin.socket() as socket:
            await socket.send_text(frame)
            refusal = await socket.next("error")
            assert (refusal["code"], refusal["retry"]) == ("bad_frame", False)
            assert refusal["message"]
            assert (await socket.say(talk, "还在"))["type"] == "ack"


async def test_fragments_are_not_spoken_here(lin: Member) -> None:
    async with lin.socket() as socket:
        await socket._connection.send(["{", '"type":"ping"}'])
        assert await socket.close_code() == 1003


async def test_wrong_conversations_are_not_found_for_every_verb(lin: Member) -> None:
    async with lin.socket() as socket:
        for conversation_id in ("1", "0", "-5", "9" * 20, "abc", "12e3"):
            answer = await socket.say(conversation_id, "x")
            assert answer["code"] == "not_found", conversation_id
            await socket.send({"type": "read", "conversation_id": conversation_id, "seq": 1})
            assert (await socket.next("error"))["code"] == "not_found"
            await socket.send({"type": "typing", "conversation_id": conversation_id})
            assert (await socket.next("error"))["code"] == "not_found"


async def test_typing_is_seen_by_the_other_and_kept_by_nobody(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    await lin.say(talk, "第一句")
    async with lin.socket() as hers, chen.socket() as his:
        await hers.send({"type": "typing", "conversation_id": talk["id"]})
        seen = await his.next("typing")
    assert (seen["conversation_id"], seen["person_id"]) == (talk["id"], lin.id)
    assert len(await chen.messages(talk)) == 1


async def test_all_devices_of_a_person_hear_and_agree(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    async with lin.socket() as desk, lin.socket() as phone:
        client_id = new_client_id()
        await desk.say(talk, "从桌面", client_id=client_id)
        assert (await phone.next("message"))["message"]["client_id"] == client_id
        answer = await chen.say(talk, "收到")
        await phone.send({"type": "read", "conversation_id": talk["id"], "seq": answer["seq"]})
        read = await desk.next("read")
        assert (read["person_id"], read["seq"]) == (lin.id, answer["seq"])


async def test_a_consumer_and_a_member_talk_over_the_socket_both_ways(lin: Member, wu: Consumer) -> None:
    message = await wu.walk_in(await lin.way(), "您好")
    async with wu.socket() as hers, lin.socket() as hers_too:
        await hers.say(message["conversation_id"], "想试驾")
        assert (await hers_too.next("message"))["message"]["text"] == "想试驾"
        await hers_too.say(message["conversation_id"], "周六可以")
        assert (await hers.next("message", lambda f: f["message"]["sender_id"] == lin.id))["message"][
            "text"
        ] == "周六可以"


async def test_a_reader_that_stops_reading_is_let_go_and_holds_up_nobody(
    lin: Member, chen: Member, network: Network
) -> None:
    talk = await lin.direct(chen)
    await lin.say(talk, "开始")
    host, port = network.settings.base_url.removeprefix("http://").split(":")
    deaf = sockets.create_connection((host, int(port)))
    cookie = _cookie(chen)["Cookie"]
    deaf.sendall(
        f"GET /ws HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nCookie: {cookie}\r\n\r\n".encode()
    )
    async with lin.socket() as hers, chen.socket() as his:
        before = network.live.hub.session_count
        for _ in range(600):
            assert (await hers.say(talk, "长" * 8000))["type"] == "ack"
            await his.next("message")
            if network.live.hub.session_count < before:
                break
        assert network.live.hub.session_count == before - 1, "the deaf one was let go"
        await hers.say(talk, "大家都好")
        assert (await his.next("message", lambda f: f["message"]["text"] == "大家都好"))["message"]
    await asyncio.sleep(CLOSE_PATIENCE_SECONDS + 1)
    deaf.settimeout(PATIENCE)
    assert b"\x03\xf5too_slow" in await asyncio.to_thread(_read_to_the_end, deaf), "told why, however late it reads"
    deaf.close()


def _read_to_the_end(line: sockets.socket) -> bytes:
    heard = b""
    while b"too_slow" not in heard and (piece := line.recv(65_536)):
        heard = heard[-100:] + piece
    return heard
