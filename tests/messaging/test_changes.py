"""What may happen to a message once it is said: edited, recalled, reacted to; heard at once, found after an absence."""

import asyncio
from itertools import pairwise

import pytest

from hutong.core.db import Database
from tests.messaging.channels import open_channel
from tests.people import Consumer, Json, Member, id_of


def at(talk: Json | str, seq: int, deed: str = "") -> str:
    return f"/api/conversations/{id_of(talk)}/messages/{seq}{deed}"


async def grow_old(db: Database, talk: Json, minutes: int) -> None:
    async with db.begin() as tx:
        await tx.execute(
            "update messages set sent_at = sent_at - make_interval(mins => $2) where conversation_id = $1",
            int(talk["id"]), minutes,
        )  # fmt: skip


async def test_an_edit_is_heard_by_all_and_what_was_said_before_stays_readable(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    first = await lin.say(talk, "周五见")
    async with chen.socket() as his, lin.socket() as hers:
        edited = await lin.patch(at(talk, 1), {"text": "周六见 "})
        assert (edited["text"], edited["revision"], edited["client_id"]) == ("周六见", 1, first["client_id"])
        assert edited["edited_at"] >= edited["sent_at"] == first["sent_at"]
        for socket in (his, hers):
            assert (await socket.next("message_changed"))["message"] == edited
    await lin.patch(at(talk, 1), {"text": "周日见"})
    versions = (await chen.get(at(talk, 1, "/versions")))["items"]
    assert [version["text"] for version in versions] == ["周五见", "周六见"]
    assert [version["said_at"] for version in versions] == [first["sent_at"], edited["edited_at"]]
    (view,) = await chen.inbox()
    assert (view["last_message"]["text"], view["last_revision"], view["unread_count"]) == ("周日见", 2, 1)


async def test_who_joined_later_hears_nothing_of_what_becomes_of_earlier_words(
    lin: Member, chen: Member, zhao: Member
) -> None:
    group = await zhao.group("项目", lin)
    said = await lin.say(group, "底价二十一万")
    await zhao.post(f"/api/conversations/{group['id']}/participants", {"person_ids": [chen.id]})
    later = await lin.say(group, "欢迎")
    async with zhao.socket() as hers, lin.socket() as his, chen.socket() as latecomers:
        await lin.patch(at(group, said["seq"]), {"text": "底价二十万八"})
        await zhao.put(at(group, said["seq"], "/reactions/👍"))
        await zhao.put(f"/api/conversations/{group['id']}/messages/{said['seq']}/pin")
        for socket in (hers, his):
            for _ in range(3):
                assert (await socket.next("message_changed"))["message"]["text"] == "底价二十万八"
        assert await latecomers.heard_nothing("message_changed")
        await lin.patch(at(group, later["seq"]), {"text": "欢迎欢迎"})
        assert (await latecomers.next("message_changed"))["message"]["text"] == "欢迎欢迎"


async def test_the_same_words_are_no_edit(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    said = await lin.say(talk, "一")
    async with chen.socket() as his:
        assert await lin.patch(at(talk, 1), {"text": " 一"}) == said
        assert await his.heard_nothing("message_changed")


async def test_a_recalled_message_keeps_its_place_and_has_nothing_in_it(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    await lin.say(talk, "密码是 8814")
    await lin.patch(at(talk, 1), {"text": "密码是 8815"})
    await chen.put(at(talk, 1, "/reactions/👍"))
    picture = await lin.send_file(talk, b"secret", "secret.txt")
    async with chen.socket() as his:
        for seq in (1, 2):
            recalled = await lin.post(at(talk, seq, "/recall"))
            assert recalled["recalled_at"], seq
            assert (recalled["text"], recalled["file"], recalled.get("reactions")) == ("", None, None)
            assert (await his.next("message_changed"))["message"] == recalled
        assert await lin.post(at(talk, 1, "/recall")) == await lin.post(at(talk, 1, "/recall")), "once is enough"
        assert await his.heard_nothing("message_changed")
    assert [message["seq"] for message in await chen.messages(talk)] == [1, 2]
    assert (await chen.get(at(talk, 1, "/versions")))["items"] == []
    path = f"/api/conversations/{talk['id']}/files/{picture['file']['id']}"
    assert (await chen.refused("GET", path)).status == 404, "and the file is no more"
    assert (await lin.refused("PATCH", at(talk, 1), {"text": "再说"}))[:2] == (409, "message_recalled")
    assert (await chen.refused("PUT", at(talk, 1, "/reactions/👍")))[:2] == (409, "message_recalled")


async def test_too_late_is_too_late(lin: Member, chen: Member, db: Database) -> None:
    talk = await lin.direct(chen)
    await lin.say(talk, "一")
    await grow_old(db, talk, 3)
    refusal = await lin.refused("POST", at(talk, 1, "/recall"))
    assert refusal[:2] == (409, "too_late")
    assert "2" in refusal.message, "it says how late"
    assert (await lin.patch(at(talk, 1), {"text": "二"}))["text"] == "二", "an edit leaves a trace, and may come later"
    await grow_old(db, talk, 1440)
    assert (await lin.refused("PATCH", at(talk, 1), {"text": "三"}))[:2] == (409, "too_late")


async def test_only_the_author_edits_and_recalls(lin: Member, chen: Member, zhao: Member) -> None:
    group = await lin.group("试驾", chen)
    await lin.say(group, "一")
    for who in (chen,):
        assert (await who.refused("PATCH", at(group, 2), {"text": "二"}))[:2] == (403, "not_yours")
        assert (await who.refused("POST", at(group, 2, "/recall")))[:2] == (403, "not_yours")
    for method, deed, body in (
        ("PATCH", "", {"text": "二"}), ("POST", "/recall", None), ("GET", "/versions", None),
        ("PUT", "/reactions/👍", None), ("DELETE", "/reactions/👍", None),
    ):  # fmt: skip
        assert (await zhao.refused(method, at(group, 2, deed), body)).status == 404, deed
        assert (await lin.refused(method, at(group, 9, deed), body)).status == 404, deed
        assert (await lin.refused(method, at(group, 1, deed), body)).status == 404, "a notice is nobody's words"
        assert (await lin.refused(method, at(group, 0, deed), body)).status == 422, deed
    assert (await zhao.refused("GET", f"/api/conversations/{group['id']}/changed-messages")).status == 404


async def test_who_came_later_cannot_touch_what_was_before(lin: Member, chen: Member, zhao: Member) -> None:
    group = await lin.group("试驾", chen)
    await lin.say(group, "以前")
    await lin.post(f"/api/conversations/{group['id']}/participants", {"person_ids": [zhao.id]})
    assert (await zhao.refused("PUT", at(group, 2, "/reactions/👍"))).status == 404
    assert (await zhao.refused("GET", at(group, 2, "/versions"))).status == 404
    await lin.patch(at(group, 2), {"text": "改过的以前"})
    answer = await zhao.get(f"/api/conversations/{group['id']}/changed-messages")
    assert (answer["items"], answer["has_newer"], answer["last_revision"]) == ([], False, 1)


async def test_reactions_are_counted_and_told_in_the_order_in_which_they_came(
    lin: Member, chen: Member, zhao: Member
) -> None:
    group = await lin.group("试驾", chen, zhao)
    await lin.say(group, "新车到店")
    await chen.put(at(group, 2, "/reactions/🎉"))
    await zhao.put(at(group, 2, "/reactions/👍🏽"))
    async with lin.socket() as hers:
        answer = await zhao.put(at(group, 2, "/reactions/🎉"))
        assert (await hers.next("message_changed"))["message"] == answer
        assert [(r["emoji"], r["count"], r["person_ids"]) for r in answer["reactions"]] == [
            ("🎉", 2, [chen.id, zhao.id]),
            ("👍🏽", 1, [zhao.id]),
        ]
        assert await zhao.put(at(group, 2, "/reactions/🎉")) == answer, "twice is once"
        assert await hers.heard_nothing("message_changed")
    await chen.delete(at(group, 2, "/reactions/🎉"))
    answer = await zhao.delete(at(group, 2, "/reactions/🎉"))
    assert [reaction["emoji"] for reaction in answer["reactions"]] == ["👍🏽"]
    answer = await zhao.delete(at(group, 2, "/reactions/👍🏽"))
    assert "reactions" not in answer


async def test_what_is_no_emoji_is_refused(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    await lin.say(talk, "一")
    cases: list[str] = ["a", "好", "1", "👍好", "👍" * 17, "\u202e👍", "%00", "🏽", "\u200d", ".", "%20"]
    for emoji in cases:
        assert (await chen.refused("PUT", at(talk, 1, f"/reactions/{emoji}"))).status in {400, 404, 405, 422}
        assert (await chen.messages(talk))[0].get("reactions") is None


async def test_one_message_holds_twenty_kinds_of_reactions(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    await lin.say(talk, "一")
    for number in range(20):
        await chen.put(at(talk, 1, f"/reactions/{chr(0x1F600 + number)}"))
    assert (await chen.refused("PUT", at(talk, 1, "/reactions/🎉")))[:2] == (409, "too_many_reactions")
    assert len((await lin.put(at(talk, 1, "/reactions/😀")))["reactions"]) == 20, "one that is there may be joined"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"text": ""}, "empty_message"),
        ({"text": " \u200b"}, "empty_message"),
        ({"text": "长" * 8001}, "message_too_long"),
        ({"text": None}, "invalid"),
        ({}, "invalid"),
        ({"text": 7}, "invalid"),
    ],
)
async def test_what_cannot_be_said_cannot_be_said_anew(lin: Member, chen: Member, body: Json, code: str) -> None:
    talk = await lin.direct(chen)
    await lin.say(talk, "一")
    assert (await lin.refused("PATCH", at(talk, 1), body)).code == code
    assert await lin.texts(talk) == ["一"]


async def test_a_file_cannot_be_edited(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    await lin.send_file(talk, b"x", "x.txt")
    assert (await lin.refused("PATCH", at(talk, 1), {"text": "y"}))[:2] == (409, "not_text")


async def test_a_channel_takes_edits_of_its_publishers_and_no_reactions(lin: Member, zhao: Member) -> None:
    channel = await open_channel(zhao, "全员公告")
    await zhao.say(channel, "放假三天")
    async with lin.socket() as hers:
        await zhao.patch(at(channel, 1), {"text": "放假四天"})
        assert (await hers.next("message_changed"))["message"]["text"] == "放假四天"
    assert (await lin.refused("PUT", at(channel, 1, "/reactions/👍")))[:2] == (409, "not_for_reactions")
    assert (await lin.refused("POST", at(channel, 1, "/recall")))[:2] == (403, "not_yours")


async def test_what_one_missed_is_one_range_of_revisions(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    for number in range(5):
        await lin.say(talk, f"第{number}句")
    page = await chen.get(f"/api/conversations/{talk['id']}/messages")
    token = (await chen.get("/api/sync"))["token"]
    for seq in (4, 2, 4, 1):
        await lin.patch(at(talk, seq), {"text": f"改{seq}{seq}{page['last_revision']}{seq}" + "!" * seq})
        await lin.put(at(talk, seq, "/reactions/👍"))
    (changed,) = (await chen.get("/api/sync", since=token))["conversations"]
    path = f"/api/conversations/{talk['id']}/changed-messages"
    whole = await chen.get(path, after_revision=page["last_revision"])
    assert whole["last_revision"] == changed["last_revision"] == 6, (
        "the second edit of 4 changed nothing, nor did its 👍"
    )
    assert [message["seq"] for message in whole["items"]] == [4, 2, 1], "each once, as it stands now"
    assert whole["items"] == [m for seq in (4, 2, 1) for m in await chen.messages(talk) if m["seq"] == seq]
    found, after = [], page["last_revision"]
    while True:
        part = await chen.get(path, after_revision=after, limit=1)
        found += part["items"]
        if not part["has_newer"]:
            break
        after = part["items"][-1]["revision"]
    assert found == whole["items"]


async def test_changes_at_once_get_one_revision_each(lin: Member, chen: Member, zhao: Member) -> None:
    group = await lin.group("试驾", chen, zhao)
    await lin.say(group, "一")
    async with lin.socket() as hers:
        deeds = [who.put(at(group, 2, f"/reactions/{emoji}")) for who in (lin, chen, zhao) for emoji in "👍🎉😀🚗"]
        await asyncio.gather(*deeds)
        told = [(await hers.next("message_changed"))["message"]["revision"] for _ in deeds]
    assert sorted(told) == list(range(1, 13))
    assert all(one < other for one, other in pairwise(told)), "and are told in their order"
    (last,) = (await chen.messages(group))[1:]
    assert [reaction["count"] for reaction in last["reactions"]] == [3, 3, 3, 3]


async def test_a_customer_recalls_and_reacts_in_their_own_talk(lin: Member, wu: Consumer) -> None:
    await wu.walk_in(await lin.way(), "您好")
    said = await wu.say("我的电话 13800000000")
    talk = said["conversation_id"]
    async with lin.socket() as hers:
        recalled = await wu.post(f"{wu.door}/messages/{said['seq']}/recall")
        assert (await hers.next("message_changed"))["message"] == recalled
        answer = await hers.say(talk, "周六可以")
        await wu.put(f"{wu.door}/messages/{answer['seq']}/reactions/👌")
        assert (await hers.next("message_changed"))["message"]["reactions"][0]["emoji"] == "👌"
    assert (await wu.refused("POST", f"{wu.door}/messages/{answer['seq']}/recall"))[:2] == (403, "not_yours")
    await lin.patch(at(talk, answer["seq"]), {"text": "周日可以"})
    missed = await wu.get(f"{wu.door}/changed-messages", after_revision=1)
    assert [(message["seq"], message["text"]) for message in missed["items"]] == [(answer["seq"], "周日可以")]
    assert (await wu.open(await lin.way()))["me"]["last_revision"] == missed["last_revision"] == 3
