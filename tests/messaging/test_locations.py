"""A place is said with the grid it was measured by, and kept as it was told."""

import pytest

from hutong.core.db import Database
from tests.messaging.test_search import indexed
from tests.people import Consumer, Json, Member, id_of, new_client_id

STORE = {"lat": 30.2741512, "lon": 120.15515, "datum": "gcj02", "name": " 杭州\n门店\x00 ", "address": "文三路 1 号"}
KEPT = STORE | {"lat": 30.274151, "name": "杭州 门店", "accuracy_m": None}


async def place(who: Member, talk: Json | str, location: object, **more: object) -> Json:
    body = {"client_id": new_client_id(), "kind": "location", "location": location, **more}
    message: Json = await who.post(f"/api/conversations/{id_of(talk)}/messages", body)
    return message


async def test_a_place_arrives_by_http_and_socket_and_is_found_by_its_name(
    lin: Member, zhao: Member, db: Database
) -> None:
    talk, client_id = await lin.direct(zhao), new_client_id()
    async with zhao.socket() as his, lin.socket() as hers:
        sent = await place(lin, talk, STORE, client_id=client_id, text="不是位置的名字")
        heard = (await his.next("message"))["message"]
        frame = {"type": "send", "conversation_id": talk["id"], "client_id": new_client_id(), "kind": "location"}
        await hers.send(frame | {"location": {"lat": -90, "lon": 180, "datum": "wgs84", "accuracy_m": 12.34}})
        assert (await hers.next("ack"))["seq"] == 2
    assert heard == sent == await place(lin, talk, STORE, client_id=client_id)
    assert (heard["kind"], heard["text"], heard["location"]) == ("location", "杭州 门店 文三路 1 号", KEPT)
    bare = (await zhao.messages(talk))[1]
    assert (bare["text"], bare["location"]["accuracy_m"]) == ("-90.00000, 180.00000", 12.3)
    await indexed(db)
    found = (await zhao.get("/api/search/messages", q="文三路", kind="location"))["items"]
    assert [it["location"] for it in found] == [KEPT]


@pytest.mark.parametrize(
    "location",
    [
        {"lat": 90.1, "lon": 0, "datum": "wgs84"},
        {"lat": 0, "lon": -180.5, "datum": "wgs84"},
        {"lat": 30, "lon": 120},
        {"lat": 30, "lon": 120, "datum": "bd09"},
        {"lat": 30, "lon": 120, "datum": "wgs84", "name": "长" * 10_000},
        {"lat": 30, "lon": 120, "datum": "wgs84", "address": "长" * 201},
        {"lat": 30, "lon": 120, "datum": "wgs84", "accuracy_m": -1},
        [30, 120],
        "30,120",
    ],
)
async def test_a_place_that_is_none_is_refused(lin: Member, zhao: Member, location: object) -> None:
    talk = await lin.direct(zhao)
    body = {"client_id": new_client_id(), "kind": "location", "location": location}
    refused = await lin.refused("POST", f"/api/conversations/{talk['id']}/messages", body)
    assert refused.code == "invalid"
    assert await lin.messages(talk) == []


async def test_no_number_and_no_place_at_all_are_refused(lin: Member, zhao: Member) -> None:
    talk = await lin.direct(zhao)
    path = f"/api/conversations/{talk['id']}/messages"
    for number in (b"NaN", b"Infinity", b"1e999"):
        body = b'{"client_id":"%s","kind":"location","location":{"lat":%s,"lon":1,"datum":"wgs84"}}'
        raw = body % (new_client_id().encode(), number)
        assert (await lin.refused("POST", path, raw, headers={"content-type": "application/json"})).status in {400, 422}
    for location in ({"lat": "nan", "lon": 1}, {"lat": 1, "lon": 1, "accuracy_m": "nan"}):
        wish = {"client_id": new_client_id(), "kind": "location", "location": location | {"datum": "wgs84"}}
        assert (await lin.refused("POST", path, wish)).status == 422, location
    none = {"client_id": new_client_id(), "kind": "location", "text": "在这里"}
    assert (await lin.refused("POST", path, none)).code == "location_missing"
    assert await lin.messages(talk) == []


async def test_a_place_is_quoted_forwarded_and_recalled(lin: Member, zhao: Member) -> None:
    talk, group = await lin.direct(zhao), await lin.group("救援", zhao)
    await place(lin, talk, STORE)
    answer = await zhao.say(talk, "马上到", answers=1)
    assert (answer["reply_to"]["kind"], answer["reply_to"]["text"]) == ("location", "杭州 门店 文三路 1 号")
    for way in ("each", "merged"):
        wish = {"client_id": new_client_id(), "seqs": [1, 2], "to": [group["id"]], "way": way}
        await zhao.post(f"/api/conversations/{talk['id']}/forwards", wish)
    said = [it for it in await lin.messages(group) if it["kind"] != "notice"]
    assert said[0]["location"] == KEPT
    assert said[2]["merged"]["lines"][0]["text"] == "杭州 门店 文三路 1 号"
    bundle = await lin.get(f"/api/conversations/{group['id']}/bundles/{said[2]['merged']['bundle_id']}")
    assert bundle["items"][0]["location"] == KEPT
    recalled = await lin.post(f"/api/conversations/{talk['id']}/messages/1/recall")
    assert (recalled["text"], "location" in recalled) == ("", False)


async def test_a_stranded_customer_may_begin_with_where_they_are(lin: Member, wu: Consumer) -> None:
    await wu.open(await lin.way())
    here = {"lat": 40.1, "lon": 94.6, "datum": "wgs84", "accuracy_m": 20}
    body = {"client_id": new_client_id(), "kind": "location", "location": here}
    said = await wu.post(f"{wu.door}/messages", body)
    assert (await wu.post(f"{wu.door}/messages", body))["seq"] == said["seq"], "said once"
    assert said["location"] == here | {"name": "", "address": ""}
    customer = (await lin.customers())[0]["conversation_id"]
    assert [it["text"] for it in await lin.messages(customer)] == ["40.10000, 94.60000"]
    async with wu.socket() as hers:
        frame = {"type": "send", "conversation_id": customer, "client_id": new_client_id(), "kind": "location"}
        await hers.send(frame | {"location": here})
        assert (await hers.next("ack"))["seq"] == 2
    for wrong in ({"kind": "location"}, {"kind": "voice"}, {"kind": "location", "location": {"lat": 91}}, {"text": ""}):
        refused = await wu.refused("POST", f"{wu.door}/messages", {"client_id": new_client_id(), "text": "", **wrong})
        assert refused.code in {"invalid", "location_missing", "empty_message"}, wrong
    assert len(await wu.messages()) == 2
