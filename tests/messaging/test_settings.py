"""What a person keeps for themself about a conversation: on all their devices, and on nobody else's."""

import asyncio

import pytest

from tests.messaging.channels import open_channel
from tests.people import Consumer, Json, Member, Talk, id_of

NOTHING = {"is_muted": False, "is_pinned": False, "archived_seq": None, "is_marked_unread": False, "seen_notice_seq": 0}


async def keep(who: Member, talk: Talk, **wish: bool | None) -> Json:
    kept: Json = await who.patch(f"/api/conversations/{id_of(talk)}/settings", wish)
    return kept


async def test_what_one_keeps_is_heard_on_ones_other_devices_and_by_nobody_else(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    await lin.say(talk, "一")
    async with lin.socket() as phone, chen.socket() as his:
        kept = await keep(lin, talk, is_muted=True, is_pinned=True)
        assert kept == NOTHING | {"conversation_id": talk["id"], "revision": 1, "is_muted": True, "is_pinned": True}
        assert (await phone.next("settings"))["settings"] == kept
        assert await his.heard_nothing("settings")
    assert (await lin.get("/api/sync"))["settings"] == [kept]
    assert (await chen.get("/api/sync"))["settings"] == []


async def test_what_is_left_out_stays_and_what_is_so_already_changes_nothing(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    assert (await keep(lin, talk))["revision"] == 0
    await keep(lin, talk, is_muted=True)
    kept = await keep(lin, talk, is_marked_unread=True)
    assert (kept["is_muted"], kept["is_marked_unread"], kept["revision"]) == (True, True, 2)
    async with lin.socket() as phone:
        assert await keep(lin, talk, is_muted=True, is_pinned=None) == kept
        assert await phone.heard_nothing("settings")


async def test_an_absence_is_made_up_for_by_sync(lin: Member, zhao: Member, chen: Member) -> None:
    first, second = await lin.direct(chen), await lin.direct(zhao)
    await keep(lin, first, is_pinned=True)
    token = await lin.quiet_token()
    kept = await keep(lin, second, is_muted=True)
    assert (await lin.get("/api/sync", since=token))["settings"] == [kept]
    back = await keep(lin, second, is_muted=False)
    assert (await lin.get("/api/sync", since=token))["settings"] == [back], "what is as it was is told too"


async def test_what_is_archived_is_so_until_something_is_said_and_a_muted_one_stays(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    await chen.say(talk, "一")
    assert (await keep(lin, talk, is_archived=True))["archived_seq"] == 1
    await chen.say(talk, "二")
    # It came back by itself: only who archives it again moves the mark.
    assert (await keep(lin, talk, is_archived=True))["archived_seq"] == 2
    assert (await keep(lin, talk, is_archived=True, is_muted=True))["archived_seq"] == 2
    await chen.say(talk, "三")
    assert (await keep(lin, talk, is_archived=True))["archived_seq"] == 2, "muted, it was archived all the time"
    kept = await keep(lin, talk, is_muted=False)
    assert (kept["is_muted"], kept["archived_seq"]) == (False, 3), "unmuting alone brings nothing back"
    assert (await keep(lin, talk, is_archived=False))["archived_seq"] is None


async def test_nothing_is_archived_and_on_top_at_once(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    await lin.say(talk, "一")
    await keep(lin, talk, is_pinned=True)
    archived = await keep(lin, talk, is_archived=True)
    assert (archived["is_pinned"], archived["archived_seq"]) == (False, 1)
    pinned = await keep(lin, talk, is_pinned=True)
    assert (pinned["is_pinned"], pinned["archived_seq"]) == (True, None)


async def test_who_hears_a_channel_by_rule_keeps_it_as_they_like(lin: Member, zhao: Member) -> None:
    channel = await open_channel(zhao, "全员公告")
    await zhao.say(channel, "放假安排")
    kept = await keep(lin, channel["id"], is_muted=True, is_archived=True)
    assert (kept["is_muted"], kept["archived_seq"]) == (True, 1)
    assert (await lin.get("/api/sync"))["settings"] == [kept]


async def test_changes_at_the_same_time_are_all_kept(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    wishes = [{"is_muted": True}, {"is_pinned": True}, {"is_marked_unread": True}]
    await asyncio.gather(*(keep(lin, talk, **wish) for wish in wishes * 3))
    (kept,) = (await lin.get("/api/sync"))["settings"]
    assert (kept["is_muted"], kept["is_pinned"], kept["is_marked_unread"], kept["revision"]) == (True, True, True, 3)


@pytest.mark.parametrize("body", [{"is_muted": "yes"}, {"is_pinned": 7}, {"is_archived": []}, [], "muted"])
async def test_what_cannot_be_read_changes_nothing(lin: Member, chen: Member, body: object) -> None:
    talk = await lin.direct(chen)
    refusal = await lin.refused("PATCH", f"/api/conversations/{talk['id']}/settings", body)
    assert refusal.status in {400, 422}
    assert (await lin.get("/api/sync"))["settings"] == []


async def test_who_is_no_participant_keeps_nothing(lin: Member, chen: Member, zhao: Member, wu: Consumer) -> None:
    talk = await lin.direct(chen)
    for who in (zhao, wu):
        refusal = await who.refused("PATCH", f"/api/conversations/{talk['id']}/settings", {"is_muted": True})
        assert refusal.status == (404 if who is zhao else 401)
