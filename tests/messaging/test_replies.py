"""Answering a message: what it answers is shown with it, live and read back."""

import pytest

from tests.people import Consumer, Json, Member


async def test_an_answer_carries_what_it_answers(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    await lin.say(talk, "周六试驾还有位置吗？" + "长" * 300)
    async with lin.socket() as hers:
        answer = await chen.say(talk, "有的", answers=1)
        quote = answer["reply_to"]
        assert (quote["seq"], quote["sender_id"], quote["kind"], quote["is_recalled"]) == (1, lin.id, "text", False)
        assert quote["text"].startswith("周六试驾还有位置吗？")
        assert len(quote["text"]) == 200, "its beginning"
        assert (await hers.next("message"))["message"] == answer
    assert (await lin.messages(talk))[-1] == answer
    (view,) = await lin.inbox()
    assert view["last_message"] == answer
    first = (await lin.messages(talk))[0]
    assert "reply_to" not in first


async def test_a_file_is_answered_by_its_name(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    await lin.send_file(talk, b"x", "报价单.xlsx")
    answer = await chen.say(talk, "收到", answers=1)
    assert (answer["reply_to"]["kind"], answer["reply_to"]["file_name"]) == ("file", "报价单.xlsx")


async def test_what_was_recalled_is_not_quoted_on(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    await lin.say(talk, "说错了")
    await chen.say(talk, "什么？", answers=1)
    await lin.post(f"/api/conversations/{talk['id']}/messages/1/recall")
    quote = (await chen.messages(talk))[-1]["reply_to"]
    assert (quote["text"], quote["is_recalled"]) == ("", True)


@pytest.mark.parametrize("seq", [2, 99, 2**62])
async def test_what_is_not_there_cannot_be_answered(lin: Member, chen: Member, seq: int) -> None:
    talk = await lin.direct(chen)
    await lin.say(talk, "一")
    body = {"client_id": "0b2d3e3c-7f7e-4a50-9a55-1d2f6f6f0001", "text": "二", "reply_to_seq": seq}
    assert (await chen.refused("POST", f"/api/conversations/{talk['id']}/messages", body)).code == "answered_unknown"
    async with chen.socket() as his:
        frame: Json = {"type": "send", "conversation_id": talk["id"], "kind": "text"} | body
        await his.send(frame)
        assert (await his.next("error"))["code"] == "answered_unknown"
    assert await lin.texts(talk) == ["一"]


@pytest.mark.parametrize("seq", [0, -1, "one", 1.5, 2**63])
async def test_what_is_no_place_cannot_be_answered(lin: Member, chen: Member, seq: object) -> None:
    talk = await lin.direct(chen)
    await lin.say(talk, "一")
    body = {"client_id": "0b2d3e3c-7f7e-4a50-9a55-1d2f6f6f0002", "text": "二", "reply_to_seq": seq}
    assert (await chen.refused("POST", f"/api/conversations/{talk['id']}/messages", body)).code == "invalid"


async def test_what_was_said_before_ones_time_or_elsewhere_cannot_be_answered(
    lin: Member, chen: Member, zhao: Member
) -> None:
    group = await lin.group("试驾", chen)
    await lin.say(group, "以前")
    await lin.post(f"/api/conversations/{group['id']}/participants", {"person_ids": [zhao.id]})
    body = {"client_id": "0b2d3e3c-7f7e-4a50-9a55-1d2f6f6f0003", "text": "二", "reply_to_seq": 2}
    assert (await zhao.refused("POST", f"/api/conversations/{group['id']}/messages", body)).code == "answered_unknown"
    body["reply_to_seq"] = 1
    assert (await lin.refused("POST", f"/api/conversations/{group['id']}/messages", body)).code == "answered_unknown", (
        "a notice is nobody's words"
    )


async def test_a_customer_and_a_member_answer_each_other(lin: Member, wu: Consumer) -> None:
    said = await wu.walk_in(await lin.way(), "您好")
    answer = await lin.say(said["conversation_id"], "您好，我是林晓", answers=said["seq"])
    assert answer["reply_to"]["text"] == "您好"
    body = {"client_id": "0b2d3e3c-7f7e-4a50-9a55-1d2f6f6f0004", "text": "幸会", "reply_to_seq": answer["seq"]}
    assert (await wu.post(f"{wu.door}/messages", body))["reply_to"]["text"] == "您好，我是林晓"
