"""One person's app: opened after a long absence, and caught up after a night."""

from __future__ import annotations

import asyncio
import http.client
import json
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from bench.load.stream import Marks, Tally
from bench.meter import Meter
from bench.targets.hutong import ACK, Hutong

# What the staff app asks for before it can be used: app/session.ts and features/messaging/state/messenger.ts there.
OPENING = ("/api/me", "/api/sync", "/api/contacts?limit=200")
TIMES = 20
TURNS = 3


@dataclass(frozen=True)
class Opening:
    size: int
    wall_ms: float
    cpu_ms: float


@dataclass(frozen=True)
class CatchUp:
    requests: int
    wall_ms: float


class Browser:
    """One keep-alive connection with a session's cookie that takes gzip."""

    def __init__(self, hutong: Hutong, person: int) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", hutong.port, timeout=30)
        self._headers = {"Cookie": f"hutong_session={hutong.world.tokens[person]}"}

    def get(self, path: str, **headers: str) -> bytes:
        self._line.request("GET", path, headers=self._headers | headers)
        answer = self._line.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {body[:300]!r}")
        return body

    def ask(self, path: str) -> Any:
        return json.loads(self.get(path))

    def load(self, paths: Sequence[str]) -> tuple[int, float]:
        """The bytes of the answers as they came over the line, and the milliseconds until the last was there."""
        begin = time.perf_counter()
        size = sum(len(self.get(path, **{"Accept-Encoding": "gzip"})) for path in paths)
        return size, (time.perf_counter() - begin) * 1000


def open_app(hutong: Hutong) -> Opening:
    browser = Browser(hutong, hutong.world.opener)
    browser.load(OPENING)
    meter = Meter(hutong.roots)
    openings = [browser.load(OPENING) for _ in range(TIMES)]
    cpu_ms = meter.read().server / TIMES * 1000
    return Opening(openings[0][0], statistics.median(wall_ms for _, wall_ms in openings), cpu_ms)


async def catch_up(hutong: Hutong) -> CatchUp:
    """A colleague speaks in 200 of the 500 conversations while nobody is there; then the one request that tells all."""
    browser = Browser(hutong, hutong.world.opener)
    token = browser.ask("/api/sync")["token"]
    groups = hutong.world.opener_groups
    await _speak_in_each(hutong, groups)
    path = f"/api/sync?since={quote(token)}"
    answer = browser.ask(path)
    told = {conversation["id"] for conversation in answer["conversations"]}
    if answer["is_full"] or told != {str(id_) for id_ in groups}:
        raise RuntimeError(f"catching up told of {len(told)} conversations, not of the {len(groups)} that were active")
    return CatchUp(1, statistics.median(browser.load([path])[1] for _ in range(TIMES)))


async def _speak_in_each(hutong: Hutong, groups: Sequence[int]) -> None:
    client = await hutong.connect(hutong.world.chatty)
    acknowledged = Tally()
    client.hear(Marks(ACK, acknowledged.add))
    for turn in range(TURNS):
        for id_ in groups:
            client.send(id_, f"夜里的第{turn}句".encode())
        # Not faster than one socket may speak.
        await asyncio.sleep(len(groups) / 150)
    if not await acknowledged.reach(TURNS * len(groups), 30):
        raise RuntimeError(f"{acknowledged.count} of {TURNS * len(groups)} messages of the night were acknowledged")
    client.close()
