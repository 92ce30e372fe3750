"""A network with settings of the test's own, on a free port."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from hutong.core import settings
from hutong.core.settings import Settings
from hutong.gateway import BoundedHttp
from hutong.roles.serve import bind, make_server, open_network


@asynccontextmanager
async def running(
    dsn: str, data: Path, *, host: str = "127.0.0.1", http: type[BoundedHttp] = BoundedHttp, **options: Any
) -> AsyncIterator[Settings]:
    """Serves with these HUTONG_* settings; without a public URL, `base_url` is where it listens."""
    listener: socket.socket = bind(host, 0)
    chosen = settings.load({}, data=data, host=host, port=listener.getsockname()[1], **options)
    async with open_network(chosen, dsn) as network:
        server = make_server(network)
        server.config.load()
        server.config.http_protocol_class = http
        server.lifespan = server.config.lifespan_class(server.config)
        await server.startup(sockets=[listener])
        yield chosen
        await server.shutdown(sockets=[listener])
