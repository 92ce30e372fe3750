"""A message: said once, in its place, heard by those who are in it, and by nobody else."""

import asyncio
import uuid

import pytest

from hutong.core.db import Database, Tx
from tests.people import Member, new_client_id


async def test_what_one_says_the_other_hears_at_once_and_finds_later(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    async with lin.socket() as hers, chen.socket() as his:
        ack = await hers.say(talk, "座舱新版本什么时候出?")
        heard = (await his.next("message"))["message"]
        echo = (await hers.next("message"))["message"]
    assert heard == echo
    assert (heard["seq"], heard["text"], heard["sender_id"]) == (ack["seq"], "座舱新版本什么时候出?", lin.id)
    assert await chen.messages(talk) == [heard]


async def test_the_same_client_id_is_one_message_over_socket_and_http(lin: Member, chen: Member) -> None:
    talk, client_id = await lin.direct(chen), new_client_id()
    async with lin.socket() as socket:
        first = await socket.say(talk, "一次", client_id=client_id)
        again = await socket.say(talk, "另一句,同一个编号", client_id=client_id)
    assert (again["seq"], again["sent_at"]) == (first["seq"], first["sent_at"])
    body = {"client_id": client_id, "kind": "text", "text": "第三次"}
    answer = await lin.request("POST", f"/api/conversations/{talk['id']}/messages", body)
    assert answer.status_code == 200
    assert answer.json()["text"] == "一次", "a repetition answers with what was said first"
    assert await lin.texts(talk) == ["一次"]


async def test_the_same_client_id_fifty_times_at_once_is_one_message(lin: Member, chen: Member) -> None:
    talk, client_id = await lin.direct(chen), new_client_id()
    answers = await asyncio.gather(*(lin.say(talk, "同时", client_id=client_id) for _ in range(50)))
    assert {answer["seq"] for answer in answers} == {1}
    assert await chen.texts(talk) == ["同时"]


async def test_sends_that_arrive_together_get_gapless_places_in_each_conversation(
    lin: Member, zhao: Member, chen: Member
) -> None:
    talks = [await lin.direct(chen), await lin.direct(zhao), await lin.group("三个人", zhao, chen)]
    async with lin.socket() as socket:
        for number in range(50):
            for talk in talks:
                await socket.send(
                    {"type": "send", "client_id": new_client_id(), "conversation_id": talk["id"], "kind": "text",
                     "text": str(number)}
                )  # fmt: skip
        for _ in range(150):
            await socket.next("ack")
    for talk in talks:
        messages = await lin.messages(talk, limit=200)
        assert [m["seq"] for m in messages] == list(range(1, len(messages) + 1))
        assert [m["text"] for m in messages if m["kind"] == "text"] == [str(n) for n in range(50)], "in the order sent"


async def test_a_flood_beyond_what_one_socket_may_have_under_way_is_told_to_wait(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    frame = {"type": "send", "conversation_id": talk["id"], "kind": "text", "text": "洪水"}
    async with lin.socket() as socket:
        frames = [frame | {"client_id": new_client_id()} for _ in range(400)]
        await asyncio.gather(*(socket.send(one) for one in frames))
        answers = [f for f in [await socket.receive() for _ in range(400)] if f["type"] in {"ack", "error"}]
        while len(answers) < 400:
            one = await socket.receive()
            answers += [one] if one["type"] in {"ack", "error"} else []
    acknowledged = [answer for answer in answers if answer["type"] == "ack"]
    refused = [answer for answer in answers if answer["type"] == "error"]
    assert all(answer["code"] == "too_fast" and answer["retry"] for answer in refused)
    assert len(await lin.messages(talk, limit=200)) == min(200, len(acknowledged))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty_message"),
        ("   \n\t", "empty_message"),
        ("\u200b\u200e", "empty_message"),
        ("长" * 8001, "message_too_long"),
    ],
)
async def test_what_is_no_message_is_refused_with_its_reason(lin: Member, chen: Member, text: str, code: str) -> None:
    talk = await lin.direct(chen)
    body = {"client_id": new_client_id(), "kind": "text", "text": text}
    assert (await lin.refused("POST", f"/api/conversations/{talk['id']}/messages", body))[:2] == (422, code)
    async with lin.socket() as socket:
        error = await socket.say(talk, text)
    assert (error["type"], error["code"], error["retry"]) == ("error", code, False)
    assert await lin.messages(talk) == []


@pytest.mark.parametrize(
    "text", ["8000", "null \x00 inside", "👨‍👩‍👧 🚗", "<script>alert(1)</script>", "\u202egnp.exe"]
)
async def test_any_text_comes_back_as_text(lin: Member, chen: Member, text: str) -> None:
    talk = await lin.direct(chen)
    said = "长" * 8000 if text == "8000" else text
    await lin.say(talk, said)
    assert await chen.texts(talk) == [said.replace("\x00", "")]


async def test_strangers_colleagues_and_other_companies_find_the_same_nothing(
    lin: Member, zhao: Member, chen: Member, sun: Member
) -> None:
    talk = await lin.direct(chen)
    await lin.say(talk, "只有我们")
    absent = "123456789"
    for who in (zhao, sun):
        for path in ("", "/messages", "/participants"):
            refusal = await who.refused("GET", f"/api/conversations/{talk['id']}{path}")
            assert refusal == await who.refused("GET", f"/api/conversations/{absent}{path}")
            assert refusal[:2] == (404, "not_found")
        body = {"client_id": new_client_id(), "kind": "text", "text": "我也在?"}
        assert (await who.refused("POST", f"/api/conversations/{talk['id']}/messages", body)).status == 404
        async with who.socket() as socket:
            assert (await socket.say(talk, "我也在?"))["code"] == "not_found"
            await lin.say(talk, "还是只有我们")
            assert await socket.heard_nothing("message")
    assert await lin.texts(talk) == ["只有我们", "还是只有我们", "还是只有我们"]


async def test_one_refused_message_does_not_stop_those_it_is_gathered_with(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    path = f"/api/conversations/{talk['id']}/messages"
    good = [{"client_id": new_client_id(), "kind": "text", "text": str(n)} for n in range(20)]
    bad = [{"client_id": new_client_id(), "kind": "file", "file_id": str(n + 1)} for n in range(20)]
    answers = await asyncio.gather(
        *(lin.request("POST", path, body) for pair in zip(good, bad, strict=True) for body in pair)
    )
    assert [answer.status_code for answer in answers] == [201, 422] * 20
    assert sorted(await lin.texts(talk), key=int) == [str(n) for n in range(20)]


async def test_a_batch_of_messages_is_one_statement(lin: Member, chen: Member, db: Database) -> None:
    """The whole batch, whatever its size, is one: lock and write, and nothing a message."""
    from hutong.messaging.actions.send import write_messages
    from hutong.messaging.model import Draft

    talk = await lin.direct(chen)
    await lin.say(talk, "第一句")
    async with db.begin() as tx:
        company_id = await tx.fetchval("select company_id from conversations where id = $1", int(talk["id"]))
        counting = _Counting(tx)
        drafts = [
            Draft(conversation_id=int(talk["id"]), sender_id=int(lin.id), company_id=company_id,
                  client_id=uuid.uuid4(), kind="text", body=str(n))
            for n in range(300)
        ]  # fmt: skip
        await write_messages(counting, drafts)  # type: ignore[arg-type]  # counts, then does the same
    assert counting.statements == 1


class _Counting:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self.statements = 0

    def __getattr__(self, name: str) -> object:
        if name in {"fetch", "fetchrow", "fetchval", "execute"}:
            self.statements += 1
        return getattr(self._tx, name)
