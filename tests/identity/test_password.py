"""Passwords: one's own change, and the administrator's reset."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from hutong.core import clock
from hutong.core.db import Database
from tests.cast import PASSWORD
from tests.people import Caller, Consumer, Member, Refusal

FRESH = "Quiet-Lane-43"
WEAK = [
    "short-7", "password1", "PASSWORD1", "13800000001", "aaaaaaaaaaaa", "abababababab", "        ", "x" * 257,
]  # fmt: skip


async def change(who: Caller, current: str, new: str) -> Refusal | None:
    answer = await who.request("PUT", "/api/me/password", {"current": current, "new": new})
    if answer.status_code == 204:
        return None
    return Refusal(answer.status_code, **answer.json())


async def signs_in(base_url: str, who: Member, password: str) -> bool:
    async with Caller(base_url) as caller:
        body = {"company": who.company, "login": who.account, "password": password}
        return (await caller.request("POST", "/api/session", body)).is_success


async def test_a_new_password_replaces_the_old_and_ends_the_other_devices(lin: Member, base_url: str) -> None:
    other = Member(base_url, id=lin.id, name=lin.name, account=lin.account, company=lin.company)
    await other.sign_in(PASSWORD)
    async with other, other.socket() as far, lin.socket() as near:
        assert await change(lin, PASSWORD, FRESH) is None
        assert await far.close_code() == 4001
        assert (await other.refused("GET", "/api/me")).code == "not_signed_in"
        # Who changed it stays, with the socket they have.
        assert await near.heard() == []
        assert (await lin.get("/api/me"))["must_change_password"] is False
    assert not await signs_in(base_url, lin, PASSWORD)
    assert await signs_in(base_url, lin, FRESH)


async def test_without_the_current_password_nothing_changes(lin: Member, base_url: str) -> None:
    for wrong in ("not this one", PASSWORD.upper()):
        refusal = await change(lin, wrong, FRESH)
        assert refusal
        assert refusal[:2] == (403, "wrong_password")
    assert await signs_in(base_url, lin, PASSWORD)
    assert not await signs_in(base_url, lin, FRESH)


async def test_a_weak_password_is_refused_and_the_old_one_stays(
    lin: Member, zhao: Member, nobody: Caller, base_url: str
) -> None:
    link = await zhao.post(f"/api/members/{lin.id}/invitation")
    invitation = f"/api/invitations/{link['url'].rpartition('/')[2]}"
    for weak in WEAK:
        own = await change(lin, PASSWORD, weak) if weak in WEAK[:3] or len(weak) > 256 else None
        reset = await zhao.refused("PUT", f"/api/members/{lin.id}/password", {"password": weak})
        accepted = await nobody.refused("POST", invitation, {"password": weak})
        for refusal in filter(None, (own, reset, accepted)):
            assert refusal.status == 422, weak
            assert refusal.code == ("weak_password" if len(weak) <= 256 else "invalid"), weak
    # Refused means untouched: the device, the password, the invitation.
    assert (await lin.get("/api/me"))["must_change_password"] is False
    assert await signs_in(base_url, lin, PASSWORD)
    assert await nobody.get(invitation)


async def test_what_is_no_password_is_refused_with_a_reason(lin: Member, zhao: Member) -> None:
    changes: list[Any] = [
        None, [], {}, {"current": PASSWORD}, {"current": PASSWORD, "new": None}, {"current": "", "new": ""},
    ]  # fmt: skip
    for body in changes:
        assert (await lin.refused("PUT", "/api/me/password", body)).status in {400, 422}, body
    resets: list[Any] = [None, [], {}, {"password": 12345678}, {"password": ""}]
    for body in resets:
        assert (await zhao.refused("PUT", f"/api/members/{lin.id}/password", body)).status in {400, 422}, body


async def test_after_the_administrators_reset_the_member_is_out_and_must_choose_their_own(
    lin: Member, zhao: Member, base_url: str, db: Database
) -> None:
    async with lin.socket() as socket:
        await zhao.put(f"/api/members/{lin.id}/password", {"password": FRESH})
        assert await socket.close_code() == 4001
    assert (await lin.refused("GET", "/api/me")).code == "not_signed_in"
    assert not await signs_in(base_url, lin, PASSWORD)
    await lin.sign_in(FRESH)
    assert (await lin.get("/api/me"))["must_change_password"] is True
    assert await change(lin, FRESH, "My-Own-Lane-44") is None
    assert (await lin.get("/api/me"))["must_change_password"] is False
    # The trail says who did it to whom, and never what it was.
    async with db.begin() as tx:
        trail = await tx.fetch("select actor_id, action, subject_id, details from audit_events where action ~ 'passw'")
    assert [(row["actor_id"], row["action"], row["subject_id"]) for row in trail] == [
        (int(zhao.id), "password.reset", int(lin.id)),
        (int(lin.id), "password.changed", int(lin.id)),
    ]
    assert FRESH not in str(trail)


async def test_a_password_replaced_while_it_was_being_checked_opens_nothing(
    lin: Member, zhao: Member, base_url: str
) -> None:
    browsers = [Member(base_url, id=lin.id, name=lin.name, account=lin.account, company=lin.company) for _ in range(6)]
    body = {"company": lin.company, "login": lin.account, "password": PASSWORD}
    reset = asyncio.create_task(zhao.put(f"/api/members/{lin.id}/password", {"password": FRESH}))
    # Passwords are checked two at a time: the reset is done before the last of these has had its turn.
    await asyncio.gather(*(browser.request("POST", "/api/session", body) for browser in browsers))
    await reset
    for browser in browsers:
        async with browser:
            assert (await browser.refused("GET", "/api/me")).code == "not_signed_in"


async def test_only_the_companys_administrator_resets_and_only_a_members_password(
    lin: Member, zhao: Member, chen: Member, sun: Member, wu: Consumer, nobody: Caller, base_url: str
) -> None:
    await wu.walk_in(await lin.way(), "您好")
    customer = (await lin.customers())[0]["id"]
    body = {"password": FRESH}
    for who, of, status, code in (
        (nobody, lin.id, 401, "not_signed_in"), (wu, lin.id, 401, "not_signed_in"),
        (chen, lin.id, 403, "forbidden"), (lin, lin.id, 403, "forbidden"), (sun, lin.id, 404, "not_found"),
        (zhao, customer, 404, "not_found"), (zhao, sun.id, 404, "not_found"),
        (zhao, "1", 404, "not_found"), (zhao, "nobody", 404, "not_found"), (zhao, "9" * 30, 404, "not_found"),
    ):  # fmt: skip
        refusal = await who.refused("PUT", f"/api/members/{of}/password", body)
        assert refusal[:2] == (status, code), (who, of)
    assert await signs_in(base_url, lin, PASSWORD)
    assert await signs_in(base_url, sun, PASSWORD)


async def test_until_a_reset_password_is_changed_nothing_else_can_be_done(zhao: Member, chen: Member) -> None:
    await zhao.put(f"/api/members/{chen.id}/password", {"password": "From-The-Office-7"})
    await chen.sign_in("From-The-Office-7")
    assert (await chen.get("/api/me"))["must_change_password"]
    assert (await chen.refused("GET", "/api/sync"))[:2] == (403, "password_must_change")
    assert (await chen.refused("GET", "/api/members", params={"q": "lin"}))[:2] == (403, "password_must_change")
    with pytest.raises(InvalidStatus, match="403"):
        async with chen.socket():
            pass
    await chen.put("/api/me/password", {"current": "From-The-Office-7", "new": "My-Own-Words-8"})
    assert not (await chen.get("/api/me"))["must_change_password"]
    async with chen.socket():
        assert (await chen.get("/api/sync"))["is_full"]


async def test_guessing_ones_current_password_is_limited(chen: Member) -> None:
    codes = [
        (await chen.refused("PUT", "/api/me/password", {"current": f"guess-{n}", "new": "My-Own-Words-8"})).code
        for n in range(12)
    ]
    assert codes == ["wrong_password"] * 10 + ["too_many_attempts"] * 2
    with clock.travel(timedelta(minutes=16)):
        await chen.put("/api/me/password", {"current": PASSWORD, "new": "My-Own-Words-8"})
