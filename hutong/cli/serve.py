"""`hutong serve`: run the network until Ctrl-C."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated

import typer
import uvloop

from hutong import roles as hutong_roles
from hutong.cli.database import keep_running, kept_database_of
from hutong.core import log, settings
from hutong.core.settings import Settings

DataOption = Annotated[Path | None, typer.Option("--data", help="Folder of the database and the files (HUTONG_DATA).")]
HostOption = Annotated[str | None, typer.Option("--host", help="Address to listen on; loopback unless said otherwise.")]
PortOption = Annotated[int | None, typer.Option("--port", help="Port to listen on.", min=1, max=65535)]
UrlOption = Annotated[str | None, typer.Option("--public-url", help="Where people reach it: links and QR codes.")]
TlsCertificateOption = Annotated[Path | None, typer.Option("--tls-certificate", help="PEM file, for https.")]
TlsKeyOption = Annotated[Path | None, typer.Option("--tls-key", help="PEM file of the certificate's key.")]

ProcessesOption = Annotated[int | None, typer.Option("--processes", help="How many share the port.", min=1)]
RolesOption = Annotated[str | None, typer.Option("--roles", help="Of api,gateway,worker: what runs here.")]


def serve(
    data: DataOption = None,
    host: HostOption = None,
    port: PortOption = None,
    public_url: UrlOption = None,
    tls_certificate: TlsCertificateOption = None,
    tls_key: TlsKeyOption = None,
    processes: ProcessesOption = None,
    roles: RolesOption = None,
) -> None:
    """Run the network on one port until Ctrl-C."""
    chosen = settings.load(
        data=data, host=host, port=port, public_url=public_url, tls_certificate=tls_certificate, tls_key=tls_key,
        processes=processes, roles=roles,
    )  # fmt: skip
    run(chosen)


def run(chosen: Settings, on_ready: Callable[[str], Awaitable[None]] | None = None) -> None:
    """The port first: whoever cannot have it learns that before anything is started."""
    log.configure(chosen.log_level, chosen.log_format)
    listener = hutong_roles.bind(chosen.host, chosen.port)
    with kept_database_of(chosen) as (dsn, postgres):
        keepers: set[asyncio.Task[None]] = set()

        async def ready() -> None:
            if postgres is not None:
                keepers.add(asyncio.create_task(keep_running(postgres)))
            if on_ready is not None:
                await on_ready(dsn)

        if chosen.processes > 1:
            uvloop.run(hutong_roles.supervise(chosen, dsn, listener, ready))
        else:
            uvloop.run(hutong_roles.serve(chosen, dsn, listener, ready))
