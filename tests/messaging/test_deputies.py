"""A group's owner and deputies: who they are, what they may, and who decides what in it."""

import asyncio
from typing import Any

import pytest

from hutong.core.db import Database
from tests.messaging.crowd import gather_crowd
from tests.people import Json, Member, id_of, new_client_id

BEGINNING = dict.fromkeys(("who_invites", "who_mentions_all", "who_edits", "who_pins"), "everybody")


def path_of(group: Json) -> str:
    return f"/api/conversations/{id_of(group)}"


async def name_deputy(owner: Member, group: Json, deputy: Member) -> None:
    await owner.put(f"{path_of(group)}/deputies/{deputy.id}")


async def rules(who: Member, group: Json) -> Json | None:
    """As a fresh fetch tells it; None: as every group begins."""
    told: Json = await who.get(path_of(group))
    return told.get("group")


async def test_a_new_deputy_is_said_in_the_chat_heard_by_all_and_stands_in_the_list(
    lin: Member, zhao: Member, chen: Member
) -> None:
    group = await lin.group("有副群主", zhao, chen)
    assert await rules(chen, group) is None
    async with chen.socket() as his:
        await name_deputy(lin, group, zhao)
        told = await his.next("group")
        notice = (await his.next("message"))["message"]["notice"]
    assert (told["conversation_id"], told["group"]["deputy_ids"]) == (group["id"], [zhao.id])
    assert (notice["action"], notice["people"][0]["name"]) == ("deputy_named", zhao.name)
    assert await rules(chen, group) == told["group"]
    items = (await chen.get(f"{path_of(group)}/participants"))["items"]
    assert {it["person"]["id"]: it["role"] for it in items} == {lin.id: "owner", zhao.id: "deputy", chen.id: "member"}


async def test_naming_and_dismissing_twice_is_once(lin: Member, zhao: Member, chen: Member) -> None:
    group = await lin.group("两次", zhao, chen)
    for _ in range(2):
        await name_deputy(lin, group, zhao)
    await name_deputy(lin, group, lin)
    assert [it["notice"]["action"] for it in await chen.messages(group)] == ["group_created", "deputy_named"]
    async with chen.socket() as his:
        for _ in range(2):
            await lin.delete(f"{path_of(group)}/deputies/{zhao.id}")
        heard = await his.heard()
    assert [frame["type"] for frame in heard] == ["group"], "told once, and not said in the chat"
    assert await rules(zhao, group) == BEGINNING | {"revision": 2, "deputy_ids": []}


async def test_only_the_owner_names_deputies_and_only_from_those_in_the_group(
    lin: Member, zhao: Member, chen: Member, sun: Member
) -> None:
    group = await lin.group("谁任命", zhao)
    path = path_of(group)
    await name_deputy(lin, group, zhao)
    for who, expected in ((zhao, (403, "not_owner")), (chen, (404, "not_found")), (sun, (404, "not_found"))):
        assert (await who.refused("PUT", f"{path}/deputies/{who.id}"))[:2] == expected
        assert (await who.refused("DELETE", f"{path}/deputies/{zhao.id}"))[:2] == expected
    for whom in (chen.id, sun.id, "123456789"):
        assert (await lin.refused("PUT", f"{path}/deputies/{whom}")).code == "people_not_found"
    assert (await lin.refused("PUT", f"{path}/deputies/nobody")).status == 404
    talk = await lin.direct(zhao)
    assert (await lin.refused("PUT", f"{path_of(talk)}/deputies/{zhao.id}")).code == "not_a_group"


async def test_an_eleventh_deputy_is_refused(db: Database, lin: Member, zhao: Member) -> None:
    group = await lin.group("副群主很多", zhao)
    crowd = await gather_crowd(db, group, 11)
    for colleague in crowd[:10]:
        await lin.put(f"{path_of(group)}/deputies/{colleague.id}")
    assert (await lin.refused("PUT", f"{path_of(group)}/deputies/{crowd[10].id}")).code == "too_many_deputies"


async def test_a_deputy_removes_members_but_neither_owner_nor_deputy(
    db: Database, lin: Member, zhao: Member, chen: Member
) -> None:
    group = await lin.group("清场", zhao, chen)
    [other] = await gather_crowd(db, group, 1)
    await name_deputy(lin, group, zhao)
    await name_deputy(lin, group, chen)
    people = f"{path_of(group)}/participants"
    for whom in (lin.id, chen.id):
        assert (await zhao.refused("DELETE", f"{people}/{whom}"))[:2] == (403, "not_owner")
    await zhao.delete(f"{people}/{other.id}")
    await lin.delete(f"{people}/{chen.id}")
    told = await rules(zhao, group)
    assert told is not None
    assert told["deputy_ids"] == [zhao.id], "who is out is no deputy"


async def test_an_owner_who_leaves_is_followed_by_a_deputy(
    db: Database, lin: Member, zhao: Member, chen: Member
) -> None:
    group = await lin.group("接班", zhao)
    await gather_crowd(db, group, 2)
    await lin.post(f"{path_of(group)}/participants", {"person_ids": [chen.id]})
    await name_deputy(lin, group, chen)
    async with zhao.socket() as hers:
        await lin.delete(f"{path_of(group)}/participants/{lin.id}")
        assert (await hers.next("conversation_changed"))["owner_id"] == chen.id, "the deputy, who came last"
        assert (await hers.next("group"))["group"]["deputy_ids"] == [], "the owner is no deputy"


async def test_a_deputy_who_becomes_owner_is_deputy_no_more(lin: Member, zhao: Member, chen: Member) -> None:
    group = await lin.group("转让", zhao, chen)
    await name_deputy(lin, group, zhao)
    await lin.put(f"{path_of(group)}/owner", {"person_id": zhao.id})
    told = await zhao.get(path_of(group))
    assert (told["owner_id"], told["group"]["deputy_ids"]) == (zhao.id, [])


async def test_managers_change_the_settings_and_everybody_learns_at_once_or_later(
    lin: Member, zhao: Member, chen: Member
) -> None:
    group = await lin.group("群设置", zhao, chen)
    await name_deputy(lin, group, zhao)
    token = await chen.quiet_token()
    async with chen.socket() as his:
        changed = await zhao.patch(f"{path_of(group)}/group", {"who_edits": "managers"})
        await lin.patch(f"{path_of(group)}/group", {"who_mentions_all": "managers"})
        await lin.patch(f"{path_of(group)}/group", {"who_mentions_all": "managers"})
        await lin.patch(f"{path_of(group)}/group", {})
        heard = await his.heard()
    assert changed["group"]["who_edits"] == "managers"
    assert [frame["type"] for frame in heard] == ["group", "group"], "what is so already is told to nobody"
    expected = BEGINNING | {
        "revision": 3,
        "deputy_ids": [zhao.id],
        "who_edits": "managers",
        "who_mentions_all": "managers",
    }
    assert heard[-1]["group"] == expected
    [caught_up] = (await chen.get("/api/sync", since=token))["conversations"]
    assert caught_up["group"] == expected


@pytest.mark.parametrize("body", [{"who_edits": "nobody"}, {"who_invites": None, "who_edits": 1}, {"who_pays": []}, []])
async def test_settings_that_make_no_sense_change_nothing(lin: Member, zhao: Member, body: Any) -> None:
    group = await lin.group("乱设", zhao)
    answer = await lin.request("PATCH", f"{path_of(group)}/group", body)
    assert answer.status_code in {200, 400, 422}
    assert await rules(lin, group) is None


async def test_who_is_no_manager_changes_no_settings(lin: Member, zhao: Member, chen: Member, sun: Member) -> None:
    group = await lin.group("不归你管", zhao)
    wish = {"who_edits": "managers"}
    for who, expected in ((zhao, (403, "not_manager")), (chen, (404, "not_found")), (sun, (404, "not_found"))):
        assert (await who.refused("PATCH", f"{path_of(group)}/group", wish))[:2] == expected
    talk = await lin.direct(zhao)
    assert (await lin.refused("PATCH", f"{path_of(talk)}/group", wish)).code == "not_a_group"
    assert await rules(lin, group) is None


async def test_where_only_managers_rename_others_are_refused(lin: Member, zhao: Member, chen: Member) -> None:
    group = await lin.group("定名", zhao, chen)
    await name_deputy(lin, group, zhao)
    await lin.patch(f"{path_of(group)}/group", {"who_edits": "managers"})
    assert (await chen.refused("PATCH", path_of(group), {"name": "乱改"}))[:2] == (403, "not_manager")
    assert (await zhao.patch(path_of(group), {"name": "改名"}))["name"] == "改名"


async def test_where_only_managers_mention_all_others_are_refused(lin: Member, zhao: Member, chen: Member) -> None:
    group = await lin.group("少打扰", zhao, chen)
    await name_deputy(lin, group, zhao)
    await lin.patch(f"{path_of(group)}/group", {"who_mentions_all": "managers"})
    body = {
        "client_id": new_client_id(),
        "text": "@所有人 开会",
        "mentions": {"everybody": True},
    }
    assert (await chen.refused("POST", f"{path_of(group)}/messages", body)).code == "mentions_everybody"
    said = await zhao.say(group, "@所有人 开会", mentions={"everybody": True})
    assert said["mentions"]["everybody"] is True


async def test_in_a_large_group_deputies_mention_all_too(db: Database, lin: Member, zhao: Member, chen: Member) -> None:
    group = await lin.group("大群", zhao, chen)
    await gather_crowd(db, group, 101)
    await name_deputy(lin, group, zhao)
    assert (await zhao.say(group, "@所有人 开会", mentions={"everybody": True}))["mentions"]["everybody"] is True
    body = {"client_id": new_client_id(), "text": "@所有人", "mentions": {"everybody": True}}
    assert (await chen.refused("POST", f"{path_of(group)}/messages", body)).code == "mentions_everybody"


async def test_changes_at_the_same_moment_all_count(lin: Member, zhao: Member, chen: Member) -> None:
    group = await lin.group("一起改", zhao, chen)
    path = path_of(group)
    async with chen.socket() as his:
        await asyncio.gather(
            lin.patch(f"{path}/group", {"who_edits": "managers"}),
            lin.patch(f"{path}/group", {"who_invites": "approval"}),
            lin.put(f"{path}/deputies/{zhao.id}"),
            lin.put(f"{path}/deputies/{chen.id}"),
        )
        heard = [frame["group"] for frame in await his.heard() if frame["type"] == "group"]
    last = max(heard, key=lambda it: int(it["revision"]))
    assert last == await rules(chen, group)
    assert (last["revision"], last["who_edits"], last["who_invites"]) == (4, "managers", "approval")
    assert sorted(last["deputy_ids"]) == sorted([zhao.id, chen.id])
