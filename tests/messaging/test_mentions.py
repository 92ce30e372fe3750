"""Calling on people: who is called sees it live and after an absence, until it is read."""

from hutong.core.db import Database
from tests.messaging.crowd import gather_crowd
from tests.people import Consumer, Json, Member, new_client_id


def called(message: Json) -> list[str]:
    return [person["name"] for person in message["mentions"]["people"]]


async def test_who_is_called_on_sees_where_until_they_have_read_it(lin: Member, chen: Member, zhao: Member) -> None:
    group = await lin.group("售后群", chen, zhao)
    await lin.say(group, "大家好")
    async with chen.socket() as his:
        said = await lin.say(group, "@陈默 明天早上到？", mentions={"person_ids": [chen.id]})
        assert said["mentions"] == {"everybody": False, "people": [{"id": chen.id, "name": chen.name}]}
        assert (await his.next("message", lambda frame: frame["message"]["seq"] == said["seq"]))["message"] == said
    await lin.say(group, "不急")
    assert (await chen.inbox())[0]["mention_seq"] == said["seq"]
    assert "mention_seq" not in (await zhao.inbox())[0]
    assert "mention_seq" not in (await lin.inbox())[0]
    assert (await chen.messages(group))[-2] == said
    await chen.read(group, said["seq"])
    assert "mention_seq" not in (await chen.inbox())[0]


async def test_the_newest_of_several_is_told(lin: Member, chen: Member) -> None:
    group = await lin.group("售后群", chen)
    await lin.say(group, "@陈默 一", mentions={"person_ids": [chen.id]})
    second = await lin.say(group, "@所有人 二", mentions={"everybody": True})
    await lin.say(group, "三")
    assert second["mentions"] == {"everybody": True, "people": []}
    assert (await chen.inbox())[0]["mention_seq"] == second["seq"]


async def test_who_calls_on_themself_is_not_waiting(lin: Member, chen: Member) -> None:
    group = await lin.group("售后群", chen)
    await lin.say(group, "@林晓 我自己", mentions={"person_ids": [lin.id]})
    await chen.say(group, "哈哈")
    assert "mention_seq" not in (await lin.inbox())[0]


async def test_who_is_not_in_the_conversation_is_left_out(lin: Member, chen: Member, zhao: Member) -> None:
    group = await lin.group("售后群", chen)
    said = await lin.say(group, "@赵 在吗", mentions={"person_ids": [zhao.id, chen.id, chen.id, "12345"]})
    assert called(said) == [chen.name]
    alone = await lin.say(group, "@赵 在吗", mentions={"person_ids": [zhao.id]})
    assert "mentions" not in alone
    assert await zhao.inbox() == []


async def test_a_repeated_send_calls_once_and_says_the_same(lin: Member, chen: Member) -> None:
    group = await lin.group("售后群", chen)
    body = {"client_id": new_client_id(), "text": "@陈默 到了吗", "mentions": {"person_ids": [chen.id]}}
    first = await lin.post(f"/api/conversations/{group['id']}/messages", body)
    assert await lin.post(f"/api/conversations/{group['id']}/messages", body) == first
    assert (await chen.inbox())[0]["mention_seq"] == first["seq"]


async def test_the_socket_calls_too(lin: Member, chen: Member) -> None:
    group = await lin.group("售后群", chen)
    async with lin.socket() as hers:
        frame = {"type": "send", "client_id": new_client_id(), "conversation_id": group["id"], "text": "@陈默 在？"}
        await hers.send(frame | {"mentions": {"person_ids": [chen.id]}})
        ack = await hers.next("ack")
    assert (await chen.inbox())[0]["mention_seq"] == ack["seq"]


async def test_what_was_recalled_calls_on_nobody_by_name(lin: Member, chen: Member) -> None:
    group = await lin.group("售后群", chen)
    said = await lin.say(group, "@陈默 说错了", mentions={"person_ids": [chen.id]})
    recalled = await lin.post(f"/api/conversations/{group['id']}/messages/{said['seq']}/recall")
    assert "mentions" not in recalled


async def test_only_the_owner_calls_on_everybody_in_a_large_group(db: Database, lin: Member, chen: Member) -> None:
    group = await lin.group("大群", chen)
    await gather_crowd(db, group, 100)
    refusal = await chen.refused(
        "POST",
        f"/api/conversations/{group['id']}/messages",
        {"client_id": new_client_id(), "text": "@所有人 开会", "mentions": {"everybody": True}},
    )
    assert (refusal.status, refusal.code) == (403, "mentions_everybody")
    assert "100" in refusal.message
    said = await lin.say(group, "@所有人 开会", mentions={"everybody": True})
    assert said["mentions"]["everybody"] is True
    assert (await chen.inbox())[0]["mention_seq"] == said["seq"]


async def test_between_two_nobody_needs_to_be_called(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    said = await lin.say(talk, "@陈默", mentions={"everybody": True, "person_ids": [chen.id]})
    assert "mentions" not in said


async def test_who_joins_later_is_not_called_by_what_was_said_before(lin: Member, chen: Member, zhao: Member) -> None:
    group = await lin.group("售后群", chen)
    await lin.say(group, "@所有人 旧的", mentions={"everybody": True})
    await lin.post(f"/api/conversations/{group['id']}/participants", {"person_ids": [zhao.id]})
    assert "mention_seq" not in (await zhao.inbox())[0]


async def test_who_may_be_called_on_is_found_by_pinyin_in_this_conversation_only(
    lin: Member, chen: Member, zhao: Member
) -> None:
    group = await lin.group("售后群", chen)
    path = f"/api/conversations/{group['id']}/mentionable"
    assert [found["id"] for found in (await lin.get(path))["items"]] == [chen.id]
    assert [found["id"] for found in (await lin.get(path, q="chenm"))["items"]] == [chen.id]
    assert (await lin.get(path, q="zhao"))["items"] == []
    assert (await lin.get(path, q="林"))["items"] == [], "nobody calls on themself"
    assert (await zhao.refused("GET", path)).status == 404


async def test_who_spoke_last_is_offered_first(lin: Member, chen: Member, zhao: Member) -> None:
    group = await lin.group("售后群", chen, zhao)
    path = f"/api/conversations/{group['id']}/mentionable"
    await chen.say(group, "一")
    await zhao.say(group, "二")
    assert [found["id"] for found in (await lin.get(path))["items"]] == [zhao.id, chen.id]
    await chen.say(group, "三")
    assert [found["id"] for found in (await lin.get(path))["items"]] == [chen.id, zhao.id]


async def test_what_names_nobody_is_refused(lin: Member, chen: Member) -> None:
    group = await lin.group("售后群", chen)
    cases: list[object] = [
        {"person_ids": "all"},
        {"person_ids": [""]},
        {"person_ids": ["1"] * 201},
        {"everybody": "yes"},
        [],
        "陈默",
        1,
    ]
    for mentions in cases:
        body = {"client_id": new_client_id(), "text": "@?", "mentions": mentions}
        assert (await lin.refused("POST", f"/api/conversations/{group['id']}/messages", body)).code == "invalid"
        assert await lin.texts(group) == []


async def test_a_customers_talk_calls_on_the_colleague_in_it(lin: Member, wu: Consumer) -> None:
    await wu.walk_in(await lin.way(), "你好")
    talk = (await lin.customers())[0]["conversation_id"]
    said = await lin.say(talk, "@林晓 记一下", mentions={"person_ids": [lin.id], "everybody": True})
    assert called(said) == [lin.name]
    assert (await wu.messages())[-1]["text"] == "@林晓 记一下"
