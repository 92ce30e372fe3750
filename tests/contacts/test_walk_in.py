"""A consumer walks in: nothing before the first word, everything with it, and once."""

import asyncio
import io
from datetime import timedelta

from PIL import Image

from hutong import identity
from hutong.core import clock
from hutong.core.db import Database
from hutong.roles.serve import Network
from tests.contacts.whole import grown, kept_files, whole_database
from tests.identity.cookies import cookie_set
from tests.people import Consumer, Member, new_client_id

COOKIE = "hutong_contact_lanting"


def picture(width: int = 64, height: int = 48) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "PNG")
    return out.getvalue()


async def test_opening_the_page_creates_nothing_at_all(wu: Consumer, lin: Member, db: Database) -> None:
    way = await lin.way()
    before = await whole_database(db)
    page = await wu.open(way)
    assert page == {
        "company": {"name": "蓝汀汽车"},
        "member": {"name": "林晓", "title": "销售顾问", "avatar_url": None},
        "me": None,
        "recall_minutes": 2,
    }
    assert (await wu.request("GET", f"/c/{way}")).status_code in {200, 503}, "503 where the pages were not built"
    for path in ("messages", "files/1", "files/1/thumbnail"):
        assert (await wu.refused("GET", f"{wu.door}/{path}"))[:2] == (401, "not_signed_in")
    for path, body in (("read", {"seq": 1}), ("name", {"name": "吴女士"})):
        assert (await wu.refused("PUT", f"{wu.door}/{path}", body))[:2] == (401, "not_signed_in")
    assert (await wu.refused("POST", f"{wu.door}/recovery-link"))[:2] == (401, "not_signed_in")
    assert await whole_database(db) == before
    assert COOKIE not in wu.http.cookies
    assert await lin.customers() == []


async def test_the_first_message_makes_the_customer_and_all_that_belongs_to_them_in_one(
    wu: Consumer, lin: Member, db: Database
) -> None:
    way = await lin.way()
    before = await whole_database(db)
    message = await wu.walk_in(way, "  想试驾，周末有车吗？ ")
    assert (message["seq"], message["text"]) == (1, "想试驾，周末有车吗？")
    after = await whole_database(db)
    assert grown(before, after) == {
        "people": 1, "sessions": 1, "walk_ins": 1, "contact_owners": 1, "conversations": 1, "participants": 2,
        "messages": 1,
    }  # fmt: skip
    written = {after[table][1] for table in grown(before, after)}
    assert len(written) == 1, "one transaction"
    (customer,) = await lin.customers()
    assert customer["conversation_id"] == message["conversation_id"]
    assert customer["name"].startswith("访客")
    (talk,) = await lin.inbox()
    assert (talk["kind"], talk["is_external"], talk["unread_count"]) == ("customer", True, 1)
    me = (await wu.open(way))["me"]
    assert (me["person_id"], me["conversation_id"]) == (customer["id"], talk["id"])


async def test_the_member_hears_of_it_at_once_and_both_talk_live(wu: Consumer, lin: Member) -> None:
    way = await lin.way()
    async with lin.socket() as desk:
        message = await wu.walk_in(way, "您好")
        conversation = (await desk.next("conversation"))["conversation"]
        assert (conversation["id"], conversation["is_external"]) == (message["conversation_id"], True)
        assert [person["kind"] for person in conversation["people"] if person["id"] != lin.id] == ["contact"]
        assert (await desk.next("message"))["message"] == message
        contact = (await desk.next("contact"))["contact"]
        assert contact == (await lin.customers())[0]
        async with wu.socket() as phone:
            said = await desk.say(conversation, "在的，您说。")
            assert (await phone.next("message"))["message"]["seq"] == said["seq"] == 2
            await phone.say(conversation, "周六上午可以吗？")
            assert (await desk.next("message", lambda it: it["message"]["seq"] == 3))["message"]["text"]
        # Known already: no second arrival.
        assert not [frame for frame in await desk.heard() if frame["type"] in {"contact", "conversation"}]


async def test_said_again_without_the_cookie_it_is_the_same_customer_and_the_same_message(
    wu: Consumer, lin: Member, db: Database
) -> None:
    way, client_id = await lin.way(), new_client_id()
    first = await wu.walk_in(way, "您好", client_id=client_id)
    lost = wu.http.cookies[COOKIE]
    before = await whole_database(db)
    # The answer was lost on the way, and the cookie with it.
    wu.http.cookies.delete(COOKIE)
    again = await wu.request("POST", f"{wu.door}/messages", {"client_id": client_id, "kind": "text", "text": "您好"})
    assert (again.status_code, again.json()) == (200, first)
    assert wu.http.cookies[COOKIE] != lost
    assert grown(before, await whole_database(db)) == {"sessions": 1}
    assert (await wu.say("还在吗？"))["seq"] == 2
    assert await wu.texts() == ["您好", "还在吗？"]
    assert len(await lin.customers()) == 1


async def test_a_program_that_opened_no_page_may_repeat_its_first_message_too(wu: Consumer, lin: Member) -> None:
    wu.way, client_id = await lin.way(), new_client_id()
    first = await wu.say("您好", client_id=client_id)
    wu.http.cookies.clear()
    assert await wu.say("您好", client_id=client_id) == first
    assert len(await lin.customers()) == 1


async def test_said_twice_at_once_it_is_one_customer_and_one_message(wu: Consumer, lin: Member) -> None:
    await wu.open(await lin.way())
    browser = dict(wu.http.cookies)
    tries = [Consumer(wu.base_url) for _ in range(4)]
    for consumer in tries:
        consumer.way = wu.way
        consumer.http.cookies.update(browser)
    body = {"client_id": new_client_id(), "kind": "text", "text": "您好"}
    answers = await asyncio.gather(*(it.request("POST", f"{it.door}/messages", body) for it in tries))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
    assert len({answer.content for answer in answers}) == 1
    assert len(await lin.customers()) == 1
    # Whichever answer the browser heard, its cookie is good.
    for consumer in tries:
        async with consumer:
            assert await consumer.texts() == ["您好"]


async def test_after_ten_minutes_the_same_words_prove_nothing_any_more(wu: Consumer, lin: Member, db: Database) -> None:
    client_id = new_client_id()
    first = await wu.walk_in(await lin.way(), "您好", client_id=client_id)
    body, known = {"client_id": client_id, "kind": "text", "text": "您好"}, wu.http.cookies[COOKIE]
    wu.http.cookies.delete(COOKIE)
    before = await whole_database(db)
    with clock.travel(timedelta(minutes=10, seconds=1)):
        refusal = await wu.refused("POST", f"{wu.door}/messages", body)
        assert refusal[:2] == (409, "stale_first_message")
        assert COOKIE not in wu.http.cookies
        assert await whole_database(db) == before
        # With the cookie it is still the retry it always was.
        again = await wu.request("POST", f"{wu.door}/messages", body, headers={"cookie": f"{COOKIE}={known}"})
        assert (again.status_code, again.json()) == (200, first)


async def test_a_picture_may_be_the_first_word(wu: Consumer, lin: Member) -> None:
    await wu.open(await lin.way())
    client_id, sent = new_client_id(), picture()
    options = {"params": {"client_id": client_id, "name": "仪表盘.png"}}
    answer = await wu.request("POST", f"{wu.door}/pictures", sent, **options)
    message = answer.json()
    assert (answer.status_code, message["kind"], message["seq"]) == (201, "image", 1)
    file = message["file"]
    assert (file["name"], file["width"], file["height"]) == ("仪表盘.png", 64, 48)
    (talk,) = await lin.inbox()
    for who, door in ((wu, wu.door), (lin, f"/api/conversations/{talk['id']}")):
        seen = await who.request("GET", f"{door}/files/{file['id']}")
        assert Image.open(io.BytesIO(seen.content)).size == (64, 48)
        small = await who.request("GET", f"{door}/files/{file['id']}/thumbnail")
        assert small.headers["content-type"] == "image/webp"
    # Repeated without the cookie: the first picture, whatever file the retry carried.
    wu.http.cookies.delete(COOKIE)
    again = await wu.request("POST", f"{wu.door}/pictures", sent, **options)
    assert (again.status_code, again.json()["seq"], len(await lin.customers())) == (200, 1, 1)
    assert again.json()["file"]["id"] == file["id"]


async def test_a_refused_first_word_leaves_nothing_at_all(
    wu: Consumer, lin: Member, db: Database, network: Network
) -> None:
    await wu.open(await lin.way())
    before, files_before = await whole_database(db), kept_files(network.settings.data)
    text, id_ = {"kind": "text", "text": "您好"}, {"client_id": new_client_id()}
    for body, code in (
        (id_ | {"kind": "text", "text": " \n "}, "empty_message"), (id_ | {"text": "\u200b"}, "empty_message"),
        (id_ | {"text": "\x00"}, "empty_message"), (id_ | {"text": "长" * 8001}, "message_too_long"),
        (id_ | {"kind": "image", "text": "x"}, "invalid"), (id_ | {"kind": "notice", "text": "x"}, "invalid"),
        (text, "invalid"), (text | {"client_id": "1"}, "invalid"), (id_, "empty_message"), (None, None),
        ([], "invalid"),
    ):  # fmt: skip
        refusal = await wu.refused("POST", f"{wu.door}/messages", body)
        assert refusal.status in {400, 422}, body
        assert code is None or refusal.code in {code, "bad_request"}, body
    whole = picture()
    for sent in (b"", b"hello", whole[: len(whole) // 2], b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7"):
        refusal = await wu.refused("POST", f"{wu.door}/pictures", sent, params=id_)
        assert refusal.status == 422, sent
    for params in ({}, {"client_id": "1"}):
        assert (await wu.refused("POST", f"{wu.door}/pictures", whole, params=params)).status in {400, 422}
    assert await whole_database(db) == before
    assert kept_files(network.settings.data) == files_before
    assert COOKIE not in wu.http.cookies


async def test_a_way_to_somebody_who_left_or_to_nobody_is_no_way(
    wu: Consumer, qian: Consumer, lin: Member, network: Network, db: Database
) -> None:
    way = await lin.way()
    await qian.walk_in(way, "您好")
    async with network.db.begin() as tx:
        company = await identity.find_company(tx, slug="lanting")
        assert company
        await identity.deactivate_people(tx, company.id, [int(lin.id)])
    before = await whole_database(db)
    for who, token in (
        (wu, way), (qian, way), (wu, "nobodyhere23"), (wu, "x" * 3000), (wu, "%00"), (wu, "é"), (wu, way.upper()),
    ):  # fmt: skip
        who.way = token
        assert (await who.refused("GET", who.door)).status in {400, 404}
        assert await who.refused("POST", f"{who.door}/pictures", picture(), params={"client_id": new_client_id()})
        refusal = await who.refused("POST", f"{who.door}/messages", {"client_id": new_client_id(), "text": "您好"})
        assert refusal.status in {400, 404}, token
        assert refusal.code in {"way_not_found", "bad_request"}, token
    assert await whole_database(db) == before


async def test_sixty_newcomers_a_minute_from_one_address_and_those_who_are_known_never_wait(
    wu: Consumer, qian: Consumer, lin: Member, db: Database
) -> None:
    way = await lin.way()
    await wu.walk_in(way, "您好")
    async with db.begin() as tx:
        # Fifty-nine others before him; each at the door would make the test long.
        await tx.execute(
            "insert into walk_ins select company_id, gen_random_uuid(), n, address, walked_in_at"
            " from walk_ins, generate_series(1, 59) n"
        )
    await qian.open(way)
    body = {"client_id": new_client_id(), "kind": "text", "text": "您好"}
    before = await whole_database(db)
    answer = await qian.request("POST", f"{qian.door}/messages", body)
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_walk_ins")
    assert answer.headers["retry-after"] == "60"
    assert await whole_database(db) == before
    assert (await wu.say("我还能说话"))["seq"] == 2
    with clock.travel(timedelta(minutes=1, seconds=1)):
        assert (await qian.request("POST", f"{qian.door}/messages", body)).status_code == 201


async def test_a_newcomer_is_called_a_visitor_in_their_own_language(lin: Member, base_url: str) -> None:
    way = await lin.way()
    async with Consumer(base_url, language="en-GB,en;q=0.9") as abroad:
        await abroad.walk_in(way, "Good morning")
        assert (await abroad.open(way))["me"]["name"].startswith("Visitor ")
    assert (await lin.customers())[0]["name"].startswith("Visitor ")


async def test_a_second_way_is_a_second_talk_of_the_same_customer(wu: Consumer, lin: Member, chen: Member) -> None:
    await wu.walk_in(await lin.way(), "您好，林晓")
    token = wu.http.cookies[COOKIE]
    page = await wu.open(await chen.way())
    # Known to the company, but this talk has not begun.
    assert page["me"]["conversation_id"] is None
    assert (await wu.refused("GET", f"{wu.door}/messages")).code == "not_found"
    await wu.say("您好，陈默")
    assert wu.http.cookies[COOKIE] == token
    (by_lin,), (by_chen,) = await lin.customers(), await chen.customers()
    assert by_lin["id"] == by_chen["id"] == page["me"]["person_id"]
    assert by_lin["conversation_id"] != by_chen["conversation_id"]
    assert await wu.texts() == ["您好，陈默"]
    assert await lin.texts(by_lin["conversation_id"]) == ["您好，林晓"]


async def test_a_page_of_another_site_cannot_speak_in_a_visitors_name(wu: Consumer, lin: Member, db: Database) -> None:
    await wu.walk_in(await lin.way(), "您好")
    before = await whole_database(db)
    for origin in ("https://evil.example", "null"):
        headers, body = {"origin": origin}, {"client_id": new_client_id(), "kind": "text", "text": "买"}
        refusal = await wu.refused("POST", f"{wu.door}/messages", body, headers=headers)
        assert refusal[:2] == (403, "origin_refused")
    assert await whole_database(db) == before


async def test_nobody_becomes_a_customer_by_what_others_in_the_talk_can_see(
    wu: Consumer, lin: Member, qian: Consumer
) -> None:
    """Everybody who hears a message sees its client id: it must not open the customer's own door."""
    way = await lin.way()
    said = await wu.walk_in(way, "您好")
    (talk,) = await lin.inbox()
    seen = (await lin.messages(talk))[0]
    assert seen["client_id"] == said["client_id"]
    for has_opened_the_page in (False, True):
        qian.way = way
        if has_opened_the_page:
            await qian.open(way)
        body = {"client_id": seen["client_id"], "kind": "text", "text": seen["text"]}
        answer = await qian.request("POST", f"{qian.door}/messages", body)
        assert (answer.status_code, answer.json()["sender_id"] == seen["sender_id"]) == (201, False)
        assert (await qian.open(way))["me"]["person_id"] != seen["sender_id"]
        qian.http.cookies.clear()


async def test_a_browsers_proof_is_ours_to_make(wu: Consumer, lin: Member) -> None:
    way = await lin.way()
    for made_up in ("x", "x" * 4000, "a; Path=/", '"', "é", "%0d%0aset-cookie:a=b"):
        answer = await wu.request(
            "GET", f"/api/consumer/{way}", headers=[(b"cookie", f"hutong_visit={made_up}".encode())]
        )
        assert answer.status_code == 200, made_up
        given = cookie_set(answer, "hutong_visit")
        assert len(given.value) == 43
        assert given["httponly"]
        assert made_up == "x" or made_up not in answer.headers["set-cookie"]
    # Opening again gives the same one, so that a second window does not undo the first.
    proof = wu.http.cookies["hutong_visit"]
    assert cookie_set(await wu.request("GET", f"/api/consumer/{way}"), "hutong_visit").value == proof
