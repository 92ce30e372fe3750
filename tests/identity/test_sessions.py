"""Sessions: where one is signed in, until when, and how one ends it."""

from datetime import datetime, timedelta

import pytest
from websockets.exceptions import InvalidStatus

from hutong import identity
from hutong.core import clock
from hutong.roles.serve import Network
from tests.cast import PASSWORD
from tests.identity.cookies import cookie_set
from tests.people import Json, Member

DAY = timedelta(days=1)


def another_device(who: Member, user_agent: str = "Phone/1.0") -> Member:
    device = Member(who.base_url, id=who.id, name=who.name, account=who.account, company=who.company)
    device.http.headers["user-agent"] = user_agent
    return device


async def sessions(who: Member) -> list[Json]:
    return list((await who.get("/api/sessions"))["items"])


async def test_one_sees_ones_own_devices_and_which_is_this_one(lin: Member, zhao: Member) -> None:
    async with another_device(lin, "Mozilla/5.0 (Phone) " + "x" * 400) as phone:
        await phone.sign_in(PASSWORD)
        mine = await sessions(phone)
        assert [it["user_agent"][:19] for it in mine] == ["Mozilla/5.0 (Phone)", "the cast"]
        assert [it["is_current"] for it in mine] == [True, False]
        assert [it["is_current"] for it in await sessions(lin)] == [False, True]
        assert mine[0]["address"] == "127.0.0.1"
        assert datetime.fromisoformat(mine[0]["created_at"]).utcoffset() == timedelta()
        assert len(mine[0]["user_agent"]) <= 300
        assert not {it["id"] for it in await sessions(zhao)} & {it["id"] for it in mine}


async def test_signing_out_here_ends_this_device_alone(lin: Member) -> None:
    async with another_device(lin) as phone:
        await phone.sign_in(PASSWORD)
        token = phone.http.cookies["hutong_session"]
        async with phone.socket() as here, lin.socket() as there:
            answer = await phone.request("DELETE", "/api/session")
            assert answer.status_code == 204
            assert cookie_set(answer, "hutong_session")["max-age"] == "0"
            assert await here.close_code() == 4001
            # A copy of the cookie is worth nothing any more.
            headers = {"cookie": f"hutong_session={token}"}
            assert (await phone.refused("GET", "/api/me", headers=headers)).code == "not_signed_in"
            assert await there.heard() == []
    assert len(await sessions(lin)) == 1


async def test_signing_out_everywhere_ends_every_device_and_nobody_elses(lin: Member, zhao: Member) -> None:
    async with another_device(lin) as phone:
        await phone.sign_in(PASSWORD)
        async with phone.socket() as one, lin.socket() as two, zhao.socket() as colleague:
            await phone.delete("/api/sessions")
            assert await one.close_code() == 4001
            assert await two.close_code() == 4001
            assert await colleague.heard() == []
        for device in (phone, lin):
            assert (await device.refused("GET", "/api/me")).code == "not_signed_in"
            with pytest.raises(InvalidStatus) as refusal:
                async with device.socket():
                    pass
            assert refusal.value.response.status_code == 401
        # Nothing is locked: the password still opens.
        await phone.sign_in(PASSWORD)
        assert len(await sessions(phone)) == 1


async def test_a_device_that_was_away_for_thirty_days_is_forgotten(lin: Member, network: Network) -> None:
    # The cast signed in when the tests began, an hour ago at most.
    with clock.travel(30 * DAY - timedelta(hours=1)):
        assert await sessions(lin)
    # That visit renewed it.
    with clock.travel(60 * DAY - timedelta(hours=2)):
        assert await sessions(lin)
    with clock.travel(90 * DAY):
        assert (await lin.refused("GET", "/api/me")).code == "not_signed_in"
        with pytest.raises(InvalidStatus):
            async with lin.socket():
                pass
        async with network.db.begin() as tx:
            await identity.forget_expired(tx)
    assert (await lin.refused("GET", "/api/me")).code == "not_signed_in", "swept away, not only passed over"


async def test_the_browser_keeps_the_cookie_for_as_long_as_visits_renew_the_session(lin: Member) -> None:
    async with another_device(lin) as phone:
        body = {"company": lin.company, "login": lin.account, "password": PASSWORD}
        cookie = cookie_set(await phone.request("POST", "/api/session", body), "hutong_session")
    # The server forgets after thirty days without a visit; a browser that forgot first would sign out who came daily.
    assert int(cookie["max-age"]) == 400 * 24 * 3600


async def test_a_visit_is_noted_at_most_once_an_hour(lin: Member) -> None:
    first = (await sessions(lin))[0]
    with clock.travel(timedelta(minutes=50)):
        assert (await sessions(lin))[0]["last_seen_at"] == first["last_seen_at"]
    with clock.travel(timedelta(hours=2)):
        await sessions(lin)
        assert (await sessions(lin))[0]["last_seen_at"] > first["last_seen_at"]
        assert (await sessions(lin))[0]["created_at"] == first["created_at"]
