"""What a program sends is kept until the server has it, whatever happens to the line or to the program."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from hutong.client import Client, Closed, Outbox, OutboxInUse, Outgoing, Refused
from tests.client.relay import Relay, until
from tests.people import PATIENCE, Member, new_client_id

Bot = Callable[..., Client]


async def test_a_message_is_acknowledged_with_its_place(lin: Member, chen: Member, bot: Bot) -> None:
    talk = await lin.direct(chen)
    async with bot(chen) as client:
        assert await client.send(talk["id"], "您好") == 1
        assert await client.send(talk["id"], "车到了") == 2
        assert client.unsent == []
    assert await lin.texts(talk) == ["您好", "车到了"]


async def test_many_at_once_stand_in_the_order_of_the_calls(lin: Member, chen: Member, bot: Bot) -> None:
    talk = await lin.direct(chen)
    async with bot(chen) as client:
        seqs = await asyncio.gather(*(client.send(talk["id"], str(number)) for number in range(500)))
    assert seqs == list(range(1, 501))
    page = await lin.messages(talk, after_seq=0, limit=200)
    assert [message["text"] for message in page] == [str(number) for number in range(200)]


async def test_the_same_client_id_is_one_message(lin: Member, chen: Member, bot: Bot) -> None:
    talk, client_id = await lin.direct(chen), new_client_id()
    async with bot(chen) as client:
        twice = [client.send(talk["id"], "一次", client_id=client_id) for _ in range(2)]
        assert await asyncio.gather(*twice) == [1, 1]
        assert await client.send(talk["id"], "一次", client_id=client_id) == 1
    assert await lin.texts(talk) == ["一次"]


async def test_a_refused_message_says_why_and_holds_up_nobody(lin: Member, chen: Member, bot: Bot) -> None:
    talk = await lin.direct(chen)
    async with bot(chen) as client:
        for conversation_id, text, code in (
            ("1", "您好", "not_found"),
            (talk["id"], "  ", "empty_message"),
            (talk["id"], "长" * 9_000, "message_too_long"),
            (talk["id"], "长" * 30_000, "message_too_long"),  # more than a frame: the server would hang up
        ):
            with pytest.raises(Refused) as refused:
                await client.send(conversation_id, text)
            assert (refused.value.code, refused.value.retry) == (code, False)
        assert await client.send(talk["id"], "还在") == 1
        assert client.unsent == []


async def test_what_is_said_during_an_outage_arrives_after_it(lin: Member, chen: Member, bot: Bot, line: Relay) -> None:
    talk = await lin.direct(chen)
    async with bot(chen) as client:
        line.cut()
        said = [client.send(talk["id"], text) for text in ("一", "二", "三")]
        await asyncio.sleep(0.1)
        assert [message.text for message in client.unsent] == ["一", "二", "三"]
        line.mend(client)
        async with asyncio.timeout(PATIENCE):
            assert await asyncio.gather(*said) == [1, 2, 3]
    assert await lin.texts(talk) == ["一", "二", "三"]


async def test_a_lost_acknowledgement_makes_no_second_message(lin: Member, chen: Member, bot: Bot, line: Relay) -> None:
    talk = await lin.direct(chen)
    async with bot(chen) as client:
        line.drop = lambda frame: frame["type"] in {"ack", "message"}
        said = client.send(talk["id"], "只一次")
        await until(lambda: line.dropped)
        line.drop = lambda _: False
        line.cut()
        line.mend(client)
        async with asyncio.timeout(PATIENCE):
            assert await said == 1
    assert await lin.texts(talk) == ["只一次"]


async def test_the_outbox_survives_the_program(
    lin: Member, chen: Member, bot: Bot, line: Relay, tmp_path: Path
) -> None:
    talk, outbox = await lin.direct(chen), tmp_path / "outbox"
    async with bot(chen, outbox=outbox) as client:
        assert await client.send(talk["id"], "一") == 1
        line.cut()
        said = [client.send(talk["id"], text) for text in ("二", "三")]
    for future in said:
        with pytest.raises(Closed):
            await future
    with outbox.open("ab") as torn:
        torn.write(b'{"put":{"client_id":"torn')
    line.mend()
    async with bot(chen, outbox=outbox) as client:
        await until(lambda: not client.unsent)
    assert await lin.texts(talk) == ["一", "二", "三"]
    async with bot(chen, outbox=outbox) as client:
        assert client.unsent == []


async def test_an_outbox_belongs_to_one_program(chen: Member, bot: Bot, tmp_path: Path) -> None:
    async with bot(chen, outbox=tmp_path / "outbox"):
        with pytest.raises(OutboxInUse):
            bot(chen, outbox=tmp_path / "outbox")
    async with bot(chen, outbox=tmp_path / "outbox"):
        pass


def test_an_outbox_in_long_use_stays_small_and_keeps_what_waits(tmp_path: Path) -> None:
    path = tmp_path / "outbox"
    outbox = Outbox(path)
    waiting = Outgoing(client_id="w", conversation_id="7", text="还没送到")
    outbox.put(waiting)
    for number in range(2_000):
        outbox.put(Outgoing(client_id=str(number), conversation_id="7", text="x" * 100))
        outbox.remove(str(number))
    outbox.close()
    assert path.stat().st_size < 200_000
    again = Outbox(path)
    assert list(again) == [waiting]
    again.close()


async def test_what_the_server_calls_too_fast_is_sent_again(lin: Member, chen: Member, bot: Bot, line: Relay) -> None:
    talk, client_id = await lin.direct(chen), new_client_id()
    async with bot(chen) as client:
        line.drop = lambda frame: frame["type"] in {"ack", "message"}
        said = client.send(talk["id"], "慢一点", client_id=client_id)
        line.inject({"type": "error", "client_id": client_id, "code": "too_fast", "message": "", "retry": True})
        await until(lambda: line.dropped)
        line.drop = lambda _: False
        async with asyncio.timeout(PATIENCE):
            assert await said == 1
    assert await lin.texts(talk) == ["慢一点"]


async def test_read_marks_and_typing_reach_the_others(lin: Member, chen: Member, bot: Bot, line: Relay) -> None:
    talk = await lin.direct(chen)
    await lin.say(talk, "看到了吗")
    async with bot(chen) as client, lin.socket() as hers:
        client.typing(talk["id"])
        client.typing(talk["id"])
        assert (await hers.next("typing"))["person_id"] == chen.id
        client.mark_read(talk["id"])
        assert (await hers.next("read"))["seq"] == 1
        assert await hers.heard_nothing("typing"), "once in three seconds is enough"
        line.cut()
        await lin.say(talk, "这个呢")
        client.mark_read(talk["id"], 2)
        line.mend(client)
        assert (await hers.next("read"))["seq"] == 2, "told again when there is a line"
