"""Groups: made, named, joined, left, handed on. Whoever is out hears and finds nothing more."""

import asyncio

import pytest

from tests.people import Consumer, Member, new_client_id


async def test_a_new_group_appears_at_once_with_everybody_in_it(lin: Member, zhao: Member, chen: Member) -> None:
    async with chen.socket() as his:
        group = await lin.group("冬季续航", zhao, chen)
        told = (await his.next("conversation"))["conversation"]
    assert told["id"] == group["id"]
    assert (told["name"], told["participant_count"], told["owner_id"]) == ("冬季续航", 3, lin.id)
    assert {person["name"] for person in told["people"]} == {lin.name, zhao.name, chen.name}
    notice = (await zhao.messages(group))[0]["notice"]
    assert (notice["action"], notice["by_id"]) == ("group_created", lin.id)


async def test_a_group_asked_for_twice_with_one_client_id_is_one_group(lin: Member, chen: Member) -> None:
    body = {"kind": "group", "client_id": new_client_id(), "name": "一次", "person_ids": [chen.id]}
    answers = await asyncio.gather(*(lin.request("POST", "/api/conversations", body) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 200, 201]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len(await chen.inbox()) == 1


async def test_two_colleagues_have_one_direct_chat_whoever_asks_and_when(lin: Member, chen: Member) -> None:
    talks = await asyncio.gather(*([lin.direct(chen) for _ in range(4)] + [chen.direct(lin) for _ in range(4)]))
    assert len({talk["id"] for talk in talks}) == 1


async def test_a_direct_chat_bothers_nobody_before_something_is_said(lin: Member, chen: Member) -> None:
    async with chen.socket() as his:
        talk = await lin.direct(chen)
        assert await his.heard_nothing("conversation")
        assert await chen.inbox() == []
        await lin.say(talk, "在吗")
        assert (await his.next("conversation"))["conversation"]["id"] == talk["id"]
        assert (await his.next("message"))["message"]["text"] == "在吗"


async def test_somebody_invited_reads_from_there_on_and_nothing_before(lin: Member, zhao: Member, chen: Member) -> None:
    group = await lin.group("两个人", zhao)
    await lin.say(group, "旧话")
    async with chen.socket() as his:
        await zhao.post(f"/api/conversations/{group['id']}/participants", {"person_ids": [chen.id]})
        assert (await his.next("conversation"))["conversation"]["id"] == group["id"]
        await lin.say(group, "新话")
        assert (await his.next("message"))["message"]["text"] == "新话"
    assert await chen.texts(group) == ["新话"]
    page = await chen.get(f"/api/conversations/{group['id']}/messages", around_seq=1)
    assert "旧话" not in [message["text"] for message in page["items"]]


async def test_who_leaves_hears_nothing_more_and_the_owner_passes_on(lin: Member, zhao: Member, chen: Member) -> None:
    group = await lin.group("会散的", zhao, chen)
    async with lin.socket() as hers, chen.socket() as his:
        await lin.delete(f"/api/conversations/{group['id']}/participants/{lin.id}")
        assert (await hers.next("conversation_left"))["conversation_id"] == group["id"]
        changed = await his.next("conversation_changed")
        assert (changed["conversation_id"], changed["participant_count"]) == (group["id"], 2)
        assert changed["owner_id"] == zhao.id, "the longest-serving"
        await hers.heard()
        await chen.say(group, "她走了")
        assert await hers.heard() == []
    assert (await lin.refused("GET", f"/api/conversations/{group['id']}/messages")).status == 404
    assert await lin.inbox() == []


async def test_a_member_removes_nobody_and_only_the_owner_hands_over(lin: Member, zhao: Member, chen: Member) -> None:
    group = await lin.group("有群主", zhao, chen)
    path = f"/api/conversations/{group['id']}"
    assert (await zhao.refused("DELETE", f"{path}/participants/{chen.id}"))[:2] == (403, "not_manager")
    assert (await zhao.refused("PUT", f"{path}/owner", {"person_id": zhao.id}))[:2] == (403, "not_owner")
    await lin.put(f"{path}/owner", {"person_id": zhao.id})
    async with chen.socket() as his:
        await zhao.delete(f"{path}/participants/{chen.id}")
        assert (await his.next("conversation_left"))["conversation_id"] == group["id"]
    assert (await chen.refused("GET", path)).status == 404
    actions = [m["notice"]["action"] for m in await lin.messages(group) if m["notice"]]
    assert actions == ["group_created", "owner_changed", "person_removed"]


async def test_a_new_name_reaches_everybody_and_an_empty_one_clears_it(lin: Member, zhao: Member) -> None:
    group = await lin.group(None, zhao)
    async with zhao.socket() as hers:
        await lin.patch(f"/api/conversations/{group['id']}", {"name": "  新 名字\n"})
        named = await hers.next("conversation_changed")
    assert (named["conversation_id"], named["name"]) == (group["id"], "新 名字")
    assert (await zhao.patch(f"/api/conversations/{group['id']}", {"name": ""}))["name"] is None
    assert (await lin.refused("PATCH", f"/api/conversations/{group['id']}", {"name": "长" * 65})).status == 422


async def test_a_page_of_participants_follows_the_order_of_joining(lin: Member, zhao: Member, chen: Member) -> None:
    group = await lin.group("翻页", zhao)
    await lin.post(f"/api/conversations/{group['id']}/participants", {"person_ids": [chen.id]})
    path, names, cursor = f"/api/conversations/{group['id']}/participants", [], None
    while True:
        page = await lin.get(path, limit=1, **({"cursor": cursor} if cursor else {}))
        names += [(item["person"]["name"], item["role"]) for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert names[-1] == (chen.name, "member")
    assert sorted(names) == sorted([(lin.name, "owner"), (zhao.name, "member"), (chen.name, "member")])
    assert (await lin.refused("GET", path, params={"cursor": "nonsense"}))[:2] == (400, "bad_cursor")


@pytest.mark.parametrize("whom", ["stranger", "unknown", "customer", "nobody"])
async def test_a_group_takes_only_colleagues(lin: Member, chen: Member, sun: Member, wu: Consumer, whom: str) -> None:
    message = await wu.walk_in(await lin.way(), "您好")
    people = {"stranger": [sun.id], "unknown": ["123456789"], "customer": [message["sender_id"]], "nobody": [lin.id]}
    body = {"kind": "group", "client_id": new_client_id(), "name": None, "person_ids": people[whom]}
    assert (await lin.refused("POST", "/api/conversations", body)).code == "people_not_found"
    group = await lin.group("只有同事", chen)
    if whom != "nobody":
        refusal = await lin.refused(
            "POST", f"/api/conversations/{group['id']}/participants", {"person_ids": people[whom]}
        )
        assert refusal.code == "people_not_found"
    assert (await lin.get(f"/api/conversations/{group['id']}"))["participant_count"] == 2


async def test_a_direct_chat_is_no_group(lin: Member, zhao: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    await lin.say(talk, "两个人")
    path = f"/api/conversations/{talk['id']}"
    assert (await lin.refused("POST", f"{path}/participants", {"person_ids": [zhao.id]})).code == "not_a_group"
    assert (await lin.refused("DELETE", f"{path}/participants/{lin.id}")).code == "not_a_group"
    assert (await lin.refused("PATCH", path, {"name": "改名"})).code == "not_a_group"
