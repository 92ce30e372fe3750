"""Pushing to browsers while nobody looks: what is told, to whom, and what is not."""

import asyncio
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from hutong.core import clock, outward
from hutong.core.db import Database
from hutong.core.outward import AddressRefused, Outward, OutwardFailed
from hutong.roles.serve import Network
from tests.cast import PASSWORD
from tests.messaging.channels import open_channel
from tests.messaging.crowd import gather_crowd
from tests.notifications.pushed import PATH, Browser, PushService
from tests.people import Json, Member, new_client_id

SETTINGS = "/api/me/notification-settings"
# Longer than anything waits before it is told.
A_WHILE = 5.0


async def is_told_nothing(browser: Browser) -> bool:
    await asyncio.sleep(A_WHILE)
    return browser.told == []


async def test_who_has_not_read_is_told_what_was_said_and_where(
    push_service: PushService, lin: Member, chen: Member
) -> None:
    his, hers = push_service.browser(), push_service.browser()
    await his.subscribe(chen)
    await hers.subscribe(lin)
    talk = await lin.direct(chen)
    said = await lin.say(talk, "屏幕样件到了\n在前台")
    assert await his.next() == {
        "title": "林晓",
        "text": "屏幕样件到了 在前台",
        "conversation_id": talk["id"],
        "seq": said["seq"],
        "unread_count": 1,
        "seen": [],
    }
    assert his.headers["topic"] == talk["id"]
    assert 0 < int(his.headers["ttl"]) <= 86_400
    # Once; and of her own words she is told nothing.
    assert await is_told_nothing(his)
    assert hers.told == []


async def test_a_name_card_is_told_with_the_name_on_it(
    push_service: PushService, lin: Member, chen: Member, zhao: Member
) -> None:
    his = push_service.browser()
    await his.subscribe(chen)
    talk = await lin.direct(chen)
    card = {"client_id": new_client_id(), "kind": "card", "card_id": zhao.id}
    await lin.post(f"/api/conversations/{talk['id']}/messages", card)
    assert (await his.next())["text"] == f"[名片] {zhao.name}"


async def test_who_reads_within_seconds_is_told_nothing(push_service: PushService, lin: Member, chen: Member) -> None:
    his = push_service.browser()
    await his.subscribe(chen)
    talk = await lin.direct(chen)
    said = await lin.say(talk, "在吗")
    await chen.read(talk, said["seq"])
    assert await is_told_nothing(his)


async def test_in_a_muted_talk_only_who_is_called_on_is_told(
    push_service: PushService, lin: Member, chen: Member
) -> None:
    his = push_service.browser()
    await his.subscribe(chen)
    group = await lin.group("闲聊", chen)
    await chen.patch(f"/api/conversations/{group['id']}/settings", {"is_muted": True})
    await lin.say(group, "中午吃什么")
    assert await is_told_nothing(his)
    await lin.say(group, "@陈默 你定", mentions={"person_ids": [chen.id]})
    await lin.say(group, "快")
    assert (await his.next())["text"].endswith("快")


async def test_what_is_said_while_something_else_waits_is_told_too(
    push_service: PushService, lin: Member, chen: Member
) -> None:
    his = push_service.browser()
    await his.subscribe(chen)
    talk = await lin.direct(chen)
    said = await lin.say(talk, "一")
    await chen.read(talk, said["seq"])
    await asyncio.sleep(1.5)
    await lin.say(talk, "二")
    assert (await his.next())["text"] == "二"


async def test_a_lively_talk_is_told_of_again_after_a_while_with_its_newest_words(
    push_service: PushService, lin: Member, chen: Member, zhao: Member
) -> None:
    his = push_service.browser()
    await his.subscribe(chen)
    group = await lin.group("座舱联调", chen, zhao)
    await lin.say(group, "一")
    assert (await his.next())["text"] == "林晓：一"
    await lin.say(group, "二")
    await zhao.say(group, "@陈默 三", mentions={"person_ids": [chen.id]})
    assert await is_told_nothing(his)
    with clock.travel(timedelta(seconds=20)):
        told = await his.next()
        assert (told["title"], told["text"], told["unread_count"]) == ("座舱联调", "[有人@我] 赵敏：@陈默 三", 4)
        # What was read meanwhile is to stand there no more, and is said with the next.
        await chen.read(group, told["seq"])
        talk = await lin.direct(chen)
        await lin.say(talk, "单独说一句")
        told = await his.next()
        assert (told["unread_count"], told["seen"]) == (1, [group["id"]])


async def test_without_preview_the_words_stay_here_and_the_line_is_in_the_browsers_language(
    push_service: PushService, lin: Member, chen: Member
) -> None:
    his = push_service.browser()
    chen.http.headers["accept-language"] = "en"
    await his.subscribe(chen)
    await chen.put(SETTINGS, {"shows_text": False})
    group = await lin.group("座舱联调", chen)
    await lin.say(group, "电池包涨价")
    assert (await his.next())["text"] == "林晓: sent a message"


async def test_in_quiet_hours_nothing_is_told_neither_then_nor_later(
    push_service: PushService, lin: Member, chen: Member
) -> None:
    his = push_service.browser()
    await his.subscribe(chen)
    now = clock.now()
    hours = {"begins": f"{now - timedelta(hours=1):%H:%M}", "ends": f"{now + timedelta(hours=1):%H:%M}"}
    await chen.put(SETTINGS, {"quiet_hours": hours | {"time_zone": "UTC"}})
    talk = await lin.direct(chen)
    await lin.say(talk, "夜里的话")
    assert await is_told_nothing(his)
    await chen.put(SETTINGS, {"quiet_hours": None})
    await lin.say(talk, "早上好")
    with clock.travel(timedelta(seconds=20)):
        assert (await his.next())["text"] == "早上好"


async def test_an_announcement_reaches_those_whom_its_rule_lets_in(
    push_service: PushService, zhao: Member, lin: Member, sun: Member
) -> None:
    hers, elsewhere = push_service.browser(), push_service.browser()
    await hers.subscribe(lin)
    await elsewhere.subscribe(sun)
    channel = await open_channel(zhao, "全员公告")
    await zhao.say(channel, "周五停电")
    told = await hers.next()
    assert (told["title"], told["text"]) == ("全员公告", "赵敏：周五停电")
    assert elsewhere.told == []


async def test_a_browser_is_told_as_long_as_its_session_lasts(
    push_service: PushService, lin: Member, chen: Member
) -> None:
    his = push_service.browser()
    talk = await lin.direct(chen)
    async with Member(
        chen.base_url, id=chen.id, name=chen.name, account=chen.account, company=chen.company
    ) as at_the_counter:
        await at_the_counter.sign_in(PASSWORD)
        await his.subscribe(at_the_counter)
        assert (await at_the_counter.get(PATH))["endpoint"] == his.endpoint
        assert (await chen.get(PATH))["endpoint"] is None
        await at_the_counter.delete("/api/session")
    await lin.say(talk, "还在柜台吗")
    assert await is_told_nothing(his)


async def test_a_browser_is_only_the_one_persons_who_uses_it_now(
    push_service: PushService, lin: Member, chen: Member, zhao: Member
) -> None:
    shared = push_service.browser()
    await shared.subscribe(chen)
    await shared.subscribe(zhao)
    await lin.say(await lin.direct(chen), "给陈默")
    await lin.say(await lin.direct(zhao), "给赵敏")
    assert (await shared.next())["text"] == "给赵敏"
    assert await is_told_nothing(shared)
    await zhao.delete(PATH)
    assert (await zhao.get(PATH))["endpoint"] is None


async def test_a_browser_that_is_gone_is_forgotten(push_service: PushService, lin: Member, chen: Member) -> None:
    for status in (404, 410):
        his = push_service.browser()
        await his.subscribe(chen)
        his.answers.append((status, {}))
        await lin.say(await lin.direct(chen), "在吗")
        await his.was_asked(1)
        # What the service said is written down a moment later.
        await asyncio.sleep(1)
        assert (await chen.get(PATH))["endpoint"] is None


async def test_a_push_service_that_wants_patience_gets_it_and_is_asked_again(
    push_service: PushService, lin: Member, chen: Member
) -> None:
    his = push_service.browser()
    his.answers = [(429, {"retry-after": "600"}), (503, {})]
    await his.subscribe(chen)
    talk = await lin.direct(chen)
    await lin.say(talk, "在吗")
    await his.was_asked(1)
    with clock.travel(timedelta(minutes=5)):
        await asyncio.sleep(2)
        assert his.asked == 1
    with clock.travel(timedelta(minutes=11)):
        await his.was_asked(2)
        assert his.told == []
    with clock.travel(timedelta(minutes=30)):
        assert (await his.next())["text"] == "在吗"


async def test_what_nobody_could_be_told_within_a_day_is_told_no_more(
    push_service: PushService, lin: Member, chen: Member
) -> None:
    his = push_service.browser()
    his.answers = [(503, {})]
    await his.subscribe(chen)
    await lin.say(await lin.direct(chen), "在吗")
    await his.was_asked(1)
    with clock.travel(timedelta(days=2)):
        assert await is_told_nothing(his)
    assert his.asked == 1


def but(**changed: object) -> Json:
    """A subscription as a browser gives it, but for this."""
    whole = Browser("https://push.example.com/to/1").subscription
    keys = whole["keys"] | {name: changed.pop(name) for name in ("p256dh", "auth") if name in changed}
    return whole | {"keys": keys} | changed


INSIDE = [
    "https://127.0.0.1/", "https://[::1]/", "https://10.0.0.7/x", "https://192.168.1.1/", "https://172.20.0.1/",
    "https://169.254.169.254/latest/meta-data", "https://100.64.0.1/", "https://0.0.0.0/", "https://[fd00::1]/",
    "https://[::ffff:10.0.0.1]/", "https://[64:ff9b::a00:1]/", "https://[fe80::1%25eth0]/", "https://224.0.0.1/",
    "https://localhost/", "https://0x7f.1/", "https://2130706433/", "https://127.1/", "https://0177.0.0.1/",
    "http://push.example.com/", "ftp://push.example.com/", "file:///etc/passwd", "push.example.com", "https://",
    "https://user@push.example.com/", "https://push.example.com:0/", "https://push.example.com:99999/",
    "https://推送.example/", "https://[::1/", "https://push.example.com/a b", "https://push.example.com/\n",
]  # fmt: skip


async def test_an_endpoint_inside_the_network_is_refused(network: Network, chen: Member) -> None:
    network.app.state.settings = msgspec.structs.replace(network.settings, push_loopback=False)
    for endpoint in INSIDE:
        assert (await chen.refused("PUT", PATH, but(endpoint=endpoint))).code == "address_refused", endpoint
        assert (await chen.get(PATH))["endpoint"] is None


async def test_a_subscription_that_nothing_could_be_encrypted_for_is_refused(chen: Member) -> None:
    cases: list[tuple[Any, str]] = [
        (but(endpoint="https://push.example.com/" + "x" * 10_000), "invalid"),
        (but(endpoint=""), "invalid"),
        (but(p256dh="A" * 10_000), "invalid"),
        (but(p256dh="BA" + "A" * 85), "subscription_unusable"),
        (but(p256dh="AAAA"), "subscription_unusable"),
        (but(p256dh="密钥"), "subscription_unusable"),
        (but(auth="A" * 24), "subscription_unusable"),
        (but(auth="!" * 22), "subscription_unusable"),
        (but(auth=None), "invalid"),
        ({"endpoint": "https://push.example.com/"}, "invalid"),
        ([], "invalid"),
    ]
    for wrong, code in cases:
        assert (await chen.refused("PUT", PATH, wrong)).code == code


async def test_a_name_that_comes_to_stand_for_something_inside_is_not_connected_to() -> None:
    """Refused at the connection itself, whatever was found when the subscription was taken."""
    async with Outward() as outside:
        for url in ("https://localhost/", "https://127.1/", "https://[::1]/"):
            with pytest.raises(AddressRefused):
                await outside.post(url, {}, b"")
        with pytest.raises(OutwardFailed):
            await outside.post("https://nobody.invalid/", {}, b"")
    await outward.check_reaches_public("https://nobody.invalid/")


async def test_a_redirect_is_not_followed(push_service: PushService, lin: Member, chen: Member) -> None:
    his, trap = push_service.browser(), push_service.browser()
    his.answers = [(307, {"location": trap.endpoint})]
    await his.subscribe(chen)
    await lin.say(await lin.direct(chen), "在吗")
    await his.was_asked(1)
    await asyncio.sleep(1)
    assert trap.asked == 0


async def test_the_key_is_one_for_everybody_and_for_good(chen: Member, sun: Member) -> None:
    states = await asyncio.gather(*(who.get(PATH) for who in (chen, sun, chen, sun)))
    assert len({state["public_key"] for state in states}) == 1


async def test_a_group_of_ten_thousand_costs_no_more_than_those_who_can_be_told(
    push_service: PushService, db: Database, lin: Member, chen: Member, zhao: Member
) -> None:
    group = await lin.group("全员大群", chen, zhao)
    await gather_crowd(db, group, 10_000)
    his, hers = push_service.browser(), push_service.browser()
    await his.subscribe(chen)
    await hers.subscribe(zhao)
    await lin.say(group, "周五停电")
    assert [(await it.next())["text"] for it in (his, hers)] == ["林晓：周五停电"] * 2
    async with db.begin() as tx:
        assert await tx.fetchval("select count(*) from pushes") == 2


async def test_what_is_urgent_is_told_through_mute_and_quiet_hours_until_it_is_confirmed(
    push_service: PushService, lin: Member, chen: Member
) -> None:
    his = push_service.browser()
    await his.subscribe(chen)
    group = await lin.group("交付", chen)
    await chen.patch(f"/api/conversations/{group['id']}/settings", {"is_muted": True})
    now = clock.now()
    hours = {"begins": f"{now - timedelta(hours=1):%H:%M}", "ends": f"{now + timedelta(hours=2):%H:%M}"}
    await chen.put(SETTINGS, {"quiet_hours": hours | {"time_zone": "UTC"}})
    said, later = await lin.say(group, "客户到店了"), await lin.say(group, "请回电")
    # A push service that asks for patience is asked again, and told only what still waits.
    his.answers = [(503, {"retry-after": "1"})] * 2
    for message in (said, later):
        await lin.post(f"/api/conversations/{group['id']}/messages/{message['seq']}/nudge", {})
    await his.was_asked(1)
    await chen.post(f"/api/conversations/{group['id']}/messages/{later['seq']}/nudge/confirmation")
    with clock.travel(timedelta(minutes=2)):
        told = await his.next()
        assert (told["title"], told["text"], told["is_urgent"]) == ("交付", "[加急] 林晓：客户到店了", True)
        assert his.headers["topic"] == f"n{group['id']}"
        assert await is_told_nothing(his)
