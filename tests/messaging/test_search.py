"""Words are found in all that one may read, wherever they stand, and in nothing else."""

import asyncio
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hutong.core.db import Database
from hutong.messaging import Indexer
from hutong.messaging.words import fold
from tests.messaging.channels import department, move, open_channel
from tests.people import Consumer, Json, Member, new_client_id

PATH = "/api/search/messages"


async def indexed(db: Database) -> None:
    """All that was said can be found; the server's own indexer may be at some of it."""
    for _ in range(1000):
        if not await Indexer(db).sweep():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("words stay unindexed")


async def found(who: Member, q: str, **filters: Any) -> list[str]:
    """The texts, newest first; of a file its name."""
    page: Json = await who.get(PATH, q=q, **filters)
    return [item["text"] or item["file"]["name"] for item in page["items"]]


async def message_at(who: Member, talk: Json, seq: int) -> Json:
    return next(item for item in await who.messages(talk) if item["seq"] == seq)


async def test_a_word_is_found_inside_others(lin: Member, chen: Member, db: Database) -> None:
    talk = await lin.direct(chen)
    for text in ("我家在上海东边", "ＡＢＣ型号 Model-X2000 50%", "车", "a_b 100% 好"):
        await lin.say(talk, text)
    await lin.send_file(talk, b"x", "九月报价单.pdf")
    await indexed(db)
    for query, texts in {
        "上海": ["我家在上海东边"],
        "海": ["我家在上海东边"],
        "海东 家在": ["我家在上海东边"],
        "海上": [],
        "上海 北边": [],
        "abc": ["ＡＢＣ型号 Model-X2000 50%"],
        "ｏｄｅｌ": ["ＡＢＣ型号 Model-X2000 50%"],
        "200": ["ＡＢＣ型号 Model-X2000 50%"],
        "0%": ["a_b 100% 好", "ＡＢＣ型号 Model-X2000 50%"],
        "a_b": ["a_b 100% 好"],
        "a%b": [],
        "报价": ["九月报价单.pdf"],
        "上\u200b海": ["我家在上海东边"],
    }.items():
        assert await found(chen, query) == texts, query


async def test_a_hit_says_where_and_by_whom(lin: Member, chen: Member, db: Database) -> None:
    group = await lin.group("交付小组", chen)
    said = await lin.say(group, "明天交付 Two")
    await indexed(db)
    page = await chen.get(PATH, q="交付  TWO")
    assert page["words"] == ["交付", "two"]
    assert page["items"] == [said]
    (conversation,) = page["conversations"]
    assert (conversation["id"], conversation["kind"], conversation["name"]) == (group["id"], "group", "交付小组")
    assert {person["id"] for person in conversation["people"]} == {lin.id, chen.id}
    assert [person["id"] for person in page["people"]] == [lin.id]


async def test_who_was_not_there_finds_nothing(
    lin: Member, chen: Member, zhao: Member, sun: Member, db: Database
) -> None:
    group = await lin.group("交付", chen)
    await lin.say(group, "先前的密词")
    await lin.post(f"/api/conversations/{group['id']}/participants", {"person_ids": [zhao.id]})
    await lin.say(group, "后来的密词")
    await indexed(db)
    assert await found(chen, "密词") == ["后来的密词", "先前的密词"]
    assert await found(zhao, "密词") == ["后来的密词"]
    assert await found(zhao, "密词", conversation_id=group["id"]) == ["后来的密词"]
    assert await found(sun, "密词") == []
    assert await found(sun, "密词", conversation_id=group["id"]) == []
    await chen.delete(f"/api/conversations/{group['id']}/participants/{chen.id}")
    assert await found(chen, "密词") == []


async def test_a_consumer_does_not_search(lin: Member, wu: Consumer) -> None:
    await wu.walk_in(await lin.way(), "您好")
    assert (await wu.refused("GET", PATH, params={"q": "您好"})).status in {401, 403}


async def test_a_channel_is_searched_by_whom_its_rule_lets_in(
    lin: Member, zhao: Member, chen: Member, db: Database
) -> None:
    sales = await department(zhao, "销售部")
    channel = await open_channel(zhao, "销售公告", sales)
    await zhao.say(channel, "国庆放假安排")
    await indexed(db)
    assert await found(lin, "放假") == await found(zhao, "放假") == ["国庆放假安排"]
    assert await found(chen, "放假") == []
    await move(zhao, lin, "研发部/座舱")
    assert await found(lin, "放假") == []


async def test_filters_and_pages(lin: Member, chen: Member, zhao: Member, db: Database) -> None:
    talk, other = await lin.direct(chen), await lin.direct(zhao)
    said = [await lin.say(talk, f"订单 {number}") for number in range(7)]
    answer = await chen.say(talk, "订单收到")
    await zhao.say(other, "订单另议")
    await lin.send_file(talk, b"x", "订单.txt")
    await indexed(db)
    assert await found(lin, "订单", conversation_id=other["id"]) == ["订单另议"]
    assert await found(lin, "订单", sender_id=chen.id) == ["订单收到"]
    assert await found(lin, "订单", kind="file") == ["订单.txt"]
    span = {"from": said[5]["sent_at"], "to": answer["sent_at"]}
    assert await found(lin, "订单", **span) == ["订单 6", "订单 5"]
    texts, cursor = [], None
    while True:
        page = await lin.get(PATH, q="订单", limit=3, **({"cursor": cursor} if cursor else {}))
        texts += [item["text"] for item in page["items"]]
        if not (cursor := page["next_cursor"]):
            break
        await lin.say(talk, "订单 新")
        await indexed(db)
    assert texts == ["", "订单另议", "订单收到", *(f"订单 {number}" for number in reversed(range(7)))]


async def test_what_is_no_question_is_refused(lin: Member) -> None:
    cases: list[tuple[Json, int, str | None]] = [
        ({}, 400, "bad_request"),
        ({"q": ""}, 422, "nothing_to_search"),
        ({"q": " 。！🙂% _"}, 422, "nothing_to_search"),
        ({"q": "\u200b\x00"}, 422, "nothing_to_search"),
        ({"q": "a" * 10_000}, 422, None),
        ({"q": "字", "from": "yesterday"}, 422, None),
        ({"q": "字", "from": "0001-01-01T00:00:00+14:00"}, 422, None),
        ({"q": "字", "to": "2026-11-25T08:00:00"}, 422, None),
        ({"q": "字", "kind": "notice"}, 422, None),
        ({"q": "字", "limit": 1000}, 422, None),
        ({"q": "字", "conversation_id": "x"}, 404, None),
        ({"q": "字", "cursor": "x"}, 400, "bad_cursor"),
    ]
    for params, status, code in cases:
        refusal = await lin.refused("GET", PATH, params=params)
        assert refusal.status == status, refusal
        assert code in {None, refusal.code}


async def test_an_edited_message_is_found_by_its_new_words_only(lin: Member, chen: Member, db: Database) -> None:
    talk = await lin.direct(chen)
    said = await lin.say(talk, "旧词一")
    await indexed(db)
    place = f"/api/conversations/{talk['id']}/messages/{said['seq']}"
    await lin.patch(place, {"text": "新词"})
    assert await found(chen, "旧词") == []
    assert await found(chen, "新词") == ["新词"]
    assert (await chen.get(PATH, q="新词"))["items"] == [await message_at(chen, talk, said["seq"])]
    await indexed(db)
    assert await found(chen, "旧词") == []
    assert await found(chen, "新词") == ["新词"]


async def test_a_recalled_message_is_not_found(lin: Member, chen: Member, db: Database) -> None:
    talk = await lin.direct(chen)
    words = await lin.say(talk, "撤回的词")
    file = await lin.send_file(talk, b"x", "撤回的文件.txt")
    await indexed(db)
    assert await found(chen, "撤回") == ["撤回的文件.txt", "撤回的词"]
    for said in (words, file):
        await lin.post(f"/api/conversations/{talk['id']}/messages/{said['seq']}/recall")
    assert await found(chen, "撤回") == []
    await indexed(db)
    assert await found(chen, "撤回") == []


async def test_what_is_edited_or_recalled_before_it_was_indexed(lin: Member, chen: Member, db: Database) -> None:
    talk = await lin.direct(chen)
    for number in range(30):
        one, other = await lin.say(talk, f"先说{number}"), await lin.say(talk, f"误说{number}")
        await lin.patch(f"/api/conversations/{talk['id']}/messages/{one['seq']}", {"text": f"后改{number}"})
        await lin.post(f"/api/conversations/{talk['id']}/messages/{other['seq']}/recall")
    await indexed(db)
    assert await found(chen, "说") == []
    assert len(await found(chen, "后改", limit=50)) == 30


async def test_a_hit_is_shown_with_what_it_answers_and_who_reacted(lin: Member, chen: Member, db: Database) -> None:
    talk = await lin.direct(chen)
    asked = await lin.say(talk, "何时到货")
    answer = await chen.say(talk, "周五到", answers=asked["seq"])
    await lin.put(f"/api/conversations/{talk['id']}/messages/{answer['seq']}/reactions/👍")
    await indexed(db)
    (item,) = (await lin.get(PATH, q="周五"))["items"]
    assert item == await message_at(lin, talk, answer["seq"])
    assert item["reply_to"]["text"] == "何时到货"
    assert item["reactions"][0]["person_ids"] == [lin.id]


async def test_what_was_forwarded_as_one_is_found_by_all_that_is_inside(
    lin: Member, chen: Member, zhao: Member, db: Database
) -> None:
    source, target, beyond = await lin.direct(chen), await lin.direct(zhao), await zhao.group("转述", chen)
    said = [await lin.say(source, "电池异响"), await chen.say(source, "明天复查")]
    said.append(await chen.send_file(source, b"x", "检测记录.pdf"))
    wish = {"seqs": [item["seq"] for item in said], "way": "merged"}
    sent = await lin.post(
        f"/api/conversations/{source['id']}/forwards", wish | {"client_id": new_client_id(), "to": [target["id"]]}
    )
    comment = await zhao.say(target, "已看")
    again = {"seqs": [sent["items"][0]["seq"], comment["seq"]], "way": "merged", "client_id": new_client_id()}
    await zhao.post(f"/api/conversations/{target['id']}/forwards", again | {"to": [beyond["id"]]})
    await indexed(db)
    for query in ("异响", "复查 检测记录"):
        page = await zhao.get(PATH, q=query)
        assert [(item["conversation_id"], item["kind"]) for item in page["items"]] == [
            (beyond["id"], "merged"),
            (target["id"], "merged"),
        ]
    assert [item["kind"] for item in (await zhao.get(PATH, q="异响", kind="merged", limit=1))["items"]] == ["merged"]
    assert (await chen.get(PATH, q="已看"))["items"][0]["conversation_id"] == beyond["id"]


async def test_what_a_crash_left_is_found_by_the_sweep_once(lin: Member, chen: Member, db: Database) -> None:
    talk = await lin.direct(chen)
    for number in range(20):
        await lin.say(talk, f"第{number}句话")
    await indexed(db)
    async with db.begin() as tx:
        # As it is after a crash between the acknowledgement and the index.
        await tx.execute("delete from message_words where seq > 5")
        await tx.execute("update indexed_conversations set indexed_seq = 5")
    await asyncio.gather(*(Indexer(db).sweep() for _ in range(3)))
    await indexed(db)
    assert len(await found(chen, "句话", limit=50)) == 20


async def test_a_long_history_is_searched_like_a_short_one(lin: Member, chen: Member, db: Database) -> None:
    """More than is read one by one: a rare word goes by the index, a frequent one by the order of time."""
    group = await lin.group("历史", chen)
    async with db.begin() as tx:
        last = await tx.fetchval("select last_seq from conversations where id = $1", int(group["id"]))
        await tx.execute(
            "insert into messages (conversation_id, seq, company_id, sender_id, client_id, kind, body, sent_at)"
            " select c.id, $2 + n, c.company_id, case when n % 1000 = 7 then $3::bigint else $4::bigint end,"
            "   gen_random_uuid(), 'text', case when n % 1000 = 7 then '收到罕词 ' else '收到 ' end || n,"
            "   c.last_active_at - (24000 - n) * interval '1 second'"
            " from conversations c, generate_series(1, 24000) n where c.id = $1",
            int(group["id"]), last, int(chen.id), int(lin.id),
        )  # fmt: skip
        await tx.execute("update conversations set last_seq = $2 + 24000 where id = $1", int(group["id"]), last)
    await indexed(db)
    rare = [f"收到罕词 {number}" for number in range(23007, 0, -1000)]
    for filters in ({}, {"conversation_id": group["id"]}):
        assert await found(lin, "罕词", **filters, limit=50) == rare
        assert await found(lin, "收到", **filters, sender_id=chen.id, limit=50) == rare
        assert await found(lin, "收到", **filters, limit=2) == ["收到 24000", "收到 23999"]
        assert await found(lin, "收到 12007", **filters) == ["收到罕词 12007"]
    page = await lin.get(PATH, q="罕词", limit=20)
    assert await found(lin, "罕词", limit=20, cursor=page["next_cursor"]) == rare[20:]
    async with db.begin() as tx:
        # With what is known after an analyze, words that are frequent everywhere are no longer looked up.
        await tx.execute("analyze message_words")
    assert await found(lin, "12", limit=1, to=page["items"][12]["sent_at"]) == ["收到 10912"]
    assert await found(lin, "罕词", limit=50) == rare


LETTERS = st.sampled_from("上海市长研究生aAＡbß%_\\ 0１é，🙂")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.text(LETTERS, min_size=1, max_size=12), min_size=1, max_size=6),
    query=st.text(LETTERS, min_size=1, max_size=5),
)
async def test_what_is_found_is_the_plain_truth(
    lin: Member, chen: Member, db: Database, texts: list[str], query: str
) -> None:
    group = await lin.group(None, chen)
    words = fold(query).split()
    said = [text for text in texts if text.strip()]
    for text in said:
        await lin.say(group, text)
    await indexed(db)
    if not any(character.isalnum() for word in words for character in word):
        assert (await chen.refused("GET", PATH, params={"q": query})).code == "nothing_to_search"
        return
    truth = [text.strip() for text in reversed(said) if all(word in fold(text) for word in words)]
    assert await found(chen, query, conversation_id=group["id"]) == truth
