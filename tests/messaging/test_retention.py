"""How long what was said is kept: what is older goes, with all that hangs on it, and everything else lives with it."""

import asyncio
from datetime import timedelta
from pathlib import Path

from hutong.core import clock
from hutong.core.db import Database
from hutong.messaging.store import removing
from tests.messaging.channels import open_channel
from tests.people import Consumer, Json, Member, Talk, id_of, new_client_id

PATH = "/api/retention"
FOR_EVER: Json = {"staff_days": None, "customer_days": None}


async def age(db: Database, talk: Talk, up_to: int, days: int = 40) -> None:
    """All that was said there up to this place was said so many days ago."""
    by = timedelta(days=days)
    async with db.begin() as tx:
        for table in ("messages", "message_words"):
            await tx.execute(
                f"update {table} set sent_at = sent_at - $3::interval where conversation_id = $1 and seq <= $2",
                int(id_of(talk)), up_to, by,
            )  # fmt: skip
        await tx.execute("update conversations set created_at = created_at - $1::interval", by)


async def keep(who: Member, **days: int | None) -> Json:
    """Look, confirm."""
    wish = FOR_EVER | days
    shown = await who.post(f"{PATH}/preview", wish)
    count = shown["staff_messages"] + shown["customer_messages"]
    rule: Json = await who.put(PATH, wish | {"as_of": shown["as_of"], "message_count": count})
    return rule


async def left(db: Database, talk: Talk) -> dict[str, int]:
    async with db.begin() as tx:
        counts = {
            table: await tx.fetchval(f"select count(*) from {table} where conversation_id = $1", int(id_of(talk)))
            for table in ("messages", "message_mentions", *removing.HANGING)
        }
    return {table: count for table, count in counts.items() if count}


async def test_nothing_hangs_on_a_message_that_the_remover_does_not_know(db: Database) -> None:
    """Whoever adds a table of what hangs on messages meets this: name it in the remover, or here, where it goes by
    itself."""
    async with db.begin() as tx:
        rows = await tx.fetch(
            "select table_name from information_schema.columns where table_schema = 'public'"
            " and column_name in ('conversation_id', 'seq') group by 1 having count(*) = 2"
        )
    hanging = {row["table_name"] for row in rows} - {"pushes", "nudge_pushes"}
    assert hanging == set(removing.HANGING) | {"messages", "message_mentions"}


async def indexed(db: Database, count: int) -> None:
    async with db.begin() as tx:
        await tx.execute("select pg_sleep(0.05)")
    for _ in range(200):
        async with db.begin() as tx:
            if await tx.fetchval("select count(*) from message_words") >= count:
                return
            await tx.execute("select pg_sleep(0.05)")
    raise AssertionError("not indexed")


async def test_what_is_older_goes_with_all_that_hangs_on_it_and_places_stay(
    db: Database, lin: Member, zhao: Member, chen: Member
) -> None:
    group = await zhao.group("项目", lin, chen)
    base = f"/api/conversations/{group['id']}/messages"
    called = {"person_ids": [chen.id]}
    old = await lin.say(group, "@陈默 旧图纸在 http://a.example", mentions=called)
    seq = old["seq"]
    await lin.patch(f"{base}/{seq}", {"text": "@陈默 旧图纸在 http://b.example"})
    await chen.put(f"{base}/{seq}/reactions/👍")
    await chen.put(f"{base}/{seq}/star")
    await lin.put(f"{base}/{seq}/pin")
    await lin.post(f"{base}/{seq}/nudge", {"person_ids": [zhao.id]})
    second = await lin.say(group, "旧的第二句")
    answer = await zhao.say(group, "新的回答", answers=second["seq"])
    new = await zhao.say(group, "新的一句")
    await indexed(db, 4)
    await age(db, group, second["seq"])
    token = await chen.quiet_token()
    async with chen.socket() as socket:
        rule = await keep(zhao, staff_days=30)
        assert (rule["staff_days"], rule["customer_days"], rule["changed_by"]["id"]) == (30, None, zhao.id)
        told = await socket.next("removed")
        assert (told["conversation_id"], told["first_seq"]) == (group["id"], answer["seq"])
    assert await left(db, group) == {"messages": 2, "message_words": 2}

    # Whatever a reader asks for, it lives with it.
    for params in ({}, {"after_seq": 0}, {"after_seq": seq}, {"around_seq": seq}, {"before_seq": new["seq"] + 1}):
        page = await chen.get(base, **params)
        assert [it["text"] for it in page["items"]] == ["新的回答", "新的一句"], params
        assert (page["has_older"], page["first_seq"]) == (False, answer["seq"]), params
        assert "reply_to" not in page["items"][0], "what it answered is no longer kept"
    assert (await chen.get(base, before_seq=seq))["items"] == []
    assert (await chen.get("/api/search/messages", q="旧图纸"))["items"] == []
    assert [it["text"] for it in (await chen.get("/api/search/messages", q="新的"))["items"]] == [
        "新的一句",
        "新的回答",
    ]
    for path in ("/api/me/stars", f"/api/conversations/{group['id']}/pins", "/api/me/nudges"):
        for who in (zhao, chen):
            assert (await who.get(path))["items"] == []
    assert (await chen.get(f"/api/conversations/{group['id']}/shared", kind="link"))["items"] == []
    for method, tail in (("PUT", "star"), ("PUT", "pin"), ("POST", "recall"), ("GET", "versions"), ("GET", "readers")):
        assert (await lin.refused(method, f"{base}/{seq}/{tail}")).status == 404
    assert (await lin.refused("POST", base, _answer(seq))).code == "answered_unknown"
    # Who had read nothing has two messages to read; who was away learns of it; what is said next takes the next place.
    view = (await chen.get("/api/sync", since=token))["conversations"][0]
    assert (view["first_seq"], view["unread_count"], view["last_seq"]) == (answer["seq"], 2, new["seq"])
    assert "mention_seq" not in view
    assert (await chen.say(group, "又一句"))["seq"] == new["seq"] + 1
    async with db.begin() as tx:
        audit = await tx.fetch("select action, details from audit_events where action like 'retention%' order by id")
    assert [(row["action"], row["details"]["message_count"]) for row in audit] == [
        ("retention.changed", second["seq"]),
        ("retention.applied", second["seq"]),
    ]


def _answer(seq: int) -> Json:
    return {"client_id": new_client_id(), "kind": "text", "text": "答", "reply_to_seq": seq}


async def test_each_kind_of_talk_has_its_rule_and_a_talk_may_end_up_empty(
    db: Database, lin: Member, zhao: Member, chen: Member, wu: Consumer
) -> None:
    talk = await lin.direct(chen)
    last = await lin.say(talk, "同事的话")
    channel = await open_channel(zhao, "通知")
    news = await zhao.say(channel, "旧公告")
    await wu.walk_in(await lin.way(), "客户的话")
    customer = (await lin.customers())[0]["conversation_id"]
    for place, seq in ((talk, last["seq"]), (channel, news["seq"]), (customer, 9)):
        await age(db, place, seq)
    async with wu.socket() as phone, chen.socket() as socket:
        await keep(zhao, customer_days=30)
        await phone.next("removed")
        assert await wu.texts() == []
        assert await chen.texts(talk) == ["同事的话"]
        await keep(zhao, customer_days=30, staff_days=30)
        for _ in range(2):
            await socket.next("removed")
    assert await chen.texts(talk) == await chen.texts(channel) == []
    views = {it["id"]: it for it in await chen.inbox()}
    for place in (talk, channel):
        view = views[place["id"]]
        assert (view["last_message"], view["unread_count"], view["first_seq"]) == (None, 0, view["last_seq"] + 1)
    await wu.say("还在吗")
    await lin.say(talk, "新话")
    assert (await wu.texts(), await chen.texts(talk)) == (["还在吗"], ["新话"])
    assert {it["id"]: it for it in await chen.inbox()}[talk["id"]]["unread_count"] == 1


async def test_the_bytes_of_what_nobody_carries_any_more_go_and_of_what_was_forwarded_stay(
    db: Database, tmp_path: Path, lin: Member, zhao: Member, chen: Member
) -> None:
    talk, other = await lin.direct(chen), await lin.direct(zhao)
    alone = await lin.send_file(talk, b"gone", "旧的.txt")
    shared = await lin.send_file(talk, b"kept", "还在用.txt")
    bundled = await lin.send_file(talk, b"bundled", "合并的.txt")
    forwards = f"/api/conversations/{talk['id']}/forwards"
    await lin.post(
        forwards, {"client_id": new_client_id(), "seqs": [shared["seq"]], "to": [other["id"]], "way": "each"}
    )
    words = await lin.say(talk, "看附件")
    for place in (talk, other):
        wish = {"client_id": new_client_id(), "seqs": [bundled["seq"], words["seq"]], "to": [place["id"]]}
        await lin.post(forwards, wish | {"way": "merged"})
    await lin.say(talk, "新的")
    await age(db, talk, words["seq"] + 1)
    kept = {name.name for name in (tmp_path / "files").rglob("*") if name.is_file()}
    assert len(kept) == 3
    async with chen.socket() as socket:
        await keep(zhao, staff_days=30)
        await socket.next("removed")
        # Not at once: somebody might just be forwarding it.
        assert len(_bytes(tmp_path)) == 3
        for path in (alone, shared):
            file = f"/api/conversations/{talk['id']}/files/{path['file']['id']}"
            assert (await chen.refused("GET", file)).status == 404
        with clock.travel(timedelta(hours=2)):
            await keep(zhao, staff_days=31)
            await until_gone(tmp_path, 2)
    assert await zhao.get(f"/api/conversations/{other['id']}/files/{shared['file']['id']}") == b"kept"
    assert await zhao.get(f"/api/conversations/{other['id']}/files/{bundled['file']['id']}") == b"bundled"
    # The bundle's last carrier goes, and with it what was only in there.
    await lin.say(other, "新的")
    await age(db, other, 2)
    async with zhao.socket() as socket:
        with clock.travel(timedelta(hours=3)):
            await keep(zhao, staff_days=32)
            await socket.next("removed")
        for hours in (5, 7):
            with clock.travel(timedelta(hours=hours)):
                await keep(zhao, staff_days=30 + hours)
                await until_gone(tmp_path, 1 if hours == 5 else 0)
    async with db.begin() as tx:
        assert await tx.fetchval("select count(*) from bundles") == 0
        assert await tx.fetchval("select count(*) from files") == 0


def _bytes(folder: Path) -> list[Path]:
    return [path for path in (folder / "files").rglob("*") if path.is_file()]


async def until_gone(folder: Path, count: int) -> None:
    for _ in range(400):
        if len(_bytes(folder)) <= count:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(_bytes(folder))


async def test_a_rule_is_an_administrators_who_saw_what_it_removes(
    db: Database, lin: Member, zhao: Member, sun: Member, chen: Member
) -> None:
    talk = await lin.direct(chen)
    for text in ("一", "二", "三"):
        await lin.say(talk, text)
    await age(db, talk, 2)
    assert await zhao.get(PATH) == FOR_EVER | {"changed_by": None, "changed_at": None}
    wish = FOR_EVER | {"staff_days": 30}
    shown = await zhao.post(f"{PATH}/preview", wish)
    assert (shown["staff_messages"], shown["staff_conversations"], shown["customer_messages"]) == (2, 1, 0)
    assert (await sun.post(f"{PATH}/preview", wish))["staff_messages"] == 0, "another company's are not counted"
    now = clock.now()
    for who, body, status, code in (
        (lin, wish | {"as_of": shown["as_of"], "message_count": 2}, 403, "admin_only"),
        (zhao, wish | {"as_of": shown["as_of"], "message_count": 1}, 409, "removes_more"),
        (zhao, wish | {"as_of": (now - timedelta(hours=1)).isoformat(), "message_count": 2}, 409, "removes_more"),
        (zhao, wish | {"as_of": (now + timedelta(days=9)).isoformat(), "message_count": 2}, 409, "removes_more"),
        (zhao, wish | {"as_of": "jetzt", "message_count": 2}, 422, "invalid"),
        (zhao, wish, 422, "invalid"),
        (zhao, wish | {"staff_days": 29, "as_of": shown["as_of"], "message_count": 2}, 422, "invalid"),
        (zhao, wish | {"staff_days": 3661, "as_of": shown["as_of"], "message_count": 2}, 422, "invalid"),
        (zhao, {"staff_days": 30}, 422, "invalid"),
    ):
        refusal = await who.refused("PUT", PATH, body)
        assert refusal.status == status, (body, refusal)
        assert code in (refusal.code, "admin_only"), (body, refusal)
    for body in ({"staff_days": 1, "customer_days": None}, {"staff_days": 30}, {}):
        assert (await zhao.refused("POST", f"{PATH}/preview", body)).status == 422
    assert (await lin.refused("GET", PATH)).status == 403
    assert await chen.texts(talk) == ["一", "二", "三"]
    # Another company's rule removes nothing here.
    await keep(sun, staff_days=30)
    async with chen.socket() as socket:
        await keep(zhao, staff_days=30)
        await socket.next("removed")
    assert await chen.texts(talk) == ["三"]


async def test_much_goes_in_batches_while_people_talk_and_nothing_of_it_is_lost(
    db: Database, lin: Member, zhao: Member, chen: Member
) -> None:
    count = 1200
    talk = await lin.direct(chen)
    first = await lin.say(talk, "开始")
    async with db.begin() as tx:
        await tx.execute(
            "insert into messages (conversation_id, seq, company_id, sender_id, client_id, kind, body, sent_at)"
            " select conversation_id, seq + n, company_id, sender_id, gen_random_uuid(), kind, '旧' || n, sent_at"
            " from messages, generate_series(1, $2::bigint) n where conversation_id = $1",
            int(talk["id"]), count,
        )  # fmt: skip
        await tx.execute("update conversations set last_seq = last_seq + $2 where id = $1", int(talk["id"]), count)
    await age(db, talk, count + 1)
    async with chen.socket() as socket:
        await keep(zhao, staff_days=30)
        said = [await lin.say(talk, f"{number}") for number in range(20)]
        assert (await socket.next("removed"))["first_seq"] == count + 2
    assert first["seq"] == 1
    assert [it["seq"] for it in said] == [*range(count + 2, count + 22)]
    assert await chen.texts(talk) == [f"{number}" for number in range(20)]
