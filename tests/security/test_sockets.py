"""The socket lets in whom HTTP would, and nobody else; a refusal is an answer before the upgrade."""

from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from tests.people import Caller, Consumer, Member


async def refused(who: Caller, path: str, **headers: str) -> int:
    with pytest.raises(InvalidStatus) as refusal:
        async with who.socket(path, headers=headers):
            pass
    return refusal.value.response.status_code


async def test_nobody_is_not_let_in(nobody: Caller) -> None:
    assert await refused(nobody, "/ws") == 401
    assert await refused(nobody, "/ws", Cookie="hutong_session=" + "x" * 43) == 401


async def test_an_unknown_address_or_way_is_not_found(lin: Member) -> None:
    assert await refused(lin, "/ws/nothing") == 404
    assert await refused(lin, "/ws/consumer?way=nobodyhere23") == 404
    assert await refused(lin, "/ws/consumer") in {400, 404}


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
async def test_a_page_of_another_site_is_not_let_in(lin: Member, origin: str) -> None:
    assert await refused(lin, "/ws", Origin=origin) == 403


async def test_our_own_page_is_let_in(lin: Member) -> None:
    async with lin.socket(headers={"Origin": lin.base_url}):
        pass


async def test_a_customer_is_no_member_and_a_member_no_customer(lin: Member, wu: Consumer) -> None:
    way = await lin.way()
    await wu.walk_in(way, "您好")
    token, staff = dict(wu.http.cookies)["hutong_contact_lanting"], dict(lin.http.cookies)["hutong_session"]
    assert await refused(wu, "/ws") == 401
    async with Caller(lin.base_url) as caller:
        assert await refused(caller, "/ws", Cookie=f"hutong_session={token}") == 401
        assert await refused(caller, f"/ws/consumer?way={way}", Cookie=f"hutong_contact_lanting={staff}") == 401


async def test_a_customer_is_known_to_one_company_only(wu: Consumer, lin: Member, sun: Member) -> None:
    await wu.walk_in(await lin.way(), "您好")
    token, way = dict(wu.http.cookies)["hutong_contact_lanting"], await sun.way()
    async with Caller(wu.base_url) as caller:
        assert await refused(caller, f"/ws/consumer?way={way}", Cookie=f"hutong_contact_hengda={token}") == 401


async def test_one_hears_only_ones_own_talks(
    lin: Member, zhao: Member, chen: Member, sun: Member, wu: Consumer
) -> None:
    way = await lin.way()
    await wu.walk_in(way, "您好")
    talk = await lin.direct(zhao)
    async with chen.socket() as colleague, sun.socket() as stranger, wu.socket() as customer:
        await lin.say(talk, "底价二十一万八")
        for socket in (colleague, stranger, customer):
            assert await socket.heard_nothing("message")


async def test_one_speaks_only_in_ones_own_talks(
    lin: Member, zhao: Member, chen: Member, sun: Member, wu: Consumer
) -> None:
    talk = await lin.direct(zhao)
    await wu.walk_in(await lin.way(), "您好")
    for who in (chen, sun, wu):
        async with who.socket() as socket:
            there, absent = await socket.say(talk, "偷偷说一句"), await socket.say("4611686018427387904", "偷偷说一句")
            assert there["type"] == "error"
            assert there["code"] == "not_found"
            assert there | {"client_id": ""} == absent | {"client_id": ""}
            await socket.send({"type": "read", "conversation_id": talk["id"], "seq": 1})
            await socket.send({"type": "typing", "conversation_id": talk["id"]})
            await socket.heard()
    assert await lin.texts(talk) == []


async def test_signing_out_closes_the_socket(lin: Member) -> None:
    async with lin.socket() as socket:
        await lin.delete("/api/sessions")
        assert await socket.close_code() == 4001
    assert await refused(lin, "/ws") == 401


async def test_a_frame_that_makes_no_sense_is_answered_and_the_socket_stays(lin: Member) -> None:
    cases: list[str] = [
        "{", "null", "[]", '"send"', "{}", '{"type":5}', '{"type":"nothing"}', '{"type":"send"}', "\x00",
        '{"type":"send","client_id":"no uuid","conversation_id":"1","kind":"text","text":"x"}',
        '{"type":"send","client_id":"0190b5a0-0000-7000-8000-000000000001","conversation_id":1,"kind":"text","text":"x"}',
        '{"type":"read","conversation_id":"1","seq":-1}', '{"type":"read","conversation_id":"1","seq":1e99}',
        '{"type":"typing","conversation_id":{"$ne":1}}', "[" * 5000,
        '{"type":"typing","conversation_id":"\\ud800"}',
    ]  # fmt: skip
    for text in cases:
        async with lin.socket() as socket:
            await socket.send_text(text)
            answer = await socket.next("error")
            assert answer["code"] in {"bad_frame", "not_found"}
            assert answer["message"]
            assert await socket.heard() == []


async def test_a_client_that_only_sends_nonsense_is_shown_the_door(lin: Member) -> None:
    async with lin.socket() as socket:
        for _ in range(40):
            await socket.send_text("nonsense")
        assert await socket.close_code() == 4008


async def test_binary_is_refused(lin: Member) -> None:
    async with lin.socket() as socket:
        await socket.send_text(b"\x00\x01")
        assert await socket.close_code() == 1003


async def test_a_frame_over_the_limit_is_refused(lin: Member) -> None:
    async with lin.socket() as socket:
        await socket.send_text("x" * 70_000)
        assert await socket.close_code() == 1009


async def test_what_is_no_text_is_refused_or_left_out(lin: Member, zhao: Member) -> None:
    talk: Any = await lin.direct(zhao)
    async with lin.socket() as socket:
        for text in ("\x00", "  ", "\u200b", "x" * 8001):
            answer = await socket.say(talk, text)
            assert answer["type"] == "error", repr(text)[:20]
            assert answer["code"] in {"empty_message", "message_too_long"}
        assert (await socket.say(talk, "还\x00好"))["type"] == "ack"
    assert await lin.texts(talk) == ["还好"]
