"""The web apps' files: read once, compressed once, served from memory. Nobody waits for a disk."""

import gzip
import hashlib
import mimetypes
from pathlib import Path
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.datastructures import State

from hutong.core.errors import NotFound, Unavailable

STATIC = Path(__file__).parent.parent / "static"
_COMPRESSIBLE = ("text/", "application/javascript", "application/json", "image/svg+xml", "application/manifest+json")
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


class Asset(msgspec.Struct, frozen=True):
    body: bytes
    zipped: bytes | None
    media_type: str
    etag: str
    is_hashed: bool


class Apps:
    """All files of the built web apps by name, e.g. "staff/index.html"."""

    def __init__(self, folder: Path = STATIC) -> None:
        files = [file for file in folder.rglob("*") if file.is_file() and not file.name.startswith(".")]
        self._assets = {file.relative_to(folder).as_posix(): _read(file) for file in files}

    def answer(self, request: Request[Any, Any, Any], name: str) -> Response[bytes | None]:
        asset = self._assets.get(name)
        if asset is None:
            if name.endswith("index.html"):
                raise Unavailable
            raise NotFound
        headers = {
            "etag": asset.etag,
            "vary": "accept-encoding",
            # A hashed name never changes its content; a page must notice a new release at the next visit.
            "cache-control": "public, max-age=31536000, immutable" if asset.is_hashed else "no-cache",
        }
        if request.headers.get("if-none-match") == asset.etag:
            return Response(None, status_code=304, headers=headers)
        if asset.zipped and "gzip" in request.headers.get("accept-encoding", ""):
            return Response(asset.zipped, media_type=asset.media_type, headers=headers | {"content-encoding": "gzip"})
        return Response(asset.body, media_type=asset.media_type, headers=headers)


def _read(file: Path) -> Asset:
    body = file.read_bytes()
    media_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    if media_type == "text/javascript":
        media_type = "application/javascript"
    is_text = media_type.startswith(_COMPRESSIBLE)
    zipped = gzip.compress(body, 9, mtime=0) if is_text and len(body) > 500 else None
    return Asset(
        body=body,
        zipped=zipped,
        media_type=f"{media_type}; charset=utf-8" if is_text else media_type,
        etag=f'"{hashlib.sha256(body).hexdigest()[:20]}"',
        is_hashed=file.parent.name == "assets",
    )


def apps_of(state: State) -> Apps:
    apps: Apps = state.apps
    return apps


@get(_STAFF_PAGES, include_in_schema=False)
async def get_staff_page(request: Request[Any, Any, State], state: State) -> Response[bytes | None]:
    return apps_of(state).answer(request, "staff/index.html")


@get(["/c/{way:str}", "/r/{secret:str}"], include_in_schema=False)
async def get_consumer_page(request: Request[Any, Any, State], state: State) -> Response[bytes | None]:
    return apps_of(state).answer(request, "consumer/index.html")


@get("/assets/{name:path}", include_in_schema=False)
async def get_asset(request: Request[Any, Any, State], state: State, name: str) -> Response[bytes | None]:
    return apps_of(state).answer(request, str(name).lstrip("/"))


handlers = [get_staff_page, get_consumer_page, get_asset]
