"""Bytes on the wire that no well-behaved client would send."""

import asyncio

from tests.people import PATIENCE

UPGRADE = (
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)


class Wire:
    """A bare connection to the server at `base_url`."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    @classmethod
    async def connect(cls, base_url: str) -> "Wire":
        host, _, port = base_url.rpartition("//")[2].partition(":")
        return cls(*await asyncio.open_connection(host, int(port)))

    async def send(self, data: str | bytes) -> None:
        self.writer.write(data.encode("latin-1") if isinstance(data, str) else data)
        await self.writer.drain()

    async def status(self) -> int:
        """The status of the next answer; 0 when the server hangs up without one. PATIENCE at most."""
        async with asyncio.timeout(PATIENCE):
            try:
                line = await self.reader.readline()
            except ConnectionError:
                return 0
        return int(line.split(b" ")[1]) if line else 0

    async def is_closed(self) -> bool:
        """Whether the server hangs up. PATIENCE at most."""
        try:
            async with asyncio.timeout(PATIENCE):
                while await self.reader.read(65_536):
                    pass
        except TimeoutError:
            return False
        except ConnectionError:
            return True
        return True

    def close(self) -> None:
        self.writer.close()


async def ask(base_url: str, head: str, body: str = "") -> int:
    """One request as it stands; the answer's status."""
    wire = await Wire.connect(base_url)
    try:
        await wire.send(head + "\r\n" + body)
        return await wire.status()
    finally:
        wire.close()
