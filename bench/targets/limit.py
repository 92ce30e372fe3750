"""limit_server.py as a target, on the PostgreSQL that Hutong carries."""

from __future__ import annotations

import sys
import zlib
from pathlib import Path

import asyncpg

from bench.load.target import Client, Target
from bench.targets.process import Process, environment, free_port
from bench.targets.websocket import BINARY, WebSocketClient, masked
from hutong.core.postgres import Postgres

_OK = b"OK"


def _group_id(name: str) -> bytes:
    return zlib.crc32(name.encode()).to_bytes(4, "big")


class LimitClient(WebSocketClient):
    def say_in(self, group: str, text: bytes) -> None:
        self.write(masked(b"G" + _group_id(group) + text, BINARY))

    def say_to(self, person: int, text: bytes) -> None:
        self.write(masked(b"D" + person.to_bytes(4, "big") + text, BINARY))


class Limit(Target):
    """`gather_ms`: what a socket is owed within this time leaves in one write; None sends each message by itself."""

    name = "limit"
    # Frames of about two hundred bytes, as those of a real protocol around a hundred bytes of text.
    text_bytes = 180

    def __init__(self, folder: Path, gather_ms: float | None) -> None:
        self._postgres = Postgres(folder / "limit")
        self._postgres.start()
        self._port = free_port()
        command = [sys.executable, "-m", "bench.targets.limit_server", str(self._port), self._postgres.dsn()]
        if gather_ms is not None:
            command += ["--gather", str(gather_ms)]
        self._server = Process(command, folder / "limit.log", env=environment())
        self._server.wait_for_port(self._port)

    def stop(self) -> None:
        self._server.stop()
        self._postgres.stop()

    def roots(self) -> list[int]:
        assert self._postgres.pid is not None
        return [self._server.pid, self._postgres.pid]

    async def connect(self, person: int, address: str | None = None) -> LimitClient:
        client = LimitClient(person)
        await client.upgrade(self._port, "/", "", address)
        client.write(masked(b"H" + person.to_bytes(4, "big"), BINARY))
        await client.expect(_OK)
        return client

    async def join(self, client: Client, group: str) -> None:
        client.write(masked(b"J" + _group_id(group), BINARY))
        await client.expect(_OK)

    async def stored(self) -> int:
        connection = await asyncpg.connect(self._postgres.dsn())
        try:
            count: int = await connection.fetchval("select count(*) from messages")
            return count
        finally:
            await connection.close()
