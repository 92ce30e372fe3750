"""The network as people reach it from outside, behind a proxy that ends TLS: HUTONG_PUBLIC_URL is set."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from hutong.core.settings import Settings
from hutong.roles.serve import bind, make_server, open_network

PUBLIC_URL = "https://im.lanting.example"


@asynccontextmanager
async def published_network(dsn: str, data: Path) -> AsyncIterator[str]:
    """Where the proxy would find it; everybody else goes to PUBLIC_URL."""
    listener = bind("127.0.0.1", 0)
    port = listener.getsockname()[1]
    # The slash at the end is how people write it.
    async with open_network(Settings(data=data, port=port, public_url=f"{PUBLIC_URL}/"), dsn) as network:
        server = make_server(network)
        server.config.load()
        server.lifespan = server.config.lifespan_class(server.config)
        await server.startup(sockets=[listener])
        yield f"http://127.0.0.1:{port}"
        await server.shutdown(sockets=[listener])
