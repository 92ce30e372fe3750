"""A group's notice: what it has to tell stands above the chat until each has looked, and is nobody else's to read."""

import asyncio

from tests.people import Json, Member, id_of


def path_of(group: Json) -> str:
    return f"/api/conversations/{id_of(group)}"


async def write(who: Member, group: Json, text: str, *, calls: bool = False) -> Json:
    told: Json = await who.put(f"{path_of(group)}/notice", {"text": text, "calls_everybody": calls})
    return told


async def test_a_notice_is_said_in_the_chat_and_told_to_everybody(lin: Member, zhao: Member, chen: Member) -> None:
    group = await lin.group("公告", zhao, chen)
    token = await zhao.quiet_token()
    async with chen.socket() as his:
        await write(lin, group, "  周六十点集合\n带驾照  ")
        said = (await his.next("message"))["message"]
        frame = await his.next("group")
    assert (said["notice"]["action"], said["notice"]["by_id"]) == ("notice_written", lin.id)
    assert frame["group"]["notice"] == {"seq": said["seq"], "text": "周六十点集合\n带驾照"}
    [caught_up] = (await zhao.get("/api/sync", since=token))["conversations"]
    assert caught_up["group"] == frame["group"]
    whole = await zhao.get(f"{path_of(group)}/notice")
    assert (whole["seq"], whole["text"], whole["by"]["name"]) == (said["seq"], "周六十点集合\n带驾照", lin.name)


async def test_a_long_notice_is_told_in_short_and_read_whole(lin: Member, zhao: Member) -> None:
    group = await lin.group("长公告", zhao)
    text = "车" * 2000
    told = await write(lin, group, text)
    assert told["group"]["notice"]["text"] == text[:200]
    await lin.patch(f"{path_of(group)}/group", {"who_edits": "managers"})
    assert (await zhao.get(f"{path_of(group)}/notice"))["text"] == text
    refusal = await lin.refused("PUT", f"{path_of(group)}/notice", {"text": text + "车"})
    assert (refusal.status, refusal.code) == (422, "notice_too_long")
    for body in ({"text": "车" * 9000}, {"text": None}, {}):
        assert (await lin.refused("PUT", f"{path_of(group)}/notice", body)).status in {400, 422}
    assert (await zhao.get(f"{path_of(group)}/notice"))["text"] == text


async def test_a_notice_that_calls_on_everybody_is_a_message_of_its_author(
    lin: Member, zhao: Member, chen: Member
) -> None:
    group = await lin.group("都来看", zhao, chen)
    await write(lin, group, "周六十点集合", calls=True)
    said = (await chen.messages(group))[-1]
    assert (said["kind"], said["text"], said["sender_id"]) == ("text", "@所有人\n周六十点集合", lin.id)
    told = (await chen.inbox())[0]
    assert (told["mention_seq"], told["group"]["notice"]["seq"]) == (said["seq"], said["seq"])


async def test_who_may_not_call_on_everybody_publishes_nothing_that_does(lin: Member, zhao: Member) -> None:
    group = await lin.group("别打扰", zhao)
    await lin.patch(f"{path_of(group)}/group", {"who_mentions_all": "managers"})
    body = {"text": "都来看", "calls_everybody": True}
    assert (await zhao.refused("PUT", f"{path_of(group)}/notice", body)).code == "mentions_everybody"
    assert len(await zhao.messages(group)) == 1
    assert (await zhao.refused("GET", f"{path_of(group)}/notice")).status == 404


async def test_whoever_has_looked_has_looked_on_all_their_devices_until_the_next(lin: Member, zhao: Member) -> None:
    group = await lin.group("看过了", zhao)
    first = (await write(lin, group, "第一条"))["group"]["notice"]["seq"]
    settings = f"{path_of(group)}/settings"
    async with zhao.socket() as phone:
        seen = await zhao.patch(settings, {"seen_notice_seq": first})
        assert (await phone.next("settings"))["settings"] == seen
        for stale in (0, first - 1, first):
            assert (await zhao.patch(settings, {"seen_notice_seq": stale}))["seen_notice_seq"] == first
        assert await phone.heard_nothing("settings")
    second = (await write(lin, group, "第二条"))["group"]["notice"]["seq"]
    assert second > first
    assert (await zhao.patch(settings, {"seen_notice_seq": 2**60}))["seen_notice_seq"] == second, "not what comes later"
    assert (await zhao.refused("PATCH", settings, {"seen_notice_seq": -1})).status in {400, 422}
    mine = (await lin.get("/api/sync"))["settings"]
    assert [it["seen_notice_seq"] for it in mine] == [second], "its author has read it"


async def test_an_emptied_notice_is_gone_and_the_same_again_is_nothing_new(lin: Member, zhao: Member) -> None:
    group = await lin.group("清空", zhao)
    for text in ("", "  \n\u200b"):
        assert "group" not in await write(lin, group, text), "there was none"
    await write(lin, group, "集合")
    async with zhao.socket() as hers:
        await write(zhao, group, " 集合 ")
        assert await hers.heard() == []
        await write(zhao, group, "\u200b")
        assert (await hers.next("group"))["group"].get("notice") is None
        assert (await hers.next("message"))["message"]["notice"]["action"] == "notice_removed"
    assert (await lin.refused("GET", f"{path_of(group)}/notice"))[:2] == (404, "not_found")


async def test_only_who_may_edit_the_group_writes_its_notice(
    lin: Member, zhao: Member, chen: Member, sun: Member
) -> None:
    group = await lin.group("谁来写", zhao)
    await write(zhao, group, "都可以写")
    await lin.patch(f"{path_of(group)}/group", {"who_edits": "managers"})
    path, body = f"{path_of(group)}/notice", {"text": "乱写"}
    assert (await zhao.refused("PUT", path, body))[:2] == (403, "not_manager")
    for who in (chen, sun):
        assert (await who.refused("PUT", path, body))[:2] == (404, "not_found")
        assert (await who.refused("GET", path))[:2] == (404, "not_found")
    await lin.put(f"{path_of(group)}/deputies/{zhao.id}")
    assert (await write(zhao, group, "副群主写的"))["group"]["notice"]["text"] == "副群主写的"
    talk = await lin.direct(zhao)
    assert (await lin.refused("PUT", f"{path_of(talk)}/notice", body)).code == "not_a_group"
    assert (await lin.refused("GET", f"{path_of(talk)}/notice")).status == 404


async def test_who_left_reads_it_no_more_and_who_joins_reads_it_from_the_first_moment(
    lin: Member, zhao: Member, chen: Member
) -> None:
    group = await lin.group("来来去去", zhao)
    await write(lin, group, "内部消息")
    token = await zhao.quiet_token()
    await zhao.delete(f"{path_of(group)}/participants/{zhao.id}")
    assert (await zhao.refused("GET", f"{path_of(group)}/notice")).status == 404
    [left] = (await zhao.get("/api/sync", since=token))["conversations"]
    assert (left["has_left"], "group" in left) == (True, False)
    async with chen.socket() as his:
        await lin.post(f"{path_of(group)}/participants", {"person_ids": [chen.id]})
        assert (await his.next("conversation"))["conversation"]["group"]["notice"]["text"] == "内部消息"
    assert (await chen.get(f"{path_of(group)}/notice"))["text"] == "内部消息"


async def test_of_notices_written_at_the_same_moment_the_last_said_holds(lin: Member, zhao: Member) -> None:
    group = await lin.group("同时写", zhao)
    await asyncio.gather(*(write(who, group, f"{who.name}{n}") for who in (lin, zhao) for n in range(4)))
    told = await lin.get(path_of(group))
    assert told["group"]["notice"]["seq"] == told["last_seq"]
    assert told["group"]["revision"] == 8
