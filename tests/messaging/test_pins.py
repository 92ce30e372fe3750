"""Pins: a message put up for all in its conversation, until somebody takes it down or its author takes it back."""

import asyncio

import pytest

from tests.people import Consumer, Json, Member, Talk, id_of


def path_of(talk: Talk, seq: int) -> str:
    return f"/api/conversations/{id_of(talk)}/messages/{seq}/pin"


async def pin(who: Member, talk: Talk, seq: int) -> Json:
    message: Json = await who.put(path_of(talk, seq))
    return message


async def pinned(who: Member, talk: Talk) -> list[int]:
    return [it["seq"] for it in (await who.get(f"/api/conversations/{id_of(talk)}/pins"))["items"]]


async def test_a_pin_is_seen_at_once_by_all_and_found_after_an_absence(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    for text in ("一", "二", "三"):
        await lin.say(talk, text)
    async with lin.socket() as hers:
        message = await pin(chen, talk, 1)
        assert (await hers.next("message_changed"))["message"] == message
        await pin(lin, talk, 3)
    assert (message["pinned"]["by_id"], message["revision"], message["text"]) == (chen.id, 1, "一")
    told = await lin.get(f"/api/conversations/{talk['id']}/pins")
    assert [it["seq"] for it in told["items"]] == [3, 1], "the latest first"
    assert ([it["name"] for it in told["people"]], told["last_revision"]) == ([lin.name], 2)
    changed = await chen.get(f"/api/conversations/{talk['id']}/changed-messages", after_revision=0)
    assert [it["seq"] for it in changed["items"] if "pinned" in it] == [1, 3]


async def test_pinning_and_unpinning_twice_is_once(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    await lin.say(talk, "一")
    first = await pin(chen, talk, 1)
    async with lin.socket() as hers:
        assert await pin(lin, talk, 1) == first, "whoever was first stays named"
        await lin.delete(path_of(talk, 1))
        taken = await chen.delete(path_of(talk, 1))
        assert "pinned" not in taken
        assert [frame["type"] for frame in await hers.heard()] == ["message_changed"]
    assert await pinned(chen, talk) == []
    answers = await asyncio.gather(*(pin(who, talk, 1) for who in (lin, chen) for _ in range(3)))
    assert len({(it["pinned"]["by_id"], it["revision"]) for it in answers}) == 1


async def test_what_is_taken_back_is_pinned_no_more_and_an_edit_is_seen_there(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    await lin.say(talk, "周六")
    await lin.say(talk, "写错了")
    for seq in (1, 2):
        await pin(chen, talk, seq)
    await lin.patch(f"/api/conversations/{talk['id']}/messages/1", {"text": "周日"})
    recalled = await lin.post(f"/api/conversations/{talk['id']}/messages/2/recall")
    assert "pinned" not in recalled
    [left] = (await chen.get(f"/api/conversations/{talk['id']}/pins"))["items"]
    assert (left["seq"], left["text"], left["pinned"]["by_id"]) == (1, "周日", chen.id)
    assert (await chen.refused("PUT", path_of(talk, 2))).code == "message_recalled"


async def test_in_a_group_it_is_as_the_group_says(lin: Member, zhao: Member, chen: Member) -> None:
    group = await lin.group("谁置顶", zhao, chen)
    said = await lin.say(group, "周六十点")
    await pin(chen, group, said["seq"])
    await lin.put(f"/api/conversations/{group['id']}/deputies/{zhao.id}")
    await lin.patch(f"/api/conversations/{group['id']}/group", {"who_pins": "managers"})
    for method in ("PUT", "DELETE"):
        assert (await chen.refused(method, path_of(group, said["seq"])))[:2] == (403, "not_manager")
    assert await pinned(chen, group) == [said["seq"]]
    await zhao.delete(path_of(group, said["seq"]))
    assert await pinned(chen, group) == []


async def test_fifty_are_the_most(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    for number in range(51):
        await lin.say(talk, f"第{number}句")
    for seq in range(1, 51):
        await pin(lin, talk, seq)
    assert (await lin.refused("PUT", path_of(talk, 51))).code == "too_many_pins"
    assert "revision" not in (await lin.messages(talk))[-1]
    await lin.delete(path_of(talk, 7))
    await pin(lin, talk, 51)
    assert len(await pinned(chen, talk)) == 50


async def test_who_joins_later_finds_only_what_they_may_read(lin: Member, zhao: Member, chen: Member) -> None:
    group = await lin.group("新人", zhao)
    old = await lin.say(group, "旧话")
    await pin(lin, group, old["seq"])
    await lin.post(f"/api/conversations/{group['id']}/participants", {"person_ids": [chen.id]})
    new = await lin.say(group, "新话")
    await pin(lin, group, new["seq"])
    assert await pinned(zhao, group) == [new["seq"], old["seq"]]
    assert await pinned(chen, group) == [new["seq"]]
    assert (await chen.refused("PUT", path_of(group, old["seq"]))).status == 404
    await zhao.delete(f"/api/conversations/{group['id']}/participants/{zhao.id}")
    assert (await zhao.refused("GET", f"/api/conversations/{group['id']}/pins")).status == 404


@pytest.mark.parametrize("seq", ["0", "99", "-1", "x", "1"])
async def test_what_is_no_message_is_not_pinned(lin: Member, zhao: Member, seq: str) -> None:
    group = await lin.group("没有", zhao)
    answer = await lin.request("PUT", f"/api/conversations/{group['id']}/messages/{seq}/pin")
    assert answer.status_code in {400, 404, 422}, "1 is what the system said"


async def test_strangers_find_nothing_to_pin(lin: Member, zhao: Member, chen: Member, sun: Member) -> None:
    talk = await lin.direct(zhao)
    await lin.say(talk, "底价")
    for who in (chen, sun):
        assert (await who.refused("PUT", path_of(talk, 1)))[:2] == (404, "not_found")
        assert (await who.refused("DELETE", path_of(talk, 1)))[:2] == (404, "not_found")
        assert (await who.refused("GET", f"/api/conversations/{talk['id']}/pins"))[:2] == (404, "not_found")


async def test_in_a_talk_with_a_customer_nothing_is_pinned(lin: Member, wu: Consumer) -> None:
    await wu.walk_in(await lin.way(), "您好")
    [customer] = await lin.customers()
    assert (await lin.refused("PUT", path_of(customer["conversation_id"], 1))).code == "not_for_pins"
    assert await pinned(lin, customer["conversation_id"]) == []


async def test_in_a_channel_those_pin_who_publish(lin: Member, zhao: Member) -> None:
    body = {"client_id": "3c9b6a1e-0f3b-4f3f-9c40-0d5b9b2f9a11", "name": "公告", "audience": {"everybody": True}}
    channel = await zhao.post("/api/channels", body)
    said = await zhao.say(channel, "放假安排")
    assert (await lin.refused("PUT", path_of(channel, said["seq"]))).code == "not_publisher"
    await pin(zhao, channel, said["seq"])
    assert await pinned(lin, channel) == [said["seq"]]
