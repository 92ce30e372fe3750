"""The limit: a bare picows loop that stores each message in PostgreSQL and then sends it, and does nothing else.

No sign-in, no rights, no acknowledgements, no JSON. Client to server, binary: `H` person (hello), `J` group (join),
`G` group text, `D` person text. Back: the same head, a running number of eight bytes, the text.

    python -m bench.targets.limit_server PORT DSN [--gather MILLISECONDS]
"""

from __future__ import annotations

import argparse
import asyncio
import os
import struct
from collections import defaultdict
from typing import Any

import asyncpg
import uvloop
from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_create_server

_HEAD = struct.Struct(">cIQ")
_ID = struct.Struct(">I")
_BATCH = 1000
_Message = tuple[bytes, int, int, bytes]  # kind, group or person, sender, text


class Server:
    def __init__(self, store: Any, gather_seconds: float | None) -> None:
        self._store = store
        self._gather_seconds = gather_seconds
        self._queue: list[_Message] = []
        self._wake = asyncio.Event()
        self._numbers: dict[int, int] = defaultdict(int)
        self._owed: dict[tuple[bytes, int], list[bytes]] = {}
        self.groups: dict[int, list[Connection]] = defaultdict(list)
        self.people: dict[int, Connection] = {}

    def take(self, message: _Message) -> None:
        self._queue.append(message)
        self._wake.set()

    async def write_for_ever(self) -> None:
        """One transaction at a time for all that wait; what is stored is delivered."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._queue:
                batch, self._queue = self._queue[:_BATCH], self._queue[_BATCH:]
                rows = [(self._conversation(message), message) for message in batch]
                numbers = [self._next(conversation) for conversation, _ in rows]
                await self._store.fetch(
                    [conversation for conversation, _ in rows], numbers,
                    [sender for _, (_, _, sender, _) in rows], [text for _, (_, _, _, text) in rows],
                )  # fmt: skip
                for (kind, to, _, text), number in zip(batch, numbers, strict=True):
                    self._deliver(kind, to, _HEAD.pack(kind, to, number) + text)

    def _conversation(self, message: _Message) -> int:
        kind, to, sender, _ = message
        return to if kind == b"G" else -(min(to, sender) * 100_000 + max(to, sender) + 1)

    def _next(self, conversation: int) -> int:
        self._numbers[conversation] += 1
        return self._numbers[conversation]

    def _deliver(self, kind: bytes, to: int, payload: bytes) -> None:
        if self._gather_seconds is None:
            for connection in self._receivers(kind, to):
                connection.transport.send(WSMsgType.BINARY, payload)
            return
        if not self._owed:
            asyncio.get_running_loop().call_later(self._gather_seconds, self._flush)
        size = len(payload)
        head = bytes((0x82, size)) if size < 126 else b"\x82\x7e" + size.to_bytes(2, "big")
        self._owed.setdefault((kind, to), []).append(head + payload)

    def _flush(self) -> None:
        owed, self._owed = self._owed, {}
        for (kind, to), frames in owed.items():
            joined = b"".join(frames)
            for connection in self._receivers(kind, to):
                connection.write(joined)

    def _receivers(self, kind: bytes, to: int) -> list[Connection]:
        return self.groups[to] if kind == b"G" else [self.people[to]] if to in self.people else []


class Connection(WSListener):
    __slots__ = ("_descriptor", "_joined", "_person", "_server", "_stream", "transport")

    def __init__(self, server: Server) -> None:
        super().__init__()
        self._server = server
        self._person = 0
        self._joined: list[int] = []

    def on_ws_connected(self, transport: WSTransport) -> None:
        self.transport = transport
        self._stream = transport.underlying_transport
        self._descriptor = self._stream.get_extra_info("socket").fileno()

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type != WSMsgType.BINARY:
            transport.disconnect()
            return
        payload = frame.get_payload_as_bytes()
        kind, named = payload[:1], _ID.unpack_from(payload, 1)[0]
        if kind in {b"G", b"D"}:
            self._server.take((kind, named, self._person, payload[5:]))
        elif kind == b"H":
            self._person = named
            self._server.people[named] = self
            transport.send(WSMsgType.BINARY, b"OK")
        else:
            self._server.groups[named].append(self)
            self._joined.append(named)
            transport.send(WSMsgType.BINARY, b"OK")

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        del transport
        self._server.people.pop(self._person, None)
        for group in self._joined:
            self._server.groups[group].remove(self)

    def write(self, frames: bytes) -> None:
        """Straight to the socket while it takes everything."""
        sent = 0
        if not self._stream.get_write_buffer_size():
            try:
                sent = os.write(self._descriptor, frames)
            except BlockingIOError:
                sent = 0
            except OSError:
                return
        if sent < len(frames):
            self._stream.write(frames[sent:])


async def serve(port: int, dsn: str, gather_ms: float | None) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute(
        "create table if not exists messages (conversation_id bigint, seq bigint, sender_id bigint, body bytea,"
        " sent_at timestamptz not null default now(), primary key (conversation_id, seq))"
    )
    insert = await connection.prepare(
        "insert into messages select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bytea[])"
    )
    server = Server(insert, None if gather_ms is None else gather_ms / 1000)
    writing = asyncio.create_task(server.write_for_ever())
    # A server that cannot store any more must not go on as if it could.
    writing.add_done_callback(lambda _: os._exit(3))
    listening = await ws_create_server(
        lambda _: Connection(server), "127.0.0.1", port, backlog=4096, websocket_handshake_timeout=30,
        read_buffer_init_size=1024, use_aiofastnet=False,
    )  # fmt: skip
    await listening.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("port", type=int)
    parser.add_argument("dsn")
    parser.add_argument("--gather", type=float, help="join what a socket is owed in so many milliseconds")
    chosen = parser.parse_args()
    uvloop.run(serve(chosen.port, chosen.dsn, chosen.gather))
