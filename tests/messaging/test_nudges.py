"""Urgent nudges: who has not read a message is asked to look now, and it stays until they confirm."""

from datetime import timedelta

from hutong.core import clock
from hutong.core.db import Database
from tests.messaging.channels import open_channel
from tests.messaging.test_cards import leave
from tests.people import Consumer, Json, Member, Talk, id_of

OWN = "/api/me/nudges"


def nudge(talk: Talk, seq: int) -> str:
    return f"/api/conversations/{id_of(talk)}/messages/{seq}/nudge"


async def waiting(who: Member) -> list[str]:
    return [it["text"] for it in (await who.get(OWN))["items"]]


def confirmed(state: Json) -> dict[str, bool]:
    return {it["person"]["name"]: it["confirmed_at"] is not None for it in state["items"]}


async def test_who_has_not_read_it_is_asked_once_and_it_stays_until_they_confirm_on_any_device(
    db: Database, lin: Member, zhao: Member, chen: Member
) -> None:
    group = await zhao.group("交付", lin, chen)
    said = await zhao.say(group, "客户到店了，谁在？")
    seq = said["seq"]
    async with lin.socket() as desk, lin.socket() as phone, zhao.socket() as author, chen.socket() as other:
        changed = await zhao.post(nudge(group, seq), {"person_ids": [lin.id]})
        assert changed["is_nudged"] is True
        for device in (desk, phone):
            assert (await device.next("nudged"))["seq"] == seq
        assert (await other.next("message_changed"))["message"]["is_nudged"] is True, "all see that it is urgent"
        assert await other.heard_nothing("nudged")
        page = await lin.get(OWN)
        assert (page["items"][0]["text"], page["conversations"][0]["name"]) == (said["text"], "交付")
        # The others, later; whoever was asked is not asked again, and whoever has read it not at all.
        await zhao.post(nudge(group, seq), {})
        await other.next("nudged")
        assert (await zhao.refused("POST", nudge(group, seq), {})).code == "nobody_to_nudge"
        # Reading is no confirmation.
        await lin.read(group, seq)
        assert await waiting(lin) == [said["text"]]
        for _ in range(2):
            await lin.post(f"{nudge(group, seq)}/confirmation")
        for device in (desk, phone, author):
            told = await device.next("nudge_confirmed")
            assert (told["conversation_id"], told["seq"], told["person_id"]) == (group["id"], seq, lin.id)
        assert await author.heard_nothing("nudge_confirmed"), "confirmed twice is confirmed"
        assert await other.heard_nothing("nudge_confirmed"), "who has confirmed is its author's to know"
    state = await zhao.get(nudge(group, seq))
    assert (confirmed(state), state["confirmed_count"]) == ({"陈默": False, "林晓": True}, 1)
    assert (await waiting(lin), await waiting(chen)) == ([], [said["text"]])
    assert (await zhao.messages(group))[seq - 1] == await find(lin, group, seq)
    # Each is in the audit trail, with whom it asked.
    async with db.begin() as tx:
        rows = await tx.fetch("select actor_id, details from audit_events where action = 'message.nudged' order by id")
    assert [(str(row["actor_id"]), row["details"]["person_ids"]) for row in rows] == [
        (zhao.id, [lin.id]),
        (zhao.id, [chen.id]),
    ]


async def find(who: Member, talk: Talk, seq: int) -> Json:
    return next(it for it in await who.messages(talk) if it["seq"] == seq)


async def test_what_was_recalled_or_left_behind_asks_nobody_any_more(
    db: Database, lin: Member, zhao: Member, chen: Member
) -> None:
    group = await zhao.group("交付", lin, chen)
    first, second = [await zhao.say(group, text) for text in ("密码 8814", "快来")]
    for said in (first, second):
        await zhao.post(nudge(group, said["seq"]), {})
    assert await waiting(lin) == ["快来", "密码 8814"]
    await zhao.post(f"/api/conversations/{group['id']}/messages/{first['seq']}/recall")
    assert await waiting(lin) == ["快来"]
    assert (await zhao.refused("POST", nudge(group, first["seq"]), {})).code == "message_recalled"
    await zhao.delete(f"/api/conversations/{group['id']}/participants/{lin.id}")
    assert await waiting(lin) == []
    assert (await lin.refused("POST", f"{nudge(group, second['seq'])}/confirmation")).status == 404
    # Who works here no more, and who came later, is not asked.
    await zhao.post(f"/api/conversations/{group['id']}/participants", {"person_ids": [lin.id]})
    await chen.read(group, second["seq"])
    await leave(db, chen.id)
    third = await lin.say(group, "来了")
    await zhao.read(group, third["seq"])
    assert (await lin.refused("POST", nudge(group, third["seq"]), {})).code == "nobody_to_nudge"


async def test_nobody_is_nudged_beyond_the_limits_or_who_must_not_be(
    lin: Member, zhao: Member, chen: Member, sun: Member, wu: Consumer
) -> None:
    talk = await lin.direct(chen)
    said = await lin.say(talk, "在吗")
    own = await chen.say(talk, "在")
    late = await lin.say(talk, "看一下")
    await wu.walk_in(await lin.way(), "想试驾")
    customer = (await lin.customers())[0]["conversation_id"]
    words = await lin.say(customer, "您好")
    channel = await open_channel(zhao, "通知")
    news = await zhao.say(channel, "放假")
    notice = await zhao.group("项目", lin)
    for who, place, seq, wish, status, code in (
        (lin, talk, own["seq"], {}, 403, "not_yours"),
        (lin, talk, said["seq"], {}, 409, "nobody_to_nudge"),
        (lin, talk, late["seq"], {"person_ids": [lin.id, sun.id, "7", "x"]}, 409, "nobody_to_nudge"),
        (lin, talk, late["seq"], {"person_ids": []}, 422, "invalid"),
        (lin, talk, late["seq"], {"person_ids": "all"}, 422, "invalid"),
        (lin, talk, 99, {}, 404, "not_found"),
        (lin, customer, words["seq"], {}, 409, "not_for_nudges"),
        (zhao, channel, news["seq"], {}, 409, "not_for_nudges"),
        (zhao, notice, 1, {}, 404, "not_found"),
        (zhao, talk, late["seq"], {}, 404, "not_found"),
        (sun, talk, late["seq"], {}, 404, "not_found"),
    ):
        refusal = await who.refused("POST", nudge(place, seq), wish)
        assert (refusal.status, refusal.code) == (status, code), (wish, refusal)
    with clock.travel(timedelta(hours=25)):
        assert (await lin.refused("POST", nudge(talk, late["seq"]), {})).code == "too_old_to_nudge"
    await lin.post(nudge(talk, late["seq"]), {})
    for who, place, seq, status in (
        (zhao, talk, late["seq"], 404),
        (lin, talk, late["seq"], 404),
        (chen, talk, 1, 404),
    ):
        assert (await who.refused("POST", f"{nudge(place, seq)}/confirmation")).status == status
    for who, seq in ((chen, late["seq"]), (zhao, late["seq"]), (lin, said["seq"])):
        assert (await who.refused("GET", nudge(talk, seq))).status == 404, "who was asked is its author's to know"
    assert [await waiting(who) for who in (lin, zhao, sun)] == [[], [], []]


async def test_a_large_group_is_asked_by_name_and_a_day_has_so_many(
    lin: Member, db: Database, zhao: Member, chen: Member
) -> None:
    group = await zhao.group("交付", lin, chen)
    said = await zhao.say(group, "一")
    async with db.begin() as tx:
        await tx.execute("update conversations set participant_count = 201 where id = $1", int(group["id"]))
        await tx.execute(
            "insert into nudges select 1, seq, $1, $2, $3, $4, null, true from generate_series(1, 199) seq",
            int(chen.id), (await tx.fetchval("select company_id from people where id = $1", int(chen.id))),
            int(zhao.id), clock.now(),
        )  # fmt: skip
    assert (await zhao.refused("POST", nudge(group, said["seq"]), {})).code == "choose_whom_to_nudge"
    refusal = await zhao.refused("POST", nudge(group, said["seq"]), {"person_ids": [lin.id, chen.id]})
    assert (refusal.status, refusal.code) == (429, "too_many_nudges")
    assert "还可以提醒 1 人次" in refusal.message
    await zhao.post(nudge(group, said["seq"]), {"person_ids": [lin.id]})
    assert (await zhao.refused("POST", nudge(group, said["seq"]), {"person_ids": [chen.id]})).code == "too_many_nudges"
