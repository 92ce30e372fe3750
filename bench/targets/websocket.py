"""The client's side of a WebSocket, as little as will do: frames masked with zeros, nothing read."""

from __future__ import annotations

import abc

from bench.load.target import Client

TEXT, BINARY = 0x81, 0x82


def mask_head(size: int, kind: int) -> bytes:
    """What goes before a payload of this size."""
    return (bytes((kind, 0x80 | size)) if size < 126 else bytes((kind, 0xFE)) + size.to_bytes(2, "big")) + b"\0\0\0\0"


def masked(payload: bytes, kind: int) -> bytes:
    return mask_head(len(payload), kind) + payload


class WebSocketClient(Client, abc.ABC):
    async def upgrade(self, port: int, path: str, headers: str, address: str | None) -> None:
        await self.open(port, address)
        self.write(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n{headers}\r\n".encode()
        )
        answer = await self.expect(b"\r\n\r\n")
        if b" 101 " not in answer.split(b"\r\n")[0]:
            raise ConnectionError(answer[:200])
