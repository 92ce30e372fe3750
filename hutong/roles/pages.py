"""The web apps' files: read once, compressed once, served from memory. Nobody waits for a disk."""

import gzip
import hashlib
import mimetypes
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from litestar import Request, Response, get
from litestar.datastructures import State

from hutong.core.errors import NotFound, Unavailable

STATIC = Path(__file__).parent.parent / "static"
_COMPRESSIBLE = ("text/", "application/json", "image/svg+xml", "application/manifest+json")
_STAFF_PAGES = [
    "/",
    "/at/{slug:str}",
    "/invite/{token:str}",
    "/chats",
    "/chats/{rest:path}",
    "/directory",
    "/directory/{rest:path}",
    "/customers",
    "/customers/{rest:path}",
    "/admin",
    "/admin/{rest:path}",
    "/settings",
    "/settings/{rest:path}",
]


class Asset:
    """A file of a web app, read once; compressed when the first browser asks, and never again."""

    def __init__(self, file: Path) -> None:
        self.body = file.read_bytes()
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        self.is_text = kind.startswith(_COMPRESSIBLE)
        self.media_type = f"{kind}; charset=utf-8" if self.is_text else kind
        # A hashed name never changes its content; a page must notice a new release at the next visit.
        self.caching = "public, max-age=31536000, immutable" if file.parent.name == "assets" else "no-cache"

    @cached_property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'

    @cached_property
    def zipped(self) -> bytes | None:
        return gzip.compress(self.body, 9, mtime=0) if self.is_text and len(self.body) > 500 else None


class Apps:
    """All files of the built web apps by name, e.g. "staff/index.html"."""

    def __init__(self, folder: Path) -> None:
        files = [file for file in folder.rglob("*") if file.is_file() and not file.name.startswith(".")]
        self._assets = {file.relative_to(folder).as_posix(): Asset(file) for file in files}

    def page(self, request: Request[Any, Any, Any], name: str) -> Response[bytes | None]:
        """An app's page. Unavailable while the apps have not been built."""
        if name not in self._assets:
            raise Unavailable
        return self.answer(request, name)

    def answer(self, request: Request[Any, Any, Any], name: str) -> Response[bytes | None]:
        asset = self._assets.get(name)
        if asset is None:
            raise NotFound
        headers = {"etag": asset.etag, "vary": "accept-encoding", "cache-control": asset.caching}
        if request.headers.get("if-none-match") == asset.etag:
            return Response(None, status_code=304, headers=headers)
        headers["content-type"] = asset.media_type
        if "gzip" in request.headers.get("accept-encoding", "") and asset.zipped:
            return Response(asset.zipped, headers=headers | {"content-encoding": "gzip"})
        return Response(asset.body, headers=headers)


@cache
def built_apps() -> Apps:
    """Those of this installation; read once a process."""
    return Apps(STATIC)


def apps_of(state: State) -> Apps:
    apps: Apps = state.apps
    return apps


@get(_STAFF_PAGES, include_in_schema=False)
async def get_staff_page(request: Request[Any, Any, State], state: State) -> Response[bytes | None]:
    return apps_of(state).page(request, "staff/index.html")


@get(["/c/{way:str}", "/r/{secret:str}"], include_in_schema=False)
async def get_consumer_page(request: Request[Any, Any, State], state: State) -> Response[bytes | None]:
    return apps_of(state).page(request, "consumer/index.html")


@get("/assets/{name:path}", include_in_schema=False)
async def get_asset(request: Request[Any, Any, State], state: State, name: str) -> Response[bytes | None]:
    return apps_of(state).answer(request, str(name).lstrip("/"))


@get("/sw.js", include_in_schema=False)
async def get_service_worker(request: Request[Any, Any, State], state: State) -> Response[bytes | None]:
    """At the top: a service worker is in charge of what lies below its address."""
    return apps_of(state).answer(request, "staff/sw.js")


handlers = [get_service_worker, get_staff_page, get_consumer_page, get_asset]
