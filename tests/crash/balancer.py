"""What stands before several machines: sockets go to a gateway, everything else to an API, whichever takes it."""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial


@asynccontextmanager
async def balancing(gateway_ports: Sequence[int], api_ports: Sequence[int]) -> AsyncIterator[str]:
    """Where clients find it."""
    ways: set[asyncio.Task[None]] = set()
    server = await asyncio.start_server(partial(_serve, gateway_ports, api_ports, ways), "127.0.0.1", 0)
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    server.close()
    for way in ways:
        way.cancel()


async def _serve(
    gateway_ports: Sequence[int],
    api_ports: Sequence[int],
    ways: set[asyncio.Task[None]],
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
) -> None:
    """By what it asks for first: a socket is upgraded at once, and other clients never ask for one later."""
    with suppress(OSError):
        head = await reader.read(65_536)
        ports = gateway_ports if head.startswith(b"GET /ws") else api_ports
        for port in random.sample(ports, len(ports)):
            with suppress(OSError):
                upstream_reader, upstream = await asyncio.open_connection("127.0.0.1", port)
                upstream.write(head)
                both = {
                    asyncio.create_task(_pass(reader, upstream)),
                    asyncio.create_task(_pass(upstream_reader, writer)),
                }
                ways |= both
                await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
                for way in both:
                    way.cancel()
                ways -= both
                upstream.close()
                break
    writer.close()


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while chunk := await reader.read(65_536):
            writer.write(chunk)
