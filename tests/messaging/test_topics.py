"""Topics: what a group talks about, apart from the rest of it, until somebody closes it."""

import asyncio
import uuid

from hutong.core.db import Database
from tests.people import Caller, Consumer, Json, Member, Talk, id_of, new_client_id


def path_of(talk: Talk, topic: Json | None = None) -> str:
    return f"/api/conversations/{id_of(talk)}/topics" + (f"/{topic['id']}" if topic else "")


async def open_topic(who: Member, talk: Talk, name: str, **wish: object) -> Json:
    topic: Json = await who.post(path_of(talk), {"client_id": new_client_id(), "name": name} | wish)
    return topic


async def say_in(who: Member, talk: Talk, topic: Json, text: str, **wish: object) -> Json:
    body = {"client_id": new_client_id(), "text": text, "topic_id": topic["id"]} | wish
    message: Json = await who.post(f"/api/conversations/{id_of(talk)}/messages", body)
    return message


async def texts_in(who: Member, talk: Talk, topic: Json, **where: int) -> list[str]:
    page = await who.get(f"/api/conversations/{id_of(talk)}/messages", topic_id=topic["id"], **where)
    return [it["text"] for it in page["items"]]


async def test_what_is_said_in_a_topic_stands_there_and_in_the_group(lin: Member, zhao: Member, chen: Member) -> None:
    group = await lin.group("新车上市", zhao, chen)
    async with zhao.socket() as his:
        topic = await open_topic(lin, group, "  价格\u202e  方案 ")
        assert (await his.next("topic"))["topic"] == topic
        notice = (await his.next("message"))["message"]["notice"]
        assert (notice["action"], notice["name"], notice["topic_id"]) == ("topic_opened", "价格 方案", topic["id"])
        await his.send(
            {"type": "send", "client_id": new_client_id(), "conversation_id": group["id"], "text": "二十一万八",
             "topic_id": topic["id"]}
        )  # fmt: skip
        said = (await his.next("message"))["message"]
        assert (await his.next("ack"))["seq"] == said["seq"]
    assert (said["topic_id"], said["text"]) == (topic["id"], "二十一万八")
    assert (topic["name"], topic["opened_by_id"], topic["closed_at"]) == ("价格 方案", lin.id, None)
    await lin.say(group, "别的事")
    await say_in(chen, group, topic, "太贵")
    assert await texts_in(lin, group, topic) == ["二十一万八", "太贵"]
    page = await lin.get(f"/api/conversations/{group['id']}/messages")
    assert [it.get("topic_id") for it in page["items"][-3:]] == [topic["id"], None, topic["id"]]
    assert page["topics"] == [topic]
    assert await texts_in(lin, group, topic, before_seq=said["seq"] + 2) == ["二十一万八"]
    assert await texts_in(lin, group, topic, after_seq=said["seq"]) == ["太贵"]
    assert await texts_in(lin, group, topic, around_seq=said["seq"]) == ["二十一万八", "太贵"]
    [listed] = (await chen.get(path_of(group)))["items"]
    assert (listed["message_count"], listed["last_seq"]) == (2, said["seq"] + 2)
    assert await chen.get(path_of(group, topic)) == listed
    seen = next(it for it in (await lin.get("/api/sync"))["conversations"] if it["id"] == group["id"])
    assert (seen["unread_count"], seen["last_message"]["topic_id"]) == (1, topic["id"]), "unread is the group's"
    await lin.say(group, "还有别的事")
    await say_in(zhao, group, topic, "再谈谈")
    unread = (await zhao.get(f"/api/conversations/{group['id']}"))["unread_count"]
    assert unread == 7, "who speaks in a topic has not read the rest by that"
    await lin.patch(path_of(group, topic), {"name": "定价"})
    await lin.say(group, "下一件")
    await lin.put(f"/api/conversations/{group['id']}/deputies/{zhao.id}")
    await zhao.patch(path_of(group, topic), {"is_closed": True})
    unread = (await zhao.get(f"/api/conversations/{group['id']}"))["unread_count"]
    assert unread == 11, "nor by closing it"


async def test_a_topic_begins_with_a_message_and_answers_stay_in_it(lin: Member, zhao: Member, chen: Member) -> None:
    group = await lin.group("新车上市", zhao, chen)
    first = await zhao.say(group, "交付要不要提前？")
    async with lin.socket() as hers:
        topic = await open_topic(chen, group, "交付", seq=first["seq"])
        changed = (await hers.next("message_changed"))["message"]
    assert (changed["seq"], changed["topic_id"], changed["revision"]) == (first["seq"], topic["id"], 1)
    told = await zhao.get(f"/api/conversations/{group['id']}/changed-messages", after_revision=0)
    assert told["items"] == [changed]
    body = {"client_id": new_client_id(), "text": "提前三天", "reply_to_seq": first["seq"]}
    answer = await lin.post(f"/api/conversations/{group['id']}/messages", body)
    assert answer["topic_id"] == topic["id"], "who names none stays in the topic of what they answer"
    assert await texts_in(chen, group, topic) == ["交付要不要提前？", "提前三天"]
    wish = {"client_id": new_client_id(), "name": "又一个", "seq": first["seq"]}
    assert (await lin.refused("POST", path_of(group), wish))[:2] == (409, "already_in_topic")
    await zhao.post(f"/api/conversations/{group['id']}/messages/{first['seq']}/recall")
    [gone, _] = (await chen.get(f"/api/conversations/{group['id']}/messages", topic_id=topic["id"]))["items"]
    assert (gone["topic_id"], gone["text"]) == (topic["id"], ""), "its place stays"
    recalled = await zhao.say(group, "写错了")
    await zhao.post(f"/api/conversations/{group['id']}/messages/{recalled['seq']}/recall")
    wish = {"client_id": new_client_id(), "name": "没了", "seq": recalled["seq"]}
    assert (await lin.refused("POST", path_of(group), wish)).code == "message_recalled"
    for seq in (1, 999):
        wish = {"client_id": new_client_id(), "name": "没有", "seq": seq}
        assert (await lin.refused("POST", path_of(group), wish)).status == 404, "1 is what the system said"
    await lin.patch(path_of(group, topic), {"is_closed": True})
    body = {"client_id": new_client_id(), "text": "还有一句", "reply_to_seq": answer["seq"]}
    assert "topic_id" not in await lin.post(f"/api/conversations/{group['id']}/messages", body)


async def test_nothing_more_is_said_in_a_closed_topic_until_it_is_open_again(
    lin: Member, zhao: Member, chen: Member
) -> None:
    group = await lin.group("新车上市", zhao, chen)
    topic = await open_topic(zhao, group, "价格")
    kept = {"client_id": new_client_id(), "text": "先说一句", "topic_id": topic["id"]}
    said = await chen.post(f"/api/conversations/{group['id']}/messages", kept)
    for change in ({"name": "改名"}, {"is_closed": True}):
        assert (await chen.refused("PATCH", path_of(group, topic), change))[:2] == (403, "not_topic_manager")
    async with chen.socket() as his:
        closed = await zhao.patch(path_of(group, topic), {"is_closed": True})
        assert (await his.next("topic"))["topic"] == closed
        assert (await his.next("message"))["message"]["notice"]["action"] == "topic_closed"
        assert await lin.patch(path_of(group, topic), {"is_closed": True}) == closed, "closed twice is closed"
        assert await his.heard() == []
        await his.send({"type": "send", "conversation_id": group["id"], **kept, "client_id": new_client_id()})
        assert (await his.next("error"))["code"] == "topic_closed"
    assert (closed["closed_by_id"], closed["revision"]) == (zhao.id, 2)
    refused = await chen.refused(
        "POST", f"/api/conversations/{group['id']}/messages", kept | {"client_id": new_client_id()}
    )
    assert refused[:2] == (409, "topic_closed")
    assert "重新打开" in refused.message
    again = await chen.post(f"/api/conversations/{group['id']}/messages", kept)
    assert again["seq"] == said["seq"], "a repetition of what was said before is no new word"
    assert (await lin.get(path_of(group)))["items"] == []
    [listed] = (await lin.get(path_of(group), state="closed"))["items"]
    assert (listed["id"], listed["message_count"]) == (topic["id"], 1)
    other = await open_topic(chen, group, "价格")
    assert (await lin.refused("PATCH", path_of(group, topic), {"is_closed": False})).code == "topic_name_taken"
    reopened = await lin.patch(path_of(group, topic), {"is_closed": False, "name": "旧价格"})
    assert (reopened["name"], reopened["closed_at"], reopened["closed_by_id"]) == ("旧价格", None, None)
    await say_in(chen, group, topic, "接着说")
    assert await texts_in(lin, group, topic) == ["先说一句", "接着说"]
    await lin.put(f"/api/conversations/{group['id']}/deputies/{zhao.id}")
    assert (await zhao.patch(path_of(group, other), {"name": "新价格"}))["name"] == "新价格", "a deputy may"
    actions = [it["notice"]["action"] for it in await lin.messages(group) if it["notice"]]
    assert [it for it in actions if it.startswith("topic_")] == [
        "topic_opened", "topic_closed", "topic_opened", "topic_renamed", "topic_reopened", "topic_renamed",
    ]  # fmt: skip


async def test_a_name_is_one_line_and_one_open_topics_alone(lin: Member, zhao: Member) -> None:
    group = await lin.group("新车上市", zhao)
    wish = {"client_id": new_client_id(), "name": "Price 方案"}
    topic = await lin.post(path_of(group), wish)
    assert await lin.post(path_of(group), wish) == topic, "the same client id is the same topic"
    for taken in ("Price 方案", "ｐｒｉｃｅ  方案", "\u200bPRICE 方案"):
        assert (await zhao.refused("POST", path_of(group), wish | {"name": taken})).code == "topic_name_taken"
    for bad in ("", "   ", "\u200b\u202e\u2060", "\x00", "长" * 61, "长" * 10_000):
        answer = await lin.refused("POST", path_of(group), {"client_id": new_client_id(), "name": bad})
        assert answer.status in {400, 422}, bad[:9]
        assert (await lin.refused("PATCH", path_of(group, topic), {"name": bad})).status in {400, 422}, bad[:9]
    assert (await open_topic(lin, group, "长" * 60))["name"] == "长" * 60
    assert (await lin.refused("PATCH", path_of(group, topic), {"name": "长" * 60})).code == "topic_name_taken"
    async with zhao.socket() as his:
        assert await lin.patch(path_of(group, topic), {"name": "Price 方案", "is_closed": False}) == topic
        assert await lin.patch(path_of(group, topic), {}) == topic
        assert await his.heard() == [], "what is so already changes nothing"
    assert (await lin.patch(path_of(group, topic), {"name": "PRICE 方案"}))["name"] == "PRICE 方案"


async def test_who_closes_and_who_speaks_at_once_agree(lin: Member, zhao: Member, chen: Member) -> None:
    group = await lin.group("新车上市", zhao, chen)
    topic = await open_topic(lin, group, "价格")
    async with zhao.socket() as his, chen.socket() as hers:
        for number in range(40):
            for socket in (his, hers):
                await socket.send(
                    {"type": "send", "client_id": new_client_id(), "conversation_id": group["id"],
                     "text": f"第{number}句", "topic_id": topic["id"]}
                )  # fmt: skip
        await asyncio.gather(*(lin.patch(path_of(group, topic), {"is_closed": True}) for _ in range(3)))
        answers: list[Json] = []
        for socket in (his, hers):
            while len([it for it in answers if it["type"] in {"ack", "error"}]) < 40 * (1 + (socket is hers)):
                answers.append(await socket.receive())
    accepted = {it["seq"] for it in answers if it["type"] == "ack"}
    assert {it["code"] for it in answers if it["type"] == "error"} <= {"topic_closed"}
    said = await lin.messages(group, limit=200)
    closing = [it["seq"] for it in said if it["notice"] and it["notice"]["action"] == "topic_closed"]
    assert len(closing) == 1, "closed once"
    assert {it["seq"] for it in said if it.get("topic_id")} == accepted
    assert all(seq < closing[0] for seq in accepted), "nothing after the closing"
    assert [it["seq"] for it in said] == list(range(1, len(said) + 1))


async def test_two_hundred_may_be_open_and_the_closed_come_by_pages(db: Database, lin: Member, zhao: Member) -> None:
    group = await lin.group("新车上市", zhao)
    made = [await open_topic(lin, group, f"话题{number}") for number in range(5)]
    async with db.begin() as tx:
        await tx.execute(
            "insert into topics (id, company_id, conversation_id, name, name_key, opened_by_id, opened_at, client_id,"
            " revision) select n, t.company_id, t.conversation_id, 'x' || n, 'x' || n, t.opened_by_id, t.opened_at,"
            " gen_random_uuid(), 1 from topics t, generate_series(1, 195) n where t.id = $1",
            int(made[0]["id"]),
        )
    wish = {"client_id": new_client_id(), "name": "再来一个"}
    assert (await zhao.refused("POST", path_of(group), wish))[:2] == (409, "too_many_topics")
    assert len((await zhao.get(path_of(group)))["items"]) == 200
    for topic in made:
        await lin.patch(path_of(group, topic), {"is_closed": True})
    await zhao.post(path_of(group), wish)
    for number in range(4):
        await open_topic(lin, group, f"补{number}")
    assert (await lin.refused("PATCH", path_of(group, made[0]), {"is_closed": False})).code == "too_many_topics"
    page = await zhao.get(path_of(group), state="closed", limit=3)
    rest = await zhao.get(path_of(group), state="closed", limit=3, cursor=page["next_cursor"])
    assert [it["name"] for it in page["items"] + rest["items"]] == [f"话题{number}" for number in (4, 3, 2, 1, 0)]
    assert rest["next_cursor"] is None
    assert (await zhao.refused("GET", path_of(group) + "?state=closed&cursor=x")).code == "bad_cursor"
    assert (await zhao.refused("GET", path_of(group) + "?state=both")).status == 422


async def test_who_joins_later_reads_a_topic_from_then_on(lin: Member, zhao: Member, chen: Member) -> None:
    group = await lin.group("新车上市", zhao)
    topic = await open_topic(lin, group, "价格")
    old = await say_in(zhao, group, topic, "底价二十")
    await lin.post(f"/api/conversations/{group['id']}/participants", {"person_ids": [chen.id]})
    [listed] = (await chen.get(path_of(group)))["items"]
    assert (listed["name"], listed["message_count"], listed["last_seq"]) == ("价格", 0, 0)
    assert await texts_in(chen, group, topic) == []
    wish = {"client_id": new_client_id(), "name": "旧话", "seq": old["seq"]}
    assert (await chen.refused("POST", path_of(group), wish)).status == 404
    await say_in(chen, group, topic, "我来了")
    assert await texts_in(chen, group, topic) == ["我来了"]
    await zhao.delete(f"/api/conversations/{group['id']}/participants/{zhao.id}")
    for method, path, body in (
        ("GET", path_of(group), None), ("GET", path_of(group, topic), None),
        ("PATCH", path_of(group, topic), {"is_closed": True}), ("POST", path_of(group), wish),
    ):  # fmt: skip
        assert (await zhao.refused(method, path, body)).status == 404


async def test_topics_are_a_groups_and_nobody_elses(
    lin: Member, zhao: Member, chen: Member, sun: Member, wu: Consumer, nobody: Caller
) -> None:
    group, other = await lin.group("新车上市", zhao), await lin.group("别的群", zhao)
    topic = await open_topic(lin, group, "价格")
    wish: Json = {"client_id": new_client_id(), "name": "话题"}
    for who in (chen, sun):
        for method, path, body in (
            ("GET", path_of(group), None), ("POST", path_of(group), wish), ("GET", path_of(group, topic), None),
            ("PATCH", path_of(group, topic), {"name": "改"}),
        ):  # fmt: skip
            assert (await who.refused(method, path, body))[:2] == (404, "not_found")
    assert (await nobody.refused("GET", path_of(group))).status == 401
    for method, body in (("GET", None), ("PATCH", {"name": "改"})):
        assert (await lin.refused(method, path_of(other, topic), body)).status == 404, "of another group"
    await wu.walk_in(await lin.way(), "您好")
    [customer] = await lin.customers()
    direct = await lin.direct(zhao)
    for talk in (customer["conversation_id"], direct):
        assert (await lin.refused("POST", path_of(talk), wish))[:2] == (409, "not_a_group")
        assert (await lin.refused("GET", path_of(talk)))[:2] == (409, "not_a_group")
    for talk, topic_id in (
        (other, topic["id"]), (direct, topic["id"]), (customer["conversation_id"], topic["id"]), (group, "7"),
        (group, "x"), (group, "9" * 19), (group, "-1"),
    ):  # fmt: skip
        body = {"client_id": new_client_id(), "text": "哪里？", "topic_id": topic_id}
        answer = await lin.refused("POST", f"/api/conversations/{id_of(talk)}/messages", body)
        assert answer[:2] == (422, "topic_unknown"), topic_id
    body = {"client_id": str(uuid.uuid4()), "text": "偷偷", "topic_id": topic["id"]}
    assert (await chen.refused("POST", f"/api/conversations/{group['id']}/messages", body)).status == 404
