"""Receipts: who has read what was said, and who has not."""

from typing import Any

from hutong.core.db import Database
from tests.messaging.crowd import gather_crowd
from tests.people import Consumer, Json, Member, Talk, id_of


async def readers(who: Member, talk: Talk, seq: int, state: str, **params: Any) -> Json:
    page: Json = await who.get(f"/api/conversations/{id_of(talk)}/messages/{seq}/readers", state=state, **params)
    return page


async def names(who: Member, talk: Talk, seq: int, state: str) -> set[str]:
    return {item["person"]["name"] for item in (await readers(who, talk, seq, state))["items"]}


async def counts(who: Member, talk: Talk, **params: Any) -> list[tuple[int, int, int]]:
    items = (await who.get(f"/api/conversations/{id_of(talk)}/receipts", **params))["items"]
    return [(item["seq"], item["read_count"], item["unread_count"]) for item in items]


async def test_an_author_sees_who_has_read_and_who_has_not(lin: Member, zhao: Member, chen: Member) -> None:
    group = await lin.group("周会", zhao, chen)
    said = await lin.say(group, "三点开会")
    assert await names(lin, group, said["seq"], "unread") == {zhao.name, chen.name}
    await chen.read(group, said["seq"])
    assert await names(lin, group, said["seq"], "read") == {chen.name}
    assert await names(lin, group, said["seq"], "unread") == {zhao.name}
    page = await readers(zhao, group, said["seq"], "read")
    assert (page["read_count"], page["unread_count"], page["next_cursor"]) == (1, 1, None)
    assert page["items"][0]["read_seq"] == said["seq"]
    # Who answers has read.
    await zhao.say(group, "好")
    assert await names(lin, group, said["seq"], "read") == {zhao.name, chen.name}


async def test_who_came_later_or_has_gone_counts_for_nothing(lin: Member, zhao: Member, chen: Member) -> None:
    group = await lin.group("来来去去", zhao)
    people = f"/api/conversations/{group['id']}/participants"
    before = (await lin.say(group, "陈默来之前"))["seq"]
    await lin.post(people, {"person_ids": [chen.id]})
    after = (await lin.say(group, "陈默来之后"))["seq"]
    await chen.read(group, after)
    assert await counts(lin, group) == [(before, 0, 1), (after, 1, 1)]
    await zhao.delete(f"{people}/{zhao.id}")
    assert await counts(lin, group) == [(before, 0, 0), (after, 1, 0)]
    # Back again, but not for what was said meanwhile.
    await lin.post(people, {"person_ids": [zhao.id]})
    assert await counts(lin, group) == [(before, 0, 0), (after, 1, 0)]


async def test_counts_are_of_ones_own_words_in_the_places_asked_for(lin: Member, zhao: Member, chen: Member) -> None:
    group = await lin.group("各说各的", zhao, chen)
    first = (await lin.say(group, "一"))["seq"]
    await zhao.say(group, "二")
    last = (await lin.say(group, "三"))["seq"]
    assert await counts(lin, group) == [(first, 1, 1), (last, 0, 2)], "neither the notice nor what others say"
    assert await counts(lin, group, from_seq=last) == [(last, 0, 2)]
    assert await counts(lin, group, from_seq=first, to_seq=first) == [(first, 1, 1)]
    assert await counts(chen, group) == []


async def test_receipts_of_ten_thousand_are_exact_to_the_last(db: Database, lin: Member, zhao: Member) -> None:
    group = await lin.group("全公司", zhao)
    crowd = await gather_crowd(db, group, 9_998)
    said = [(await lin.say(group, word))["seq"] for word in ("一", "二", "三")]
    async with db.begin() as tx:
        for seq, people in ((said[0], crowd[:7_000]), (said[1], crowd[:2_500]), (said[2], crowd[:1])):
            await tx.execute(
                "update participants set read_seq = $3 where conversation_id = $1 and person_id = any($2::bigint[])",
                int(group["id"]), [int(one.id) for one in people], seq,
            )  # fmt: skip
    assert await counts(lin, group) == [(said[0], 7_000, 2_999), (said[1], 2_500, 7_499), (said[2], 1, 9_998)]
    for state, expected in (
        ("read", {one.id for one in crowd[:2_500]}),
        ("unread", {one.id for one in crowd[2_500:]} | {zhao.id}),
    ):
        found, cursor = [], None
        while True:
            page = await readers(lin, group, said[1], state, limit=200, **({"cursor": cursor} if cursor else {}))
            assert (page["read_count"], page["unread_count"]) == (2_500, 7_499)
            found += [item["person"]["id"] for item in page["items"]]
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert len(found) == len(expected), "each once"
        assert set(found) == expected


async def test_in_a_talk_with_a_customer_the_member_may_ask(lin: Member, wu: Consumer) -> None:
    await wu.walk_in(await lin.way(), "您好")
    talk = (await lin.inbox())[0]
    said = await lin.say(talk, "您好，吴女士")
    assert await counts(lin, talk) == [(said["seq"], 0, 1)]
    await wu.put(f"{wu.door}/read", {"seq": said["seq"]})
    assert await counts(lin, talk) == [(said["seq"], 1, 0)]
    refusal = await wu.refused("GET", f"/api/conversations/{talk['id']}/receipts")
    assert refusal.status == 401


async def test_what_one_may_not_see_has_no_readers(lin: Member, zhao: Member, chen: Member, sun: Member) -> None:
    group = await lin.group("两个人", zhao)
    old = (await lin.say(group, "旧话"))["seq"]
    path = f"/api/conversations/{group['id']}"
    for stranger in (chen, sun):
        assert (await stranger.refused("GET", f"{path}/messages/{old}/readers")).status == 404
        assert (await stranger.refused("GET", f"{path}/receipts")).status == 404
    await lin.post(f"{path}/participants", {"person_ids": [chen.id]})
    assert (await chen.refused("GET", f"{path}/messages/{old}/readers")).status == 404, "said before they came"
    for seq in (0, 99, 2**62):
        assert (await lin.refused("GET", f"{path}/messages/{seq}/readers")).status == 404, seq


async def test_a_question_that_makes_no_sense_is_refused(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    await lin.say(talk, "问")
    cases: list[tuple[str, dict[str, Any]]] = [
        ("messages/1/readers", {"state": "seen"}),
        ("messages/1/readers", {"limit": 0}),
        ("messages/1/readers", {"limit": 201}),
        ("messages/1/readers", {"cursor": "nonsense"}),
        ("messages/-1/readers", {}),
        ("messages/99999999999999999999/readers", {}),
        ("receipts", {"from_seq": -1}),
        ("receipts", {"from_seq": "eins"}),
        ("receipts", {"from_seq": 5, "to_seq": 4}),
        ("receipts", {"from_seq": 1, "to_seq": 101}),
        ("receipts", {"from_seq": 2**63}),
    ]
    for where, params in cases:
        refusal = await lin.refused("GET", f"/api/conversations/{talk['id']}/{where}", params=params)
        assert refusal.status in {400, 404, 422}
