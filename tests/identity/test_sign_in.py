"""Signing in: by account or phone, in one's own company, and not by guessing."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

from hutong import identity
from hutong.core import clock, ids
from hutong.core.db import Database
from hutong.roles.serve import Network
from tests.cast import PASSWORD
from tests.identity.address import published_network
from tests.identity.cookies import cookie_set
from tests.people import Caller, Consumer, Member, Refusal

COOKIE = "hutong_session"


def credentials(login: Any, password: Any = PASSWORD, company: Any = "lanting") -> dict[str, Any]:
    return {"company": company, "login": login, "password": password}


async def refused(who: Caller, login: Any, password: Any = "not this one", company: Any = "lanting") -> Refusal:
    return await who.refused("POST", "/api/session", credentials(login, password, company))


async def have_failed(db: Database, company: str, logins: list[str]) -> None:
    """So many wrong guesses a moment ago, all from here; each at the door would cost a password's hash."""
    async with db.begin() as tx:
        company_id = await tx.fetchval("select id from companies where slug = $1", company)
        await tx.copy(
            "sign_in_attempts", ["id", "company_id", "login", "address", "attempted_at"],
            [(ids.new(), company_id, login, "127.0.0.1", clock.now()) for login in logins],
        )  # fmt: skip


async def test_account_and_phone_both_sign_in_however_they_are_written(nobody: Caller, lin: Member) -> None:
    for login in (
        "linxiao", " LinXiao\t", "ｌｉｎｘｉａｏ", "13800000001", "+86 138 0000 0001", "(+86) 138-0000-0001",
        "8613800000001", "１３８０００００００１", "＋８６　１３８０００００００１",
    ):  # fmt: skip
        assert await nobody.post("/api/session", credentials(login)) == {"person_id": lin.id}, login
    assert (await nobody.get("/api/me"))["account"] == "linxiao"


async def test_a_wrong_password_an_unknown_login_and_no_password_yet_answer_the_same(
    nobody: Caller, zhao: Member
) -> None:
    await zhao.post("/api/members", {"name": "钱一", "account": "qianyi", "department": "销售部"})
    answers = [
        await refused(nobody, "linxiao"),
        await refused(nobody, "linxiao", PASSWORD.lower()),
        await refused(nobody, "linxiao", f"{PASSWORD} "),
        await refused(nobody, "13800000009"),
        await refused(nobody, "nobody"),
        await refused(nobody, "qianyi"),
    ]
    assert answers[0][:2] == (401, "wrong_credentials")
    assert answers == [answers[0]] * len(answers)
    assert not nobody.http.cookies


async def test_what_is_no_login_is_refused_with_a_reason_and_never_breaks(nobody: Caller) -> None:
    wrong: list[Any] = [
        None, [], {}, "", "linxiao", {"login": "linxiao"}, {"login": "linxiao", "password": None},
        credentials("", "x"), credentials(7), credentials(["linxiao"]), credentials("linxiao", ""),
        credentials("x" * 129), credentials("linxiao", "x" * 257), credentials("linxiao", company=7),
        credentials("linxiao\x00"), credentials("%", "%"), credentials("' or 1=1 --"), credentials(" \t "),
        credentials("lin\u202exiao"), credentials("linxiao", company="x" * 65),
    ]  # fmt: skip
    for body in wrong:
        refusal = await nobody.refused("POST", "/api/session", body)
        assert refusal.status in {400, 401, 422}, body
    answer = await nobody.request(
        "POST", "/api/session", b'{"login":"\\ud800","password":"x"}', headers={"content-type": "application/json"}
    )
    assert answer.status_code in {400, 401, 422}
    assert not nobody.http.cookies


async def test_ten_wrong_guesses_close_a_login_for_a_quarter_of_an_hour(
    nobody: Caller, lin: Member, zhao: Member, db: Database
) -> None:
    await have_failed(db, lin.company, ["13800000001"] * 7)
    # The same phone, however it is written, is the same login.
    for login in ("13800000001", "+86 138 0000 0001", "138-0000-0001"):
        assert (await refused(nobody, login)).code == "wrong_credentials"
    answer = await nobody.request("POST", "/api/session", credentials("13800000001"))
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_attempts")
    assert answer.headers["retry-after"] == str(answer.json()["details"]["retry_after_seconds"])
    assert not nobody.http.cookies
    # Nobody else is kept out, and who was signed in stays so.
    assert await nobody.post("/api/session", credentials(zhao.account)) == {"person_id": zhao.id}
    assert (await lin.get("/api/me"))["id"] == lin.id
    with clock.travel(timedelta(minutes=14)):
        assert (await refused(nobody, "13800000001", PASSWORD)).code == "too_many_attempts"
    with clock.travel(timedelta(minutes=15, seconds=1)):
        assert await nobody.post("/api/session", credentials("13800000001")) == {"person_id": lin.id}


async def test_guesses_at_once_are_counted_one_by_one(nobody: Caller) -> None:
    # A login that nobody has closes like any other: the answers must not tell.
    guesses = await asyncio.gather(*(refused(nobody, "nobody", f"guess {number}") for number in range(30)))
    codes = [guess.code for guess in guesses]
    assert codes.count("wrong_credentials") == 10
    assert codes.count("too_many_attempts") == 20


async def test_signing_in_forgives_the_mistakes_before(nobody: Caller, lin: Member, db: Database) -> None:
    for _ in range(2):
        await have_failed(db, lin.company, ["linxiao"] * 9)
        await nobody.post("/api/session", credentials("linxiao"))


async def test_one_address_may_fail_a_hundred_times_whoever_it_tries(nobody: Caller, lin: Member, db: Database) -> None:
    await have_failed(db, "hengda", [f"guess{number}" for number in range(99)])
    assert (await refused(nobody, "chenmo")).code == "wrong_credentials"
    assert (await refused(nobody, "linxiao", PASSWORD)).code == "too_many_attempts"
    with clock.travel(timedelta(minutes=16)):
        assert await nobody.post("/api/session", credentials("linxiao")) == {"person_id": lin.id}


async def test_the_company_is_named_by_its_slug(nobody: Caller, lin: Member, sun: Member) -> None:
    assert await nobody.get("/api/company", slug="hengda") == {"slug": "hengda", "name": "恒达座椅"}
    assert await nobody.post("/api/session", credentials("sunyue", company="hengda")) == {"person_id": sun.id}
    assert (await refused(nobody, "linxiao", PASSWORD, "hengda")).code == "wrong_credentials"
    assert (await refused(nobody, "sunyue", PASSWORD, "lanting")).code == "wrong_credentials"
    for slug in ("nowhere", "", "LANTING ", "%"):
        assert (await refused(nobody, "linxiao", PASSWORD, slug))[:2] == (404, "company_not_found")
        assert (await nobody.refused("GET", "/api/company", params={"slug": slug})).code == "company_not_found"


async def test_without_a_slug_the_host_name_tells_the_company(
    nobody: Caller, lin: Member, sun: Member, db: Database
) -> None:
    async with db.begin() as tx:
        await tx.execute("update companies set hosts = '{im.hengda.example}' where slug = 'hengda'")
    body = credentials("sunyue", company=None)
    for host in ("im.hengda.example", "IM.Hengda.Example", "im.hengda.example:8443"):
        company = await nobody.request("GET", "/api/company", headers={"host": host})
        assert company.json()["slug"] == "hengda"
        signed_in = await nobody.request("POST", "/api/session", body, headers={"host": host})
        assert signed_in.json() == {"person_id": sun.id}
    # At a host that is nobody's own, the first company made.
    assert (await nobody.get("/api/company"))["slug"] == "lanting"
    assert (await nobody.refused("POST", "/api/session", body)).code == "wrong_credentials"
    assert await nobody.post("/api/session", credentials("linxiao", company=None)) == {"person_id": lin.id}


async def test_the_cookie_is_for_this_server_alone_and_not_for_scripts(nobody: Caller) -> None:
    cookie = cookie_set(await nobody.request("POST", "/api/session", credentials("linxiao")), COOKIE)
    assert cookie["httponly"]
    assert cookie["samesite"].lower() == "lax"
    assert cookie["path"] == "/"
    assert not cookie["domain"]
    # Without TLS a browser would not send it back.
    assert not cookie["secure"]


async def test_where_people_arrive_by_https_the_cookie_insists_on_it(dsn: str, tmp_path: Path) -> None:
    async with published_network(dsn, tmp_path) as address, Caller(address) as caller:
        answer = await caller.request("POST", "/api/session", credentials("linxiao"))
        cookie = cookie_set(answer, COOKIE)
        assert cookie["secure"]
        assert cookie["httponly"]
        assert "max-age" in answer.headers["strict-transport-security"]


async def test_the_cookies_secret_is_kept_as_a_digest_only(nobody: Caller, db: Database) -> None:
    await nobody.post("/api/session", credentials("linxiao"))
    token = nobody.http.cookies[COOKIE]
    assert len(token) >= 43, "256 bits"
    async with db.begin() as tx:
        rows = await tx.fetch("select s::text as row from sessions s")
        assert not [row for row in rows if token in row["row"] or token.encode().hex() in row["row"]]


async def test_who_was_deactivated_is_out_at_once_and_stays_out(nobody: Caller, lin: Member, network: Network) -> None:
    async with lin.socket() as socket:
        async with network.db.begin() as tx:
            company = await identity.find_company(tx, slug="lanting")
            assert company
            await identity.deactivate_people(tx, company.id, [int(lin.id)])
        assert await socket.close_code() == 4001
    assert (await lin.refused("GET", "/api/me")).code == "not_signed_in"
    assert (await refused(nobody, "linxiao", PASSWORD))[:2] == (401, "wrong_credentials")
    assert (await refused(nobody, "13800000001", PASSWORD))[:2] == (401, "wrong_credentials")
    async with network.db.begin() as tx:
        await identity.activate_people(tx, company.id, [int(lin.id)])
    # A rehire comes back by the same password; the old device does not.
    assert (await lin.refused("GET", "/api/me")).code == "not_signed_in"
    await lin.sign_in(PASSWORD)
    assert (await lin.get("/api/me"))["id"] == lin.id


async def test_another_companys_cookie_opens_nothing_here(lin: Member, zhao: Member, sun: Member) -> None:
    talk = await lin.direct(zhao)
    await lin.say(talk, "底价二十一万八")
    for path in (f"/api/members/{lin.id}", f"/api/conversations/{talk['id']}"):
        assert (await sun.refused("GET", path)).code == "not_found"
    # Sun administers his own company, not this one.
    password = await sun.refused("PUT", f"/api/members/{lin.id}/password", {"password": "long enough 7"})
    invitation = await sun.refused("POST", f"/api/members/{lin.id}/invitation")
    assert {password.code, invitation.code} == {"not_found"}
    assert (await sun.get("/api/members", q="linxiao"))["items"] == []
    assert (await sun.get("/api/people", ids=lin.id))["items"] == []
    assert (await lin.get("/api/me"))["company"]["slug"] == "lanting"


async def test_a_cookie_that_is_no_secret_is_nobodys(nobody: Caller, wu: Consumer, lin: Member) -> None:
    await wu.walk_in(await lin.way(), "您好")
    customers = wu.http.cookies["hutong_contact_lanting"]
    for value in ("", "x", "x" * 43, "x" * 4000, "%00", '"', "a=b", "é", customers):
        refusal = await nobody.refused("GET", "/api/me", headers=[(b"cookie", f"{COOKIE}={value}".encode())])
        assert refusal[:2] == (401, "not_signed_in"), value
