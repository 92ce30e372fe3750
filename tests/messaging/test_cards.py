"""Name cards: a colleague shown to colleagues and customers, as they are now; nothing inside ever goes with them."""

from hutong import directory
from hutong.core.db import Database
from tests.messaging.test_search import indexed
from tests.people import Consumer, Json, Member, id_of, new_client_id


async def show(who: Member, talk: Json | str, whose: str, *, client_id: str | None = None) -> Json:
    body = {"client_id": client_id or new_client_id(), "kind": "card", "card_id": whose}
    message: Json = await who.post(f"/api/conversations/{id_of(talk)}/messages", body)
    return message


async def hire(zhao: Member, account: str) -> str:
    """A colleague who will not stay."""
    wish = {"name": "钱一", "account": account, "title": "实习生", "department": "研发部/座舱"}
    return str((await zhao.post("/api/members", wish))["id"])


async def leave(db: Database, person_id: str) -> None:
    async with db.begin() as tx:
        company_id = await tx.fetchval("select company_id from people where id = $1", int(person_id))
        await directory.deactivate_members(tx, None, company_id, [int(person_id)])


async def test_a_card_shows_a_colleague_to_all_who_talk_and_is_one_however_often_it_is_sent(
    lin: Member, zhao: Member, chen: Member
) -> None:
    talk, client_id = await lin.direct(zhao), new_client_id()
    async with zhao.socket() as his:
        sent = await show(lin, talk, chen.id, client_id=client_id)
        heard = (await his.next("message"))["message"]
    face = {"person_id": chen.id, "name": chen.name, "title": "工程师", "avatar_url": None, "is_active": True}
    assert (heard["kind"], heard["text"], heard["card"]) == ("card", chen.name, face)
    assert await show(lin, talk, chen.id, client_id=client_id) == sent == heard
    assert await zhao.messages(talk) == [heard]
    async with lin.socket() as hers:
        again = {"type": "send", "kind": "card", "card_id": zhao.id, "client_id": new_client_id()}
        await hers.send(again | {"conversation_id": talk["id"]})
        assert (await hers.next("ack"))["seq"] == 2


async def test_a_card_of_nobody_a_stranger_or_somebody_gone_is_refused_and_harms_no_other_message(
    lin: Member, zhao: Member, sun: Member, wu: Consumer, db: Database
) -> None:
    talk, gone = await lin.direct(zhao), await hire(zhao, "gone1")
    await wu.walk_in(await lin.way(), "您好")
    customer = (await lin.customers())[0]["id"]
    await leave(db, gone)
    path = f"/api/conversations/{talk['id']}/messages"
    for whose in (gone, sun.id, customer, "4611686018427387904", "林晓", "0", None):
        body = {"client_id": new_client_id(), "kind": "card", "card_id": whose}
        refused = await lin.refused("POST", path, body)
        assert (refused.status, refused.code) == (422, "card_unknown"), whose
    for whose in ("", "1" * 10_000, 7, [zhao.id]):
        body = {"client_id": new_client_id(), "kind": "card", "card_id": whose}
        assert (await lin.refused("POST", path, body)).code == "invalid", whose
    async with lin.socket() as hers:
        for whose, text in ((sun.id, ""), (None, "还在")):
            kind = "card" if whose else "text"
            frame = {"type": "send", "conversation_id": talk["id"], "kind": kind, "card_id": whose, "text": text}
            await hers.send(frame | {"client_id": new_client_id()})
        assert (await hers.next("error"))["code"] == "card_unknown"
        assert (await hers.next("ack"))["seq"] == 1
    assert await zhao.texts(talk) == ["还在"]


async def test_whoever_leaves_is_seen_to_have_left_on_a_card_sent_before(
    lin: Member, zhao: Member, db: Database
) -> None:
    talk, group, gone = await lin.direct(zhao), await lin.group("交接", zhao), await hire(zhao, "gone2")
    await show(lin, talk, gone)
    await lin.say(talk, "他管座舱")
    await leave(db, gone)
    assert (await zhao.messages(talk))[0]["card"]["is_active"] is False
    for way in ("each", "merged"):
        wish = {"client_id": new_client_id(), "seqs": [1, 2], "to": [group["id"]], "way": way}
        await zhao.post(f"/api/conversations/{talk['id']}/forwards", wish)
    said = [it for it in await lin.messages(group) if it["kind"] != "notice"]
    assert said[0]["card"] == (await zhao.messages(talk))[0]["card"]
    assert said[2]["merged"]["lines"][0] == {"name": lin.name, "kind": "card", "text": "钱一"}
    bundle = await lin.get(f"/api/conversations/{group['id']}/bundles/{said[2]['merged']['bundle_id']}")
    assert bundle["items"][0]["card"]["is_active"] is False


async def test_a_card_is_quoted_found_by_its_name_and_gone_when_recalled(
    lin: Member, zhao: Member, chen: Member, db: Database
) -> None:
    talk = await lin.direct(zhao)
    await show(lin, talk, chen.id)
    await indexed(db)
    query = {"q": chen.name, "kind": "card", "conversation_id": talk["id"]}
    assert [it["card"]["person_id"] for it in (await zhao.get("/api/search/messages", **query))["items"]] == [chen.id]
    answer = await zhao.say(talk, "好，我找他", answers=1)
    assert (answer["reply_to"]["kind"], answer["reply_to"]["text"]) == ("card", chen.name)
    assert (await zhao.refused("PATCH", f"/api/conversations/{talk['id']}/messages/1", {"text": "x"})).status == 403
    refused = await lin.refused("PATCH", f"/api/conversations/{talk['id']}/messages/1", {"text": "x"})
    assert refused.code == "not_text"
    recalled = await lin.post(f"/api/conversations/{talk['id']}/messages/1/recall")
    assert "card" not in recalled
    assert recalled["text"] == ""
    assert (await zhao.get("/api/search/messages", **query))["items"] == []


async def test_a_customer_sees_face_name_and_title_and_a_way_to_talk_where_there_is_one(
    lin: Member, zhao: Member, chen: Member, wu: Consumer, db: Database
) -> None:
    await wu.walk_in(await lin.way(), "座椅有异响")
    talk = (await lin.customers())[0]["conversation_id"]
    await show(lin, talk, chen.id)
    said = (await wu.messages())[-1]
    assert said["card"]["title"] == "工程师"
    for inside in ("phone", "account", "department", "13800000003", chen.account):
        assert inside not in str(said)
    door = f"{wu.door}/cards/{chen.id}"
    card = {"name": chen.name, "title": "工程师", "avatar_url": None, "is_active": True}
    assert await wu.get(door) == card | {"way": None}, "he never asked for a link"
    way = await chen.way()
    assert await wu.get(door) == card | {"way": way}
    # Whose card she was not sent, she cannot ask about; nor can who talks elsewhere.
    assert (await wu.refused("GET", f"{wu.door}/cards/{zhao.id}")).status == 404
    gone = await hire(zhao, "gone3")
    await show(lin, talk, gone)
    await leave(db, gone)
    left = {"name": "钱一", "title": "实习生", "avatar_url": None, "is_active": False, "way": None}
    assert await wu.get(f"{wu.door}/cards/{gone}") == left


async def test_a_card_among_what_was_forwarded_as_one_leads_to_its_person_too(
    lin: Member, zhao: Member, chen: Member, wu: Consumer
) -> None:
    await wu.walk_in(await lin.way(), "您好")
    customer = (await lin.customers())[0]["conversation_id"]
    talk = await lin.direct(zhao)
    await show(zhao, talk, chen.id)
    await zhao.say(talk, "让客户找他")
    way = await chen.way()
    wish = {"client_id": new_client_id(), "seqs": [1, 2], "to": [customer], "way": "merged"}
    await lin.post(f"/api/conversations/{talk['id']}/forwards", wish)
    assert (await wu.get(f"{wu.door}/cards/{chen.id}"))["way"] == way
    assert (await wu.refused("GET", f"{wu.door}/cards/{zhao.id}")).status == 404
    seq = (await lin.messages(customer))[-1]["seq"]
    await lin.post(f"/api/conversations/{customer}/messages/{seq}/recall")
    assert (await wu.refused("GET", f"{wu.door}/cards/{chen.id}")).status == 404


async def test_a_customer_cannot_ask_by_cards_who_works_here(lin: Member, chen: Member, wu: Consumer) -> None:
    said = await wu.walk_in(await lin.way(), "您好")
    async with wu.socket() as hers:
        frame = {"type": "send", "conversation_id": said["conversation_id"], "kind": "card", "card_id": chen.id}
        await hers.send(frame | {"client_id": new_client_id()})
        assert (await hers.next("error"))["code"] == "card_unknown"
    assert len(await wu.messages()) == 1
