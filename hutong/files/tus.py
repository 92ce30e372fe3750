"""tus 1.0 over HTTP (https://tus.io/protocols/resumable-upload): what its requests say, and what it is answered.

Core, creation, expiration and termination. Who may is for the routes to know: staff's are here, the customers' are in
their room.
"""

import base64
import binascii
import re
from collections.abc import AsyncIterator, Callable
from email.utils import format_datetime
from typing import Any
from uuid import UUID

from litestar import Response

from hutong.core import http, ids
from hutong.core.actor import Actor
from hutong.core.db import Database
from hutong.core.errors import HutongError
from hutong.core.http import AnyRequest
from hutong.files import actions
from hutong.files.filestore import FileStore
from hutong.files.uploading import PieceUnreadable, PieceUntyped, Upload, UploadProtocolUnknown

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,termination"
PIECE_TYPE = "application/offset+octet-stream"
_COUNT = re.compile("[0-9]{1,18}")


def describe_server(file_store: FileStore) -> Response[None]:
    """The answer to OPTIONS."""
    headers = {"tus-version": VERSION, "tus-extension": EXTENSIONS, "tus-max-size": str(file_store.max_bytes)}
    return _answer(204, headers)


async def create(request: AnyRequest, db: Database, file_store: FileStore, actor: Actor) -> Response[None]:
    check_version(request)
    said = _read_metadata(request.headers.get("upload-metadata", ""))
    name, size = said.get("filename", ""), _count(request, "upload-length")
    upload = await actions.start_upload(db, file_store, actor, name, size, _client_id(said.get("client_id")))
    headers = {"location": f"{request.url.path}/{upload.id}", "upload-offset": str(upload.received)}
    return _answer(201, headers | _expires(upload))


async def tell(request: AnyRequest, db: Database, actor: Actor, upload_id: str) -> Response[None]:
    """The answer to HEAD: how far it is."""
    async with db.begin() as tx:
        upload = await actions.find_upload(tx, actor, ids.parse(upload_id))
    check_version(request)
    headers = {"upload-offset": str(upload.received), "upload-length": str(upload.size)}
    return _answer(200, headers | _expires(upload))


async def take(
    request: AnyRequest, db: Database, file_store: FileStore, actor: Actor, upload_id: str
) -> Response[None]:
    """The answer to PATCH: a piece was taken."""
    async with db.begin() as tx:
        await actions.find_upload(tx, actor, ids.parse(upload_id))
    check_version(request)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != PIECE_TYPE:
        raise PieceUntyped
    upload = await actions.add_piece(
        db,
        file_store,
        actor,
        ids.parse(upload_id),
        _count(request, "upload-offset"),
        _body(request),
        announced_bytes=request.content_length,
    )
    return _answer(204, {"upload-offset": str(upload.received)} | _expires(upload))


async def remove(
    request: AnyRequest, db: Database, file_store: FileStore, actor: Actor, upload_id: str
) -> Response[None]:
    """The answer to DELETE."""
    await actions.remove_upload(db, file_store, actor, ids.parse(upload_id))
    return _answer(204, {})


def check_version(request: AnyRequest) -> None:
    """Raises UploadProtocolUnknown."""
    if request.headers.get("tus-resumable") != VERSION:
        raise UploadProtocolUnknown


def answer_error(request: AnyRequest, error: HutongError) -> Response[Any]:
    """Refusals speak the protocol too, and say which of its versions this is."""
    response = http.answer_hutong_error(request, error)
    response.headers["tus-resumable"] = VERSION
    if isinstance(error, UploadProtocolUnknown):
        response.headers["tus-version"] = VERSION
    return response


ERRORS: dict[Any, Callable[..., Response[Any]]] = {HutongError: answer_error}


def _answer(status: int, headers: dict[str, str]) -> Response[None]:
    every = {"tus-resumable": VERSION, "cache-control": "no-store"}
    return Response(None, status_code=status, headers=every | headers)


def _expires(upload: Upload) -> dict[str, str]:
    return {"upload-expires": format_datetime(upload.expires_at, usegmt=True)}


def _count(request: AnyRequest, name: str) -> int:
    said = request.headers.get(name, "")
    if not _COUNT.fullmatch(said):
        raise PieceUnreadable
    return int(said)


def _read_metadata(header: str) -> dict[str, str]:
    """`key base64,key base64`; a key may come without a value."""
    found: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        key, _, value = pair.partition(" ")
        try:
            found[key] = base64.b64decode(value, validate=True).decode("utf-8", "replace")
        except (binascii.Error, ValueError) as cause:
            raise PieceUnreadable from cause
    return found


def _client_id(text: str | None) -> UUID | None:
    """Raises PieceUnreadable."""
    try:
        return UUID(text) if text else None
    except ValueError as cause:
        raise PieceUnreadable from cause


async def _body(request: AnyRequest) -> AsyncIterator[bytes]:
    async for chunk in request.stream():
        yield chunk
