"""The HTTP edge: every room's routes, the pages, the published schema, health and figures."""

from collections.abc import Collection
from hmac import compare_digest
from typing import Any, cast

import msgspec
from litestar import Litestar, Response, get
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.openapi.config import OpenAPIConfig

from hutong import __version__
from hutong.core import http, metrics
from hutong.core.db import Database
from hutong.core.errors import NotFound, Unavailable
from hutong.core.http import AnyRequest, address_of
from hutong.core.settings import Settings
from hutong.files import FileStore, provide_file_store
from hutong.identity import Recognizer, find_member
from hutong.messaging import MessageWriter, ReadWriter
from hutong.roles import pages
from hutong.roles.registry import ROUTE_HANDLERS
from hutong.roles.schema import Docs


class Health(msgspec.Struct):
    """`live`: "ok", or "away" while the broker is: what is said is kept, and heard when somebody looks."""

    status: str
    version: str
    live: str


@get("/healthz", tags=["operation"], summary="200 when everything is there, 503 before and after")
async def get_health(state: State, db: Database) -> Response[Health]:
    is_well = bool(state.is_ready) and await db.is_alive()
    return Response(
        Health(
            status="ok" if is_well else "starting",
            version=__version__,
            live="ok" if db.broker.is_connected else "away",
        ),
        status_code=200 if is_well else 503,
    )


@get("/metrics", include_in_schema=False)
async def get_metrics(request: AnyRequest, settings: Settings) -> Response[bytes]:
    """For who has the token, or without one for this machine itself; a proxy in front makes nobody local."""
    token = settings.metrics_token
    is_local = address_of(request) in {"127.0.0.1", "::1"} and "x-forwarded-for" not in request.headers
    shown = request.headers.get("authorization", "")
    if not (compare_digest(shown.encode(), f"Bearer {token}".encode()) if token else is_local):
        raise NotFound
    return Response(metrics.exposition(), media_type="text/plain; version=0.0.4")


@get(["/ws", "/ws/consumer"], include_in_schema=False)
async def refuse_socket() -> None:
    """Where no gateway runs, an upgrade is a request like any other: another process takes sockets."""
    raise Unavailable


async def provide_writer(state: State) -> MessageWriter:
    writer: MessageWriter = state.writer
    return writer


async def provide_reads(state: State) -> ReadWriter:
    reads: ReadWriter = state.reads
    return reads


def make_app(role_names: Collection[str]) -> Litestar:
    """The HTTP application of these roles: every route, with nothing behind it until `put_behind`."""
    handlers: list[Any] = [get_health, get_metrics]
    if "api" in role_names:
        handlers += [*ROUTE_HANDLERS, *pages.handlers]
    if "gateway" not in role_names:
        handlers.append(refuse_socket)
    return Litestar(
        route_handlers=handlers,
        dependencies={
            "actor": Provide(http.provide_actor),
            "db": Provide(http.provide_db),
            "settings": Provide(http.provide_settings),
            "file_store": Provide(provide_file_store),
            "writer": Provide(provide_writer),
            "reads": Provide(provide_reads),
        },
        exception_handlers=http.exception_handlers,
        compression_config=CompressionConfig(
            backend="gzip", minimum_size=1000, gzip_compress_level=6, exclude=["^/assets/", "/files/", "^/c/", "^/r/"]
        ),
        openapi_config=OpenAPIConfig(title="Hutong", version=__version__, openapi_controller=cast("Any", Docs))
        if "api" in role_names
        else None,
        logging_config=None,
        request_max_body_size=1_000_000,
        debug=False,
    )


def put_behind(
    app: Litestar,
    settings: Settings,
    db: Database,
    file_store: FileStore,
    writer: MessageWriter,
    reads: ReadWriter,
    recognizer: Recognizer,
) -> None:
    """What the routes work with. `app.state.is_ready` is set by whoever knows that all else is there."""
    app.state.update(
        {
            "settings": settings,
            "db": db,
            "file_store": file_store,
            "writer": writer,
            "reads": reads,
            "apps": pages.built_apps(),
            "find_actor": find_member,
            "recognizer": recognizer,
            "is_ready": False,
        }
    )
