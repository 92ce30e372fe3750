"""The recovery link: another phone, the same talk. Whoever has the link has the talk; so there is one, and it ends."""

from datetime import datetime, timedelta
from pathlib import Path

from hutong import identity
from hutong.core import clock
from hutong.core.db import Database
from hutong.roles.serve import Network
from tests.contacts.whole import grown, whole_database
from tests.identity.address import PUBLIC_URL, published_network
from tests.identity.cookies import cookie_set
from tests.people import Caller, Consumer, Member

COOKIE = "hutong_contact_lanting"


async def link_of(who: Consumer) -> str:
    """Where the link is read and used."""
    link = await who.post(f"{who.door}/recovery-link")
    assert link["url"].startswith(f"{who.base_url}/r/")
    return f"/api/consumer/recovery/{link['url'].rpartition('/')[2]}"


async def is_gone(who: Caller, link: str) -> bool:
    read, used = await who.refused("GET", link), await who.refused("POST", link)
    return read[:2] == used[:2] == (404, "recovery_not_found")


async def test_the_link_carries_the_talk_to_another_phone_and_both_go_on(
    wu: Consumer, qian: Consumer, lin: Member
) -> None:
    first = await wu.walk_in(await lin.way(), "您好")
    link, phone = await link_of(wu), qian
    answer = await phone.request("POST", link)
    assert answer.json() == {
        "way": wu.way,
        "company": {"name": "蓝汀汽车"},
        "member": {"name": "林晓", "title": "销售顾问", "avatar_url": None},
    }
    assert cookie_set(answer, COOKIE)["httponly"]
    me = (await phone.open(answer.json()["way"]))["me"]
    assert me["person_id"] == first["sender_id"]
    assert await phone.texts() == ["您好"]
    async with wu.socket() as old, phone.socket() as new:
        await phone.say("换了手机")
        assert (await old.next("message"))["message"]["text"] == "换了手机"
        await wu.say("旧手机也在")
        assert (await new.next("message", lambda it: it["message"]["seq"] == 3))["message"]["text"] == "旧手机也在"
    assert len(await lin.customers()) == 1


async def test_looking_at_the_link_changes_nothing(wu: Consumer, qian: Consumer, lin: Member, db: Database) -> None:
    await wu.walk_in(await lin.way(), "您好")
    link = await link_of(wu)
    before = await whole_database(db)
    # A messenger that previews links fetches it before anybody taps.
    for _ in range(2):
        card = await qian.get(link)
        assert card == {
            "company": {"name": "蓝汀汽车"},
            "member": {"name": "林晓", "title": "销售顾问", "avatar_url": None},
        }
        await qian.request("GET", f"/r/{link.rpartition('/')[2]}")
        assert (await qian.request("HEAD", link)).status_code in {200, 405}
    assert await whole_database(db) == before
    assert not qian.http.cookies
    await qian.post(link)
    assert grown(before, await whole_database(db)) == {"sessions": 1}


async def test_a_new_link_revokes_the_old_one(wu: Consumer, qian: Consumer, lin: Member) -> None:
    await wu.walk_in(await lin.way(), "您好")
    old = await link_of(wu)
    new = await link_of(wu)
    assert await is_gone(qian, old)
    assert not qian.http.cookies
    assert (await qian.post(new))["way"] == wu.way


async def test_what_is_no_link_is_not_found(nobody: Caller, wu: Consumer, lin: Member, db: Database) -> None:
    way = await lin.way()
    await wu.walk_in(way, "您好")
    await link_of(wu)
    before = await whole_database(db)
    session = wu.http.cookies[COOKIE]
    for secret in ("x", "x" * 43, "x" * 3000, "%00", "é", "%ff", way, session):
        assert await is_gone(nobody, f"/api/consumer/recovery/{secret}"), secret
    assert await whole_database(db) == before


async def test_a_link_ends_with_its_term_and_with_the_member_it_leads_to(
    wu: Consumer, qian: Consumer, lin: Member, network: Network
) -> None:
    await wu.walk_in(await lin.way(), "您好")
    made = await wu.post(f"{wu.door}/recovery-link")
    link = f"/api/consumer/recovery/{made['url'].rpartition('/')[2]}"
    left = datetime.fromisoformat(made["expires_at"]) - clock.now()
    assert timedelta(days=399) < left <= timedelta(days=400)
    with clock.travel(left + timedelta(seconds=1)):
        assert await is_gone(qian, link)
    async with network.db.begin() as tx:
        company = await identity.find_company(tx, slug="lanting")
        assert company
        await identity.deactivate_people(tx, company.id, [int(lin.id)])
    assert (await qian.refused("GET", link)).status == 404
    assert (await qian.refused("POST", link)).status == 404
    assert not qian.http.cookies


async def test_on_a_phone_that_was_another_customers_the_link_decides(
    wu: Consumer, qian: Consumer, lin: Member
) -> None:
    way = await lin.way()
    await wu.walk_in(way, "我是吴")
    await qian.walk_in(way, "我是钱")
    await qian.post(await link_of(wu))
    assert await qian.texts() == ["我是吴"]
    assert len(await lin.customers()) == 2


async def test_the_links_secret_is_kept_as_a_digest_only_and_the_link_follows_the_public_address(
    wu: Consumer, lin: Member, db: Database, dsn: str, tmp_path: Path
) -> None:
    await wu.walk_in(await lin.way(), "您好")
    headers = {"cookie": f"{COOKIE}={wu.http.cookies[COOKIE]}"}
    async with published_network(dsn, tmp_path / "published") as address, Caller(address) as caller:
        made = await caller.request("POST", f"{wu.door}/recovery-link", headers=headers)
    url = made.json()["url"]
    assert url.startswith(f"{PUBLIC_URL}/r/")
    secret = url.rpartition("/")[2]
    assert len(secret) >= 43, "256 bits"
    async with db.begin() as tx:
        rows = str(await tx.fetch("select r::text from recovery_links r"))
    assert secret not in rows
    assert secret.encode().hex() not in rows
