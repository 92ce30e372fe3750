"""A member's customers: the list, its search, the remark, the name a customer says."""

import base64
import json
from datetime import timedelta
from typing import Any

from hutong.core import clock
from tests.people import Caller, Consumer, Json, Member


async def welcome(lin: Member, count: int) -> list[str]:
    """So many new customers, each an hour after the one before; their ids, the newest first."""
    way = await lin.way()
    for hours in range(count):
        with clock.travel(timedelta(hours=hours - count)):
            async with Consumer(lin.base_url) as consumer:
                await consumer.walk_in(way, f"第 {hours + 1} 位")
    return [customer["id"] for customer in await lin.customers()]


async def remark(who: Member, customer_id: str, text: str) -> Json:
    contact: Json = await who.patch(f"/api/contacts/{customer_id}", {"remark": text})
    return contact


async def search(who: Member, query: str) -> list[str]:
    return [it["remark"] or it["name"] for it in (await who.get("/api/contacts", q=query))["items"]]


async def test_the_list_is_read_page_by_page_the_newest_first(lin: Member, base_url: str) -> None:
    ids = await welcome(lin, 5)
    first = await lin.get("/api/contacts", limit=2)
    followed = [it["followed_at"] for it in await lin.customers()]
    assert followed == sorted(followed, reverse=True)
    # Who comes meanwhile shifts no page.
    async with Consumer(base_url) as late:
        await late.walk_in(await lin.way(), "刚来")
    second = await lin.get("/api/contacts", limit=2, cursor=first["next_cursor"])
    third = await lin.get("/api/contacts", limit=2, cursor=second["next_cursor"])
    assert [it["id"] for page in (first, second, third) for it in page["items"]] == ids
    assert third["next_cursor"] is None
    assert len(await lin.customers()) == 6


async def test_a_page_mark_that_is_none_is_refused(lin: Member) -> None:
    def mark(*key: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")

    day = "2026-11-24T00:00:00Z"
    for cursor in (
        "x", "%", "é", mark(), mark(day), mark(day, "1"), mark("yesterday", 1), mark(day, 10**30), mark(day, -(10**30)),
        mark("0001-01-01T00:00:00+14:00", 1), mark("9999-12-31T23:59:59-14:00", 1), mark("2026-11-24T00:00:00", 1),
        "A" * 3000,
    ):  # fmt: skip
        answer = await lin.request("GET", "/api/contacts", params={"cursor": cursor})
        assert answer.status_code in {200, 400}, (cursor, answer.text)
        assert answer.status_code == 200 or answer.json()["code"] == "bad_cursor", cursor
    for limit in ("0", "-1", "201", "many", "9" * 30):
        assert (await lin.refused("GET", "/api/contacts", params={"limit": limit})).status in {400, 422}, limit


async def test_search_takes_every_character_for_itself(lin: Member) -> None:
    ids = await welcome(lin, 5)
    for customer_id, text in zip(ids, ["折扣 100%", "VIN_0017", "C:\\车", "VINx0017", "100 台"], strict=True):
        await remark(lin, customer_id, text)
    assert await search(lin, "100%") == ["折扣 100%"]
    assert await search(lin, "N_0") == ["VIN_0017"]
    assert await search(lin, "\\") == ["C:\\车"]
    assert await search(lin, " vin ") == ["VIN_0017", "VINx0017"], "large or small, blanks aside"
    assert await search(lin, "%") == ["折扣 100%"]
    assert await search(lin, "没有这个") == []
    assert len(await search(lin, "  ")) == len(await search(lin, "访客")) == 5, "the name is searched beside the remark"
    assert (await lin.refused("GET", "/api/contacts", params={"q": "x" * 65})).status in {400, 422}
    assert (await lin.refused("GET", "/api/contacts", params={"q": "a\x00b"})).code == "bad_request"


async def test_a_remark_is_the_members_own_and_nobody_else_sees_it(lin: Member, zhao: Member, wu: Consumer) -> None:
    await wu.walk_in(await zhao.way(), "您好，店长")
    await wu.walk_in(await lin.way(), "您好")
    customer = (await lin.customers())[0]
    async with zhao.socket() as colleague, wu.socket() as phone:
        changed = await remark(lin, customer["id"], "  砍价狠，\n要现车 ")
        assert changed == (await lin.customers())[0] == customer | {"remark": "砍价狠， 要现车"}
        assert await colleague.heard() == []
        assert await phone.heard() == []
    for who, path in (
        (zhao, "/api/contacts"), (zhao, "/api/sync"), (zhao, f"/api/people?ids={customer['id']}"),
        (wu, wu.door), (wu, f"{wu.door}/messages"),
    ):  # fmt: skip
        assert "砍价" not in (await who.request("GET", path)).text, path
    await remark(zhao, customer["id"], "老车主")
    assert (await lin.customers())[0]["remark"] == "砍价狠， 要现车"
    assert (await remark(lin, customer["id"], " "))["remark"] is None
    assert (await zhao.customers())[0]["remark"] == "老车主"


async def test_a_remark_of_the_wrong_shape_is_refused_and_the_old_one_stays(lin: Member, wu: Consumer) -> None:
    await wu.walk_in(await lin.way(), "您好")
    customer_id = (await lin.customers())[0]["id"]
    await remark(lin, customer_id, "车" * 64)
    refusal = await lin.refused("PATCH", f"/api/contacts/{customer_id}", {"remark": "车" * 65})
    assert (refusal.status, refusal.details) == (422, {"fields": [{"field": "remark", "message": "1-64"}]})
    wrong: list[Any] = [None, [], {}, {"remark": None}, {"remark": 7}, {"remark": "x" * 257}, {"remark": "\u200b"}]
    for body in wrong:
        assert (await lin.refused("PATCH", f"/api/contacts/{customer_id}", body)).status in {400, 422}, body
    assert (await lin.customers())[0]["remark"] == "车" * 64


async def test_somebody_elses_customer_is_not_found(
    lin: Member, zhao: Member, sun: Member, wu: Consumer, nobody: Caller
) -> None:
    await wu.walk_in(await lin.way(), "您好")
    customer_id = (await lin.customers())[0]["id"]
    # Zhao administers the company; the customer is Lin's all the same.
    for who in (zhao, sun):
        assert await who.customers() == []
        there = await who.refused("PATCH", f"/api/contacts/{customer_id}", {"remark": "我的"})
        assert there[:2] == (404, "not_found")
        assert there == await who.refused("PATCH", "/api/contacts/4611686018427387904", {"remark": "我的"})
    for wrong in ("x", "0", "-1", "9" * 30, lin.id, "%00"):
        assert (await lin.refused("PATCH", f"/api/contacts/{wrong}", {"remark": "我的"})).code == "not_found", wrong
    for who_is_none in (nobody, wu):
        assert (await who_is_none.refused("GET", "/api/contacts")).status == 401
        assert (await who_is_none.refused("PATCH", f"/api/contacts/{customer_id}", {"remark": "我的"})).status == 401
    assert (await lin.customers())[0]["remark"] is None


async def test_the_name_a_customer_says_reaches_everybody_who_follows_them_at_once(
    lin: Member, zhao: Member, chen: Member, wu: Consumer
) -> None:
    await wu.walk_in(await zhao.way(), "您好，店长")
    await wu.walk_in(await lin.way(), "您好")
    customer = (await lin.customers())[0]
    await remark(lin, customer["id"], "砍价狠")
    async with lin.socket() as desk, zhao.socket() as store, chen.socket() as other, wu.socket() as phone:
        await wu.put(f"{wu.door}/name", {"name": " 吴 女士\n"})
        # Each hears the customer as they see them, their own remark and no other.
        assert (await desk.next("contact"))["contact"] == customer | {"name": "吴 女士", "remark": "砍价狠"}
        contact = (await store.next("contact"))["contact"]
        assert (contact["id"], contact["name"], contact["remark"]) == (customer["id"], "吴 女士", None)
        for socket in (desk, store):
            changed = await socket.next("conversation_changed")
            assert "吴 女士" in [person["name"] for person in changed["people"]]
        assert await other.heard() == []
        assert "砍价" not in str(await phone.heard())
    assert await search(lin, "吴 女") == ["砍价狠"]
    assert (await wu.open(str(wu.way)))["me"]["name"] == "吴 女士"


async def test_what_is_no_name_is_refused_and_the_old_one_stays(lin: Member, wu: Consumer) -> None:
    await wu.walk_in(await lin.way(), "您好")
    await wu.put(f"{wu.door}/name", {"name": "吴" * 32})
    for name in ("", "  ", "\u200b", "\x00", "吴" * 33, "x" * 257, None, 7, ["吴"], {"name": "吴"}):
        assert (await wu.refused("PUT", f"{wu.door}/name", {"name": name})).status in {400, 422}, name
    nothing: list[Any] = [None, [], {}]
    for body in nothing:
        assert (await wu.refused("PUT", f"{wu.door}/name", body)).status in {400, 422}, body
    assert (await lin.customers())[0]["name"] == "吴" * 32
