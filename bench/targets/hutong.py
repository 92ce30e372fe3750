"""Hutong itself: `hutong serve` in a folder of its own, filled with a company of the size asked for."""

from __future__ import annotations

import asyncio
import http.client
import random
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import asyncpg

from bench.load.target import Target
from bench.targets.company import World, furnish
from bench.targets.process import Process, environment, free_port
from bench.targets.websocket import TEXT, WebSocketClient, mask_head
from hutong.core.postgres import find_dsn
from hutong.roles.serve import INDEXER

_UNINDEXED = (
    "select exists (select from conversations c left join indexed_conversations i on i.conversation_id = c.id"
    " where c.last_seq > coalesce(i.indexed_seq, 0))"
)
ACK = b'"type":"ack"'
_WELCOME = b'"type":"welcome"'


class HutongClient(WebSocketClient):
    def __init__(self, person: int, world: World) -> None:
        super().__init__(person)
        self._world = world
        it = f"{random.getrandbits(80):020x}"
        self._client_ids = f"{it[:8]}-{it[8:12]}-4{it[13:16]}-8{it[17:20]}-"
        self._frames: dict[tuple[int, int], bytes] = {}
        self._said = b""

    def say_in(self, group: str, text: bytes) -> None:
        self.send(self._world.groups[group], text)

    def say_to(self, person: int, text: bytes) -> None:
        self.send(self._world.pairs[person // 2], text)

    def send(self, conversation_id: int, text: bytes) -> None:
        key = (conversation_id, len(text))
        frame = self._frames.get(key) or self._frames.setdefault(key, self._frame(*key))
        self._said = frame % (random.getrandbits(48), text)
        self.write(self._said)

    def repeat(self, times: int) -> None:
        """The last message, word for word and under the same client id."""
        self.write(self._said * times)

    def _frame(self, conversation_id: int, text_bytes: int) -> bytes:
        """A frame in which the end of the client id and the text are missing: the rest is the same each time."""
        head = (
            f'{{"type":"send","conversation_id":"{conversation_id}","kind":"text","client_id":"{self._client_ids}'
        ).encode()
        tail = b'%012x","text":"%b"}'
        size = len(head) + len(tail % (0, b"")) + text_bytes
        return (mask_head(size, TEXT) + head).replace(b"%", b"%%") + tail


class Hutong(Target):
    name = "hutong"

    def __init__(self, folder: Path, server_args: list[str]) -> None:
        self._data = folder / "data"
        self._log = folder / "server.log"
        self._server_args = server_args
        self._server: Process | None = None
        self.port = free_port()
        self.world = World()

    async def start(self, members: int, furnish: Callable[[str, int], Awaitable[World]] = furnish) -> None:
        """A new company with that many members and their conversations; the server runs when it returns."""
        self._program("init", "lanting", "蓝汀汽车", "--password-stdin", "--data", str(self._data))
        self.run()
        self.world = await furnish(self.dsn, members)

    def run(self) -> None:
        """The server alone, on the data that is there."""
        arguments = ["serve", "--data", str(self._data), "--port", str(self.port), *self._server_args]
        self._server = Process([_hutong(), *arguments], self._log, env=environment() | {"HUTONG_LOG_LEVEL": "warning"})
        self._server.wait_until(self._is_well)

    def stop(self) -> None:
        if self._server is not None:
            self._server.stop()
            self._server = None

    @property
    def dsn(self) -> str:
        dsn = find_dsn(self._data)
        if dsn is None:
            raise RuntimeError("the server's database does not run")
        return dsn

    def roots(self) -> list[int]:
        assert self._server is not None
        return [self._server.pid]

    async def connect(self, person: int, address: str | None = None) -> HutongClient:
        client = HutongClient(person, self.world)
        await client.upgrade(self.port, "/ws", f"Cookie: hutong_session={self.world.tokens[person]}\r\n", address)
        await client.expect(_WELCOME)
        return client

    async def stored(self) -> int:
        connection = await asyncpg.connect(self.dsn)
        try:
            count: int = await connection.fetchval("select count(*) from messages")
            return count
        finally:
            await connection.close()

    async def settle(self) -> list[int]:
        """The index of words follows the messages at its own pace, over a connection of its own."""
        connection = await asyncpg.connect(self.dsn)
        try:
            for _ in range(600):
                if not await connection.fetchval(_UNINDEXED):
                    break
                await asyncio.sleep(0.2)
            rows = await connection.fetch("select pid from pg_stat_activity where application_name = $1", INDEXER)
            return [row["pid"] for row in rows]
        finally:
            await connection.close()

    def _program(self, *arguments: str) -> None:
        done = subprocess.run(
            [_hutong(), *arguments], input=b"a password of the benchmark\n", env=environment(), check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"hutong {arguments[0]}: {done.stdout.decode(errors='replace')}")

    def _is_well(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=1)
        with suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        time.sleep(0.05)
        return False


def _hutong() -> str:
    return str(Path(sys.executable).with_name("hutong"))
