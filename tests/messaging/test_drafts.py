"""What is half-written on one device is there on the other, and gone from both once it is sent."""

import asyncio
from typing import Any

from tests.messaging.channels import open_channel
from tests.people import Json, Member, Talk, id_of


async def write(who: Member, talk: Talk, text: str, **more: Any) -> Json:
    draft: Json = await who.put(f"/api/conversations/{id_of(talk)}/draft", {"text": text, **more})
    return draft


async def kept(who: Member, since: str | None = None) -> list[tuple[str, int]]:
    answer = await who.get("/api/sync", **({"since": since} if since else {}))
    return [(draft["text"], draft["revision"]) for draft in answer["drafts"]]


async def test_what_is_typed_on_one_device_is_seen_on_the_other_and_by_nobody_else(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    await chen.say(talk, "周六见？")
    async with lin.socket() as phone, chen.socket() as his:
        called = {"everybody": False, "people": [{"id": chen.id, "name": "陈默"}]}
        draft = await write(lin, talk, "周日可以吗 ", reply_to_seq=1, mentions=called)
        assert (draft["text"], draft["revision"]) == ("周日可以吗 ", 1), "just as it was typed"
        assert draft["mentions"] == called
        assert (draft["reply_to"]["seq"], draft["reply_to"]["text"]) == (1, "周六见？")
        assert (await phone.next("draft"))["draft"] == draft
        assert await his.heard_nothing("draft")
    assert (await lin.get("/api/sync"))["drafts"] == [draft]
    assert await kept(chen) == []


async def test_an_absence_is_made_up_for_and_what_was_sent_is_gone(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    await write(lin, talk, "写到一半")
    token = await lin.quiet_token()
    await write(lin, talk, "", base_revision=1)
    assert await kept(lin, token) == [("", 2)]
    assert await kept(lin) == [("", 2)], "also for a device that still holds the old one"


async def test_of_two_typed_apart_the_later_holds_whichever_is_told_first(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    await write(lin, talk, "在手机上，刚才", age_seconds=5)
    async with lin.socket() as phone:
        answer = await write(lin, talk, "在电脑上，一小时前，断网", age_seconds=3600)
        assert (answer["text"], answer["revision"]) == ("在手机上，刚才", 1), "it is told which one holds"
        assert await phone.heard_nothing("draft")
    assert (await write(lin, talk, "在电脑上，现在"))["text"] == "在电脑上，现在"


async def test_who_saw_what_is_there_writes_over_it_however_slow_their_line(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    await write(lin, talk, "一")
    draft = await write(lin, talk, "一二", base_revision=1, age_seconds=20)
    assert (draft["text"], draft["revision"]) == ("一二", 2)
    late = await write(lin, talk, "一二三", base_revision=1, age_seconds=20)
    assert late["revision"] == 2, "but not over what they had not seen"


async def test_many_at_once_leave_one_of_them_and_count_each(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    answers = await asyncio.gather(*(write(lin, talk, f"第{number}稿") for number in range(8)))
    ((text, revision),) = await kept(lin)
    assert max(answers, key=lambda draft: draft["revision"])["text"] == text
    assert revision == len({draft["revision"] for draft in answers})


async def test_a_draft_shows_nothing_of_what_was_taken_back_or_is_no_longer_theirs(
    lin: Member, zhao: Member, chen: Member
) -> None:
    group = await zhao.group("群", lin, chen)
    said = await chen.say(group, "密码是 8814")
    await write(lin, group, "收到", reply_to_seq=said["seq"])
    await chen.post(f"/api/conversations/{group['id']}/messages/{said['seq']}/recall")
    ((draft),) = (await lin.get("/api/sync"))["drafts"]
    assert (draft["reply_to"]["is_recalled"], draft["reply_to"]["text"]) == (True, "")
    await zhao.delete(f"/api/conversations/{group['id']}/participants/{lin.id}")
    ((draft),) = (await lin.get("/api/sync"))["drafts"]
    assert (draft["text"], draft["reply_to"]) == ("收到", None), "one's own words stay one's own"


async def test_where_one_may_not_write_there_is_no_draft(lin: Member, zhao: Member, chen: Member) -> None:
    channel, talk = await open_channel(zhao, "全员公告"), await zhao.direct(chen)
    for place, wanted in ((channel["id"], (403, "not_publisher")), (talk["id"], (404, "not_found"))):
        refusal = await lin.refused("PUT", f"/api/conversations/{place}/draft", {"text": "一"})
        assert refusal[:2] == wanted
    await write(zhao, channel["id"], "放假安排")
    assert await kept(zhao) == [("放假安排", 1)]


async def test_what_cannot_be_kept_is_refused_and_changes_nothing(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    await write(lin, talk, "好的")
    cases: list[tuple[Json, int]] = [
        ({}, 422),
        ({"text": "字" * 32_001}, 422),
        ({"text": "a\x00b"}, 400),
        ({"text": "一", "reply_to_seq": 0}, 422),
        ({"text": "一", "mentions": {"people": [{"id": "1", "name": "字" * 101}]}}, 422),
        ({"text": "一", "mentions": {"people": [{"id": "1", "name": "一"}] * 300}}, 422),
        ({"text": "一", "age_seconds": -1}, 422),
        ({"text": "一", "age_seconds": 1e300}, 422),
        ({"text": "一", "base_revision": 2**63}, 422),
    ]
    for body, status in cases:
        refusal = await lin.refused("PUT", f"/api/conversations/{talk['id']}/draft", body)
        assert refusal.status in {status, 400, 422}
        assert await kept(lin) == [("好的", 1)]


async def test_a_long_one_is_kept_though_it_could_not_be_sent_as_one(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    assert (await write(lin, talk, "字" * 20_000))["text"] == "字" * 20_000
