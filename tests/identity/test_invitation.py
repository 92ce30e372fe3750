"""An invitation: how somebody without a password gets one, once."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

from hutong import identity
from hutong.core import clock
from hutong.core.db import Database
from hutong.roles.serve import Network
from tests.cast import PASSWORD
from tests.identity.address import PUBLIC_URL, published_network
from tests.identity.cookies import cookie_set
from tests.people import PATIENCE, Caller, Consumer, Json, Member

FRESH = {"password": "Quiet-Lane-43"}
# How many wait for somebody else's lock.
WAITING = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"


async def waiting(db: Database) -> int:
    """How many wait for a lock. Asked anew each time: a transaction keeps its first look."""
    async with db.begin() as tx:
        count: int = await tx.fetchval(WAITING)
    return count


async def invite(by: Member, member_id: str) -> str:
    """Where the invitation is read and accepted."""
    link = await by.post(f"/api/members/{member_id}/invitation")
    assert link["url"].startswith(f"{by.base_url}/invite/")
    return f"/api/invitations/{link['url'].rpartition('/')[2]}"


async def hire(by: Member) -> Json:
    member: Json = await by.post(
        "/api/members", {"name": "钱一", "account": "qianyi", "phone": "13800000009", "department": "销售部"}
    )
    return member


async def is_gone(who: Caller, invitation: str) -> bool:
    read, accepted = await who.refused("GET", invitation), await who.refused("POST", invitation, FRESH)
    return read[:2] == accepted[:2] == (404, "invitation_not_found")


async def test_an_invited_newcomer_chooses_a_password_and_is_in(nobody: Caller, zhao: Member, base_url: str) -> None:
    newcomer = await hire(zhao)
    invitation = await invite(zhao, newcomer["id"])
    # Looking does not use it up, and whoever looks sees whom it is for.
    for _ in range(2):
        card = await nobody.get(invitation)
        assert card["company"] == {"slug": "lanting", "name": "蓝汀汽车"}
        assert card["name"] == "钱一"
        assert card["account"] == "qianyi"
    answer = await nobody.request("POST", invitation, FRESH)
    assert (answer.status_code, answer.json()) == (201, {"person_id": newcomer["id"]})
    assert cookie_set(answer, "hutong_session")["httponly"]
    me = await nobody.get("/api/me")
    assert (me["account"], me["must_change_password"], me["is_admin"]) == ("qianyi", False, False)
    async with Caller(base_url) as phone:
        assert await is_gone(phone, invitation)
        await phone.post("/api/session", {"company": "lanting", "login": "qianyi"} | FRESH)


async def test_accepted_twice_at_once_it_lets_one_in(zhao: Member, base_url: str, db: Database) -> None:
    invitation = await invite(zhao, (await hire(zhao))["id"])
    passwords = ["First-Hand-43", "Second-Hand-44"]
    async with Caller(base_url) as one, asyncio.timeout(2 * PATIENCE):
        async with db.begin() as tx:
            # Both stand before the invitation, which is held until they do.
            await tx.execute("select from invitations for update")
            tries = [asyncio.create_task(one.request("POST", invitation, {"password": it})) for it in passwords]
            while await waiting(db) < len(tries):  # noqa: ASYNC110 - a lock tells nobody who waits for it
                await asyncio.sleep(0.01)
        answers = await asyncio.gather(*tries)
    assert sorted(answer.status_code for answer in answers) == [201, 404]
    for password, answer in zip(passwords, answers, strict=True):
        async with Caller(base_url) as caller:
            body = {"company": "lanting", "login": "qianyi", "password": password}
            signed_in = await caller.request("POST", "/api/session", body)
        assert signed_in.is_success == (answer.status_code == 201)


async def test_it_expires_after_a_fortnight(nobody: Caller, zhao: Member) -> None:
    newcomer = await hire(zhao)
    link = await zhao.post(f"/api/members/{newcomer['id']}/invitation")
    invitation = f"/api/invitations/{link['url'].rpartition('/')[2]}"
    left = datetime.fromisoformat(link["expires_at"]) - clock.now()
    assert timedelta(days=13, hours=23) < left < timedelta(days=14, minutes=1)
    with clock.travel(left - timedelta(minutes=1)):
        assert (await nobody.get(invitation))["name"] == "钱一"
    with clock.travel(left + timedelta(seconds=1)):
        assert await is_gone(nobody, invitation)


async def test_a_new_one_replaces_the_old(nobody: Caller, zhao: Member) -> None:
    newcomer = await hire(zhao)
    old = await invite(zhao, newcomer["id"])
    new = await invite(zhao, newcomer["id"])
    assert await is_gone(nobody, old)
    await nobody.post(new, FRESH)


async def test_of_several_made_at_once_one_holds(nobody: Caller, zhao: Member) -> None:
    newcomer = await hire(zhao)
    for _ in range(4):
        invitations = await asyncio.gather(*(invite(zhao, newcomer["id"]) for _ in range(8)))
        answers = [await nobody.request("GET", invitation) for invitation in invitations]
        assert sorted(answer.status_code for answer in answers) == [200] + [404] * 7


async def test_who_forgot_the_password_is_signed_out_elsewhere_when_the_new_one_is_set(
    nobody: Caller, lin: Member, zhao: Member
) -> None:
    invitation = await invite(zhao, lin.id)
    async with lin.socket() as socket:
        await nobody.post(invitation, FRESH)
        assert await socket.close_code() == 4001
    assert (await lin.refused("GET", "/api/me")).code == "not_signed_in"
    assert (await nobody.get("/api/me"))["must_change_password"] is False
    body = {"company": "lanting", "login": "linxiao", "password": PASSWORD}
    assert (await nobody.refused("POST", "/api/session", body)).code == "wrong_credentials"


async def test_only_the_companys_administrator_invites_and_only_active_members(
    lin: Member, zhao: Member, chen: Member, sun: Member, wu: Consumer, nobody: Caller, network: Network
) -> None:
    await wu.walk_in(await lin.way(), "您好")
    customer = (await lin.customers())[0]["id"]
    for who, whom, status, code in (
        (nobody, lin.id, 401, "not_signed_in"), (wu, lin.id, 401, "not_signed_in"),
        (chen, lin.id, 403, "forbidden"), (sun, lin.id, 404, "not_found"), (zhao, customer, 404, "not_found"),
        (zhao, "1", 404, "not_found"), (zhao, "nobody", 404, "not_found"),
    ):  # fmt: skip
        assert (await who.refused("POST", f"/api/members/{whom}/invitation"))[:2] == (status, code), (who, whom)
    invitation = await invite(zhao, lin.id)
    async with network.db.begin() as tx:
        company = await identity.find_company(tx, slug="lanting")
        assert company
        await identity.deactivate_people(tx, company.id, [int(lin.id)])
    assert await is_gone(nobody, invitation)
    assert (await zhao.refused("POST", f"/api/members/{lin.id}/invitation")).code == "not_found"


async def test_what_is_no_invitation_is_not_found(nobody: Caller, lin: Member) -> None:
    session = lin.http.cookies["hutong_session"]
    for token in ("x", "x" * 43, "x" * 3000, "%00", "é", "%ff", session):
        assert await is_gone(nobody, f"/api/invitations/{token}"), token


async def test_its_secret_is_kept_as_a_digest_only(zhao: Member, db: Database) -> None:
    token = (await invite(zhao, zhao.id)).rpartition("/")[2]
    async with db.begin() as tx:
        rows = str(await tx.fetch("select i::text from invitations i")) + str(
            await tx.fetch("select a::text from audit_events a")
        )
    assert token not in rows
    assert token.encode().hex() not in rows


async def test_the_link_begins_where_people_arrive(dsn: str, tmp_path: Path, zhao: Member) -> None:
    async with published_network(dsn, tmp_path / "published") as address:
        cookies = {"cookie": f"hutong_session={zhao.http.cookies['hutong_session']}"}
        async with Caller(address) as caller:
            answer = await caller.request("POST", f"/api/members/{zhao.id}/invitation", headers=cookies)
    assert answer.json()["url"].startswith(f"{PUBLIC_URL}/invite/")
