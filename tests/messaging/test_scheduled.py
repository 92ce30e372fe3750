"""Words that wait for their time: said once, by the same door, with the rights of that moment."""

from datetime import timedelta

from hutong.core import clock
from hutong.core.actor import Actor
from hutong.core.db import Database
from hutong.messaging import MessageWriter
from hutong.messaging.actions import scheduling
from hutong.messaging.jobs import say_taken
from tests.messaging.channels import open_channel
from tests.messaging.test_cards import leave
from tests.people import Consumer, Json, Member, Talk, id_of, new_client_id

OWN = "/api/me/scheduled-messages"
HOUR = timedelta(hours=1)


def later(text: str, after: timedelta = HOUR, **more: object) -> Json:
    return {"client_id": new_client_id(), "text": text, "send_at": (clock.now() + after).isoformat()} | more


def path(talk: Talk) -> str:
    return f"/api/conversations/{id_of(talk)}/scheduled-messages"


async def waiting(who: Member) -> list[Json]:
    return list((await who.get(OWN))["items"])


async def test_what_waits_is_said_once_in_its_time_and_its_author_need_not_have_read_what_came_before(
    lin: Member, zhao: Member, chen: Member
) -> None:
    group = await zhao.group("项目", lin, chen)
    said = await chen.say(group, "周一交图？")
    wish = later(
        "@陈默 周一早上给你", reply_to_seq=said["seq"], mentions={"people": [{"id": chen.id, "name": chen.name}]}
    )
    async with zhao.socket() as desk, chen.socket() as other:
        first = await zhao.post(path(group), wish)
        assert await zhao.post(path(group), wish) == first, "asked twice it waits once"
        await desk.next("scheduled")
        assert await waiting(zhao) == [first]
        assert first["reply_to"]["text"] == "周一交图？"
        assert await waiting(chen) == []
        unread = await chen.say(group, "还是周二吧")
        assert await other.heard_nothing("scheduled")
        with clock.travel(HOUR):
            told = (await other.next("message", lambda it: it["message"]["sender_id"] == zhao.id))["message"]
            await desk.next("scheduled")
        assert [told[key] for key in ("text", "client_id", "is_scheduled")] == [first["text"], wish["client_id"], True]
        assert told["reply_to"]["seq"] == said["seq"]
        assert [it["id"] for it in told["mentions"]["people"]] == [chen.id]
        assert await waiting(zhao) == []
        assert (await zhao.texts(group)).count(first["text"]) == 1
        view = await zhao.get(f"/api/conversations/{group['id']}")
        assert view["read_seq"] < unread["seq"], "nobody read what was said meanwhile"
        # Where nothing was unread, nothing is; and words that are said by hand show that all was read.
        await zhao.say(group, "收到")
        await zhao.post(path(group), later("还有一句"))
        with clock.travel(HOUR):
            seq = (await desk.next("message", lambda it: it["message"]["text"] == "还有一句"))["message"]["seq"]
        assert (await zhao.get(f"/api/conversations/{group['id']}"))["read_seq"] == seq


async def test_what_waits_is_changed_sent_now_or_dropped_on_every_device(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    await lin.post(path(talk), later("午饭？"))
    second = await lin.post(path(talk), later("晚饭？", 2 * HOUR))
    third = await lin.post(path(talk), later("夜宵？", 3 * HOUR))
    async with lin.socket() as phone:
        sooner = (clock.now() + timedelta(minutes=5)).isoformat()
        changed = await lin.patch(f"{OWN}/{third['id']}", {"text": "早饭？", "send_at": sooner})
        assert changed["text"] == "早饭？"
        await phone.next("scheduled")
        assert [it["text"] for it in await waiting(lin)] == ["早饭？", "午饭？", "晚饭？"]
        message = await lin.post(f"{OWN}/{second['id']}/send")
        assert message["text"] == "晚饭？"
        assert await chen.texts(talk) == ["晚饭？"]
        await phone.next("scheduled")
        await lin.delete(f"{OWN}/{third['id']}")
        await phone.next("scheduled")
        for method, tail in (("DELETE", ""), ("PATCH", ""), ("POST", "/send")):
            for gone in (second["id"], third["id"]):
                assert (await lin.refused(method, f"{OWN}/{gone}{tail}", {})).status == 404
        with clock.travel(timedelta(hours=4)):
            await phone.next("message", lambda it: it["message"]["text"] == "午饭？")
    assert await chen.texts(talk) == ["晚饭？", "午饭？"]


async def test_what_may_not_be_said_any_more_stays_with_its_author_and_the_reason(
    db: Database, lin: Member, chen: Member, zhao: Member
) -> None:
    group = await zhao.group("项目", lin, chen)
    await lin.post(path(group), later("项目的话"))
    await chen.post(path(group), later("陈默的话"))
    await zhao.delete(f"/api/conversations/{group['id']}/participants/{lin.id}")
    async with lin.socket() as device, zhao.socket() as others:
        with clock.travel(HOUR):
            await device.next("scheduled")
            (stopped,) = await waiting(lin)
            assert (stopped["text"], stopped["stopped_code"]) == ("项目的话", "not_found")
            assert (await lin.refused("POST", f"{OWN}/{stopped['id']}/send")).status == 404
            assert (await others.next("message"))["message"]["text"] == "陈默的话"
        # Back in the group it can be sent, as it is or at another time.
        await zhao.post(f"/api/conversations/{group['id']}/participants", {"person_ids": [lin.id]})
        at = (clock.now() + HOUR).isoformat()
        assert (await lin.patch(f"{OWN}/{stopped['id']}", {"send_at": at}))["stopped_code"] is None
        await lin.post(f"{OWN}/{stopped['id']}/send")
        # Who left the company says nothing there.
        await chen.post(path(group), later("陈默走后的话"))
        await leave(db, chen.id)
        await zhao.post(path(group), later("最后一句", 2 * HOUR))
        with clock.travel(2 * HOUR):
            await others.next("message", lambda it: it["message"]["text"] == "最后一句")
    assert await zhao.texts(group) == ["陈默的话", "项目的话", "最后一句"]


async def test_a_customer_hears_what_was_meant_for_later(lin: Member, wu: Consumer) -> None:
    await wu.walk_in(await lin.way(), "想试驾")
    (customer,) = await lin.customers()
    await lin.post(path(customer["conversation_id"]), later("吴女士早上好，周六上午十点方便吗？"))
    async with wu.socket() as phone:
        await wu.say("周日也行")
        with clock.travel(HOUR):
            told = await phone.next("message", lambda it: it["message"]["text"].startswith("吴女士"))
    assert told["message"]["sender_id"] == lin.id
    page = await wu.get(wu.door)
    assert page["me"]["peer_read_seq"] < told["message"]["seq"], "her words were not read by the clock"


async def test_bad_wishes_and_wrong_callers_are_refused_and_leave_nothing(
    lin: Member, chen: Member, zhao: Member, sun: Member
) -> None:
    group = await zhao.group("项目", chen)
    said = await zhao.say(group, "一")
    talk = await lin.direct(zhao)
    channel = await open_channel(zhao, "通知")
    own = await lin.post(path(talk), later("我的"))
    year = timedelta(days=367)
    everybody = {"everybody": True}
    await zhao.patch(f"/api/conversations/{group['id']}/group", {"who_mentions_all": "managers"})
    for who, place, wish, status, code in (
        (lin, talk, later("早", timedelta(seconds=30)), 422, "not_then"),
        (lin, talk, later("晚", year), 422, "not_then"),
        (lin, talk, later("昨", -HOUR), 422, "not_then"),
        (lin, talk, later(" \n"), 422, "empty_message"),
        (lin, talk, later("长" * 8001), 422, "message_too_long"),
        (lin, talk, later("答", reply_to_seq=99), 422, "answered_unknown"),
        (chen, group, later("@所有人 答", mentions=everybody), 403, "mentions_everybody"),
        (lin, talk, later("无") | {"send_at": "2030-01-01T00:00:00"}, 422, ""),
        (lin, talk, later("无") | {"send_at": "明天"}, 422, ""),
        (lin, talk, later("无") | {"client_id": "1"}, 422, ""),
        (lin, talk, {"text": "无"}, 422, ""),
        (lin, group, later("外人", reply_to_seq=said["seq"]), 404, "not_found"),
        (sun, talk, later("外人"), 404, "not_found"),
        (lin, channel, later("读者"), 403, "not_publisher"),
    ):
        refusal = await who.refused("POST", path(place), wish)
        assert refusal.status == status, (wish["text"], refusal)
        assert code in ("", refusal.code), (wish["text"], refusal)
    for change in ({"text": ""}, {"send_at": (clock.now() + year).isoformat()}, {"text": 1}, {"mentions": 7}):
        assert (await lin.refused("PATCH", f"{OWN}/{own['id']}", change)).status in {400, 422}
    for method, tail in (("DELETE", ""), ("PATCH", ""), ("POST", "/send")):
        for who, id_ in ((chen, own["id"]), (sun, own["id"]), (lin, "99"), (lin, "x")):
            assert (await who.refused(method, f"{OWN}/{id_}{tail}", {})).status == 404
    assert [await waiting(who) for who in (lin, chen, sun)] == [[own], [], []]


async def test_so_many_wait_and_no_more(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    for number in range(100):
        await lin.post(path(talk), later(f"{number}"))
    assert (await lin.refused("POST", path(talk), later("多"))).code == "too_many_scheduled"
    (first, *_) = await waiting(lin)
    await lin.delete(f"{OWN}/{first['id']}")
    await lin.post(path(talk), later("又可以了"))


async def test_a_sayer_that_stalls_says_nothing_that_was_changed_meanwhile(
    db: Database, lin: Member, chen: Member
) -> None:
    talk = await lin.direct(chen)
    changed, dropped = [(await lin.post(path(talk), later(text)))["id"] for text in ("原来的话", "不说的话")]
    async with db.begin() as tx:
        company_id = await tx.fetchval("select company_id from people where id = $1", int(lin.id))
        actor = Actor(kind="member", company_id=company_id, person_id=int(lin.id), session_id=0)
        rows = [await scheduling.take_one(tx, actor, int(id_)) for id_ in (changed, dropped)]
    assert (await lin.refused("DELETE", f"{OWN}/{dropped}")).code == "being_sent"
    writer = MessageWriter(db)
    with clock.travel(timedelta(seconds=31)):
        await lin.patch(f"{OWN}/{changed}", {"text": "新的话"})
        await lin.delete(f"{OWN}/{dropped}")
        await say_taken(db, writer, rows, [int(lin.id)])
    await writer.close()
    assert await chen.texts(talk) == []
    assert [(it["text"], it["stopped_code"]) for it in await waiting(lin)] == [("新的话", None)]
