"""One client that says too much, opens too much or reads too little costs itself, and nobody else."""

import asyncio
import json
import statistics
from contextlib import AsyncExitStack, suppress

from websockets.exceptions import ConnectionClosed

from hutong.core import metrics
from hutong.gateway import protocol
from hutong.roles.serve import Network
from tests.people import Member, Socket, new_client_id


async def test_a_flood_is_read_slower_and_every_word_of_it_still_gets_its_answer(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    await lin.say(talk, "开始")
    beyond = 3 * protocol.FRAMES_PER_SECOND
    count = protocol.FRAMES_AT_ONCE + beyond
    loop = asyncio.get_running_loop()
    async with lin.socket() as socket:
        began = loop.time()
        for n in range(count):
            await socket.send(_word(talk["id"], f"{n}" + "长" * 250))
        answers = [await _answer(socket) for _ in range(count)]
        took = loop.time() - began
    refused = [answer for answer in answers if answer["type"] == "error"]
    assert {answer["code"] for answer in refused} <= {"too_fast"}
    assert all(answer["retry"] for answer in refused)
    # What the kernel had read already is answered; the rest waits until the socket has earned it.
    assert took > 0.25 * beyond / protocol.FRAMES_PER_SECOND, "what went beyond its share had to wait"
    kept = await lin.get(f"/api/conversations/{talk['id']}")
    assert kept["last_seq"] == 1 + count - len(refused)


async def test_a_flood_does_not_slow_the_others_down(lin: Member, chen: Member, zhao: Member, sun: Member) -> None:
    hers, loud = await zhao.direct(chen), await lin.direct(chen)
    for who, talk in ((zhao, hers), (lin, loud)):
        await who.say(talk, "开始")
    async with zhao.socket() as calm, lin.socket() as flooding:
        quiet = await _waits(calm, hers["id"])
        flood = asyncio.create_task(_flood(flooding, loud["id"]))
        loudly = await _waits(calm, hers["id"])
        flood.cancel()
    # Medians: the tails of a busy test machine say nothing. The benchmark has the p99.
    assert statistics.median(loudly) < 5 * statistics.median(quiet) + 0.02


async def test_pings_are_answered_in_their_order_and_count_as_what_is_said(lin: Member) -> None:
    loop = asyncio.get_running_loop()
    async with lin.socket() as socket:
        began = loop.time()
        beyond = 3 * protocol.FRAMES_PER_SECOND
        for n in range(protocol.FRAMES_AT_ONCE + beyond):
            answered = await socket._connection.ping(f"{n:0125d}")
        await asyncio.wait_for(answered, 60)
        assert loop.time() - began > 0.25 * beyond / protocol.FRAMES_PER_SECOND
        assert await socket.heard_nothing("error")


async def test_the_oldest_socket_of_a_person_makes_room_when_there_are_too_many(lin: Member) -> None:
    async with AsyncExitStack() as stack:
        sockets = [await stack.enter_async_context(lin.socket()) for _ in range(protocol.MAX_SOCKETS + 1)]
        assert await sockets[0].close_code() == protocol.Close.TOO_MANY_SOCKETS
        assert await sockets[-1].heard_nothing("error")


async def test_a_frame_over_the_limit_closes_its_socket_alone(lin: Member, chen: Member, network: Network) -> None:
    async with lin.socket() as hers, chen.socket() as his:
        with suppress(ConnectionClosed, OSError):  # hung up on in the middle of it
            await hers.send_text('{"type":"ping","x":"' + "长" * 3_500_000 + '"}')
        assert await hers.close_code() in {1009, 1006}
        assert await his.heard_nothing("error")
    assert network.live.hub.session_count == 0
    assert b'hutong_closes_total{reason="too_large"}' in metrics.exposition()


def _word(conversation_id: str, text: str) -> dict[str, str | None]:
    return {
        "type": "send",
        "client_id": new_client_id(),
        "conversation_id": conversation_id,
        "kind": "text",
        "text": text,
    }


async def _answer(socket: Socket) -> dict[str, object]:
    while True:
        async with asyncio.timeout(60):
            frame = json.loads(await socket._connection.recv())
        if frame["type"] in {"ack", "error"}:
            return dict(frame)


async def _waits(socket: Socket, conversation_id: str) -> list[float]:
    """How long each of forty words waits for its acknowledgement."""
    loop, waits = asyncio.get_running_loop(), []
    for n in range(40):
        began = loop.time()
        assert (await socket.say(conversation_id, str(n)))["type"] == "ack"
        waits.append(loop.time() - began)
    return waits


async def _flood(socket: Socket, conversation_id: str) -> None:
    while True:
        await socket.send(_word(conversation_id, "吵"))
