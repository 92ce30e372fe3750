"""Pairs who talk beside one client that says too much."""

from __future__ import annotations

import asyncio
import statistics

from bench.load.run import Run
from bench.load.stream import Marks, Tally
from bench.load.talk import talk_in_pairs
from bench.load.target import hang_up
from bench.targets.hutong import ACK, Hutong, HutongClient

# What waits before the line: more would only be the generator's memory.
_WAITING_BYTES = 1_000_000
_ROUNDS = 5


async def compare(target: Hutong, seconds: float, rate: float) -> tuple[list[Run], list[Run]]:
    """Rounds of quiet and of flood by turns, `seconds` of each. A machine that is busy for a moment is busy in one
    round, and the middle one tells."""
    quiet, flooded = [], []
    for _ in range(_ROUNDS):
        quiet.append(await talk_in_pairs(target, seconds / _ROUNDS, rate))
        flooded.append(await _talk_beside_a_flood(target, seconds / _ROUNDS, rate))
    return quiet, flooded


def middle_p99_ms(runs: list[Run]) -> float:
    return statistics.median(run.p99_ms for run in runs)


async def _talk_beside_a_flood(target: Hutong, seconds: float, rate: float) -> Run:
    """Pairs at `rate` a second, while one more client says one and the same message again and again, without end."""
    flooder = await target.connect(0)
    answers = Tally()
    flooder.hear(Marks(ACK, answers.add))
    flooder.say_to(1, b"said once")
    if not await answers.reach(1, 30):
        raise TimeoutError("the flood could not begin")
    flood = asyncio.create_task(_flood(flooder))
    try:
        return await talk_in_pairs(target, seconds, rate)
    finally:
        flood.cancel()
        await hang_up([flooder])


async def _flood(client: HutongClient) -> None:
    """As fast as the line takes it, up to 20,000 frames a second."""
    while True:
        if client.waits_to_be_sent < _WAITING_BYTES:
            client.repeat(100)
        await asyncio.sleep(0.005)
