"""Read marks: how far each has read, written many at once, told to those who need to hear it."""

import asyncio
from contextlib import AsyncExitStack

from hutong.core.db import Database
from tests.messaging.crowd import gather_crowd, sign_in
from tests.people import Json, Member, Socket, id_of


async def next_number(db: Database) -> int:
    """Of the transactions that write: each takes the next one."""
    async with db.begin() as tx:
        return int(await tx.fetchval("select pg_current_xact_id()::text"))


async def marks_of(who: Member, talk: Json) -> dict[str, int]:
    page = await who.get(f"/api/conversations/{id_of(talk)}/participants", limit=200)
    return {item["person"]["id"]: item["read_seq"] for item in page["items"]}


def read(talk: Json, seq: int) -> Json:
    return {"type": "read", "conversation_id": id_of(talk), "seq": seq}


async def test_many_who_read_at_once_cost_few_transactions(db: Database, lin: Member, zhao: Member) -> None:
    group = await lin.group("一百五十人", zhao)
    crowd = await gather_crowd(db, group, 150)
    said = await lin.say(group, "大家看一下")
    async with AsyncExitStack() as stack:
        sockets = [
            await stack.enter_async_context(zhao.socket(headers=await sign_in(db, colleague))) for colleague in crowd
        ]
        before = await next_number(db)
        await asyncio.gather(*(socket.send(read(group, said["seq"])) for socket in sockets))
        for socket in sockets:
            for _ in crowd:
                await socket.next("read")
        written = await next_number(db) - before - 1
    marks = await marks_of(lin, group)
    assert all(marks[colleague.id] == said["seq"] for colleague in crowd)
    assert written < 50, "150 one by one"
    assert (marks[lin.id], marks[zhao.id]) == (said["seq"], 0)


async def test_of_several_marks_at_once_the_highest_stays(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    for word in "一二三四五六":
        await lin.say(talk, word)
    async with chen.socket() as his, lin.socket() as hers:
        for seq in (2, 5, 3, 1, 4):
            await his.send(read(talk, seq))
        await hers.next("read", lambda frame: frame["seq"] == 5)
        await his.heard()
        assert await hers.heard_nothing("read"), "nothing after the highest"
    assert (await marks_of(lin, talk))[chen.id] == 5


async def test_who_is_not_in_it_fails_alone(lin: Member, zhao: Member, chen: Member) -> None:
    talk = await lin.direct(zhao)
    seq = (await lin.say(talk, "两个人的话"))["seq"]
    async with zhao.socket() as hers, chen.socket() as his:
        await asyncio.gather(his.send(read(talk, seq)), hers.send(read(talk, seq)), his.send(read(talk, 10**15)))
        assert (await his.next("error"))["code"] == "not_found"
        assert (await his.next("error"))["code"] == "not_found"
        await hers.next("read")
        await his.send(read({"id": "4611686018427387904"}, 1))
        assert (await his.next("error"))["code"] == "not_found"
    assert await marks_of(lin, talk) == {lin.id: seq, zhao.id: seq}


async def test_up_to_two_hundred_all_hear_how_far_one_has_read_beyond_only_one_self(
    db: Database, lin: Member, zhao: Member
) -> None:
    group = await lin.group("不大不小", zhao)
    await gather_crowd(db, group, 198)
    seq = (await lin.say(group, "两百人"))["seq"]
    async with lin.socket() as hers, zhao.socket() as phone, zhao.socket() as desk:
        await zhao.read(group, seq)
        for socket in (hers, phone, desk):
            assert await socket.next("read") == read(group, seq) | {"person_id": zhao.id}
        await gather_crowd(db, group, 1)
        seq = (await lin.say(group, "两百零一人"))["seq"]
        await phone.send(read(group, seq))
        for socket in (phone, desk):
            assert (await socket.next("read"))["seq"] == seq
        assert await hers.heard_nothing("read")


async def test_reading_and_speaking_at_once_stop_nobody(db: Database, lin: Member, zhao: Member, chen: Member) -> None:
    """Both write the same participants' rows, in batches of many people."""
    groups = [await lin.group(f"热闹{number}", zhao, chen) for number in range(3)]
    crowds = [await gather_crowd(db, group, 10) for group in groups]

    async def talk_and_read(socket: Socket, group: Json) -> None:
        for _ in range(15):
            ack = await socket.say(group, "嗯")
            assert ack["type"] == "ack", ack
            await socket.send(read(group, ack["seq"]))

    async with AsyncExitStack() as stack:
        talks = []
        for group, crowd in zip(groups, crowds, strict=True):
            for colleague in crowd:
                headers = await sign_in(db, colleague)
                talks.append((await stack.enter_async_context(lin.socket(headers=headers)), group))
        await asyncio.gather(*(talk_and_read(socket, group) for socket, group in talks))
        for socket, _ in talks:
            assert not [frame for frame in await socket.heard() if frame["type"] == "error"]
        for group in groups:
            await chen.read(group, 10**15)
            assert (await chen.get(f"/api/conversations/{group['id']}"))["unread_count"] == 0
    async with db.begin() as tx:
        assert await tx.fetchval("select deadlocks from pg_stat_database where datname = current_database()") == 0
