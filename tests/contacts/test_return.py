"""Coming back: the cookie is the only key a consumer has, and it must not be lost by waiting."""

from datetime import timedelta
from pathlib import Path

from hutong.core import clock
from tests.identity.address import published_network
from tests.identity.cookies import cookie_set
from tests.people import Consumer, Member, new_client_id

COOKIE = "hutong_contact_lanting"
DAY = timedelta(days=1)


async def test_tomorrow_the_talk_is_there_with_what_was_said_meanwhile(wu: Consumer, lin: Member) -> None:
    way = await lin.way()
    first = await wu.walk_in(way, "您好")
    with clock.travel(DAY):
        await lin.say(first["conversation_id"], "吴女士早上好")
        me = (await wu.open(way))["me"]
        assert (me["last_seq"], me["read_seq"]) == (2, 1)
        assert me["unread_count"] > 0
        assert await wu.texts() == ["您好", "吴女士早上好"]
        await wu.put(f"{wu.door}/read", {"seq": 2})
        assert (await wu.open(way))["me"]["unread_count"] == 0
        assert (await lin.inbox())[0]["peer_read_seq"] == 2


async def test_who_comes_back_within_400_days_is_known_and_for_400_more(wu: Consumer, lin: Member) -> None:
    way = await lin.way()
    await wu.walk_in(way, "您好")
    token, known = wu.http.cookies[COOKIE], (await wu.open(way))["me"]
    for visit in (1, 2):
        with clock.travel(visit * 399 * DAY):
            answer = await wu.request("GET", f"/api/consumer/{way}")
            assert answer.json()["me"] == known
            cookie = cookie_set(answer, COOKIE)
            # Only an answer that sets it again makes the browser keep it longer.
            assert (cookie.value, cookie["max-age"]) == (token, str(400 * 24 * 3600))
    with clock.travel((2 * 399 + 401) * DAY):
        assert (await wu.open(way))["me"] is None
        assert (await wu.refused("GET", f"{wu.door}/messages"))[:2] == (401, "not_signed_in")
        # Who was forgotten begins anew, and hears nothing of the old talk.
        await wu.say("又是我")
        assert await wu.texts() == ["又是我"]
    assert len(await lin.customers()) == 2


async def test_the_customer_of_two_companies_is_known_to_each_by_its_own_cookie(
    wu: Consumer, lin: Member, sun: Member
) -> None:
    to_lin, to_sun = await lin.way(), await sun.way()
    await wu.walk_in(to_lin, "您好，蓝汀")
    assert (await wu.open(to_sun))["me"] is None, "the other company knows nothing of her"
    await wu.say("您好，恒达")
    assert {COOKIE, "hutong_contact_hengda"} <= set(wu.http.cookies)
    for way, words in ((to_lin, "您好，蓝汀"), (to_sun, "您好，恒达")):
        await wu.open(way)
        assert await wu.texts() == [words]
    at_lin, at_sun = (await lin.customers())[0], (await sun.customers())[0]
    assert at_lin["id"] != at_sun["id"]
    # Her name is said to the company it was said to.
    await wu.open(to_lin)
    await wu.put(f"{wu.door}/name", {"name": "吴女士"})
    assert (await lin.customers())[0]["name"] == "吴女士"
    assert (await sun.customers())[0]["name"] == at_sun["name"] != "吴女士"


async def test_a_cookie_opens_only_the_company_that_set_it(
    wu: Consumer, qian: Consumer, lin: Member, sun: Member
) -> None:
    to_lin, to_sun = await lin.way(), await sun.way()
    await wu.walk_in(to_lin, "您好")
    token = wu.http.cookies[COOKIE]
    staff = lin.http.cookies["hutong_session"]
    for way, cookie in (
        (to_sun, f"hutong_contact_hengda={token}"), (to_lin, f"hutong_contact_hengda={token}"),
        (to_lin, f"{COOKIE}={staff}"), (to_lin, f"{COOKIE}=x"), (to_lin, f"{COOKIE}="), (to_lin, f"{COOKIE}=%00"),
        (to_lin, f"{COOKIE}={'x' * 4000}"), (to_lin, f"hutong_session={token}"),
    ):  # fmt: skip
        qian.way = way
        assert (await qian.request("GET", qian.door, headers={"cookie": cookie})).json()["me"] is None, cookie
        refusal = await qian.refused("GET", f"{qian.door}/messages", headers={"cookie": cookie})
        assert refusal[:2] == (401, "not_signed_in"), cookie


async def test_the_cookie_is_out_of_reach_of_scripts_and_insists_on_https_where_there_is_https(
    wu: Consumer, lin: Member, dsn: str, tmp_path: Path
) -> None:
    way = await lin.way()
    body = {"client_id": new_client_id(), "kind": "text", "text": "您好"}
    plain = await wu.request("POST", f"/api/consumer/{way}/messages", body)
    async with published_network(dsn, tmp_path / "published") as address, Consumer(address) as abroad:
        opened = await abroad.request("GET", f"/api/consumer/{way}")
        said = await abroad.request("POST", f"/api/consumer/{way}/messages", body | {"client_id": new_client_id()})
    for answer, name, is_secure in ((plain, COOKIE, False), (opened, "hutong_visit", True), (said, COOKIE, True)):
        cookie = cookie_set(answer, name)
        assert cookie["httponly"]
        assert cookie["samesite"].lower() == "lax"
        assert cookie["path"] == "/"
        assert not cookie["domain"]
        assert bool(cookie["secure"]) == is_secure
