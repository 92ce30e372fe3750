"""The loads in which people talk: one large group, pairs, one hot group."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from bench.load.run import Run, measured, pace
from bench.load.stream import MARK, Marks, Tally, Tokens, make_text
from bench.load.target import Client, Target, connect_all, hang_up

HALL = 1000
HALL_SENDERS = 10
HALL_WINDOW = 4
PAIRS = 500
HOT = 50
HOT_WINDOW = 4


async def fan_out(target: Target, seconds: float, rate: float | None = None) -> Run:
    """Ten people speak to a thousand on line: each keeps four messages in flight, or all together `rate` a second."""
    clients = await connect_all(target, range(HALL), group="hall")
    tally = Tally()
    ends_at, run = 0.0, Run()

    def speak(sender: int) -> None:
        clients[sender].say_in("hall", make_text(sender, run.sent, target.text_bytes))
        run.sent += 1

    def answer(sender: int) -> Callable[[], None]:
        return lambda: speak(sender) if time.monotonic() < ends_at else None

    for sender, client in enumerate(clients):
        if rate:
            client.hear(Tokens(tally))
        elif sender < HALL_SENDERS:
            client.hear(Tokens(tally, sender, answer(sender)))
        else:
            client.hear(Marks(MARK, tally.add))
    await _warm_up(tally, HALL, speak)
    if rate:
        tally.latencies = []
    async with measured(run, target, tally, receivers=HALL):
        if rate:
            async for number in pace(rate, seconds):
                speak(number % HALL_SENDERS)
        else:
            ends_at = time.monotonic() + seconds
            for sender in list(range(HALL_SENDERS)) * HALL_WINDOW:
                speak(sender)
            await asyncio.sleep(seconds)
    await _end(run, clients)
    return run


async def talk_in_pairs(target: Target, seconds: float, rate: float | None = None) -> Run:
    """Five hundred pairs: each message is answered when it has come, or `rate` a second are spread over the pairs."""
    clients = await connect_all(target, range(PAIRS * 2))
    tally = Tally()
    ends_at, run = 0.0, Run()

    def speak(sender: int) -> None:
        clients[sender].say_to(sender ^ 1, make_text(sender, run.sent, target.text_bytes))
        run.sent += 1

    def answer(sender: int) -> Callable[[], None]:
        return lambda: speak(sender) if time.monotonic() < ends_at else None

    for person, client in enumerate(clients):
        client.hear(Tokens(tally, person ^ 1, answer(person), only=True))
    await _warm_up(tally, 1, speak)
    if rate:
        tally.latencies = []
    async with measured(run, target, tally, receivers=1, rows=target.rows_a_direct):
        if rate:
            async for number in pace(rate, seconds):
                turn, pair = divmod(number, PAIRS)
                speak(pair * 2 + turn % 2)
        else:
            ends_at = time.monotonic() + seconds
            for pair in range(PAIRS):
                speak(pair * 2)
            await asyncio.sleep(seconds)
    await _end(run, clients)
    return run


async def type_all_at_once(target: Target, ack: bytes, seconds: float) -> Run:
    """Fifty people in one group, each with four messages in flight; counted is what the server acknowledges."""
    clients = await connect_all(target, range(HOT))
    acks, heard = Tally(), Tally()
    ends_at, run = 0.0, Run()

    def speak(sender: int) -> None:
        clients[sender].say_in("hot", make_text(sender, run.sent, target.text_bytes))
        run.sent += 1

    def listen(sender: int) -> Callable[[bytes], None]:
        def acknowledged(count: int) -> None:
            acks.add(count)
            if time.monotonic() < ends_at:
                for _ in range(count):
                    speak(sender)

        count_acks, count_messages = Marks(ack, acknowledged), Marks(MARK, heard.add)

        def hear(data: bytes) -> None:
            count_messages(data)
            count_acks(data)

        return hear

    for sender, client in enumerate(clients):
        client.hear(listen(sender))
    await _warm_up(heard, HOT, speak)
    heard.count = 0
    async with measured(run, target, acks, receivers=1):
        ends_at = time.monotonic() + seconds
        for sender in list(range(HOT)) * HOT_WINDOW:
            speak(sender)
        await asyncio.sleep(seconds)
    if heard.count != run.sent * HOT:
        run.faults.append(f"{heard.count} deliveries of {run.sent * HOT}")
    await _end(run, clients)
    return run


async def _warm_up(tally: Tally, receivers: int, speak: Callable[[int], None], count: int = 8) -> None:
    """A few messages that are not measured: plans are made, code is loaded."""
    await asyncio.sleep(0.5)
    for number in range(count):
        speak(number)
        await asyncio.sleep(0.02)
    if not await tally.reach(count * receivers, 30):
        raise TimeoutError(f"of the first {count} messages {tally.count} arrived, not {count * receivers}")
    await asyncio.sleep(0.5)


async def _end(run: Run, clients: list[Client]) -> None:
    lost = sum(client.is_lost for client in clients)
    if lost:
        run.faults.append(f"{lost} connections lost")
    await hang_up(clients)
