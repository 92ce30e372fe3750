"""A customer's video or file in pieces. For those who are known: whoever only looks in may not fill the disk."""

from typing import Any

from litestar import Response, delete, head, patch, post

from hutong import files
from hutong.contacts.consumer import Visit
from hutong.contacts.routes.faces import PlainRequest
from hutong.core import ids
from hutong.core.db import Database
from hutong.files import File, FileStore, tus

_AT: dict[str, Any] = {"tags": ["consumer"], "exception_handlers": tus.ERRORS}


@post("/api/consumer/{way:str}/uploads", summary="Begin an upload in pieces (tus 1.0)", **_AT)
async def post_upload(visit: Visit, request: PlainRequest, db: Database, file_store: FileStore) -> Response[None]:
    return await tus.create(request, db, file_store, visit.known())


@head("/api/consumer/{way:str}/uploads/{upload_id:str}", summary="How far an upload is: Upload-Offset", **_AT)
async def head_upload(upload_id: str, visit: Visit, request: PlainRequest, db: Database) -> Response[None]:
    return await tus.tell(request, db, visit.known(), upload_id)


@patch(
    "/api/consumer/{way:str}/uploads/{upload_id:str}",
    summary="The next piece as the body, from Upload-Offset on",
    status_code=204,
    request_max_body_size=None,
    **_AT,
)
async def patch_upload(
    upload_id: str, visit: Visit, request: PlainRequest, db: Database, file_store: FileStore
) -> Response[None]:
    return await tus.take(request, db, file_store, visit.known(), upload_id)


@delete("/api/consumer/{way:str}/uploads/{upload_id:str}", summary="Give an upload up", status_code=204, **_AT)
async def delete_upload(
    upload_id: str, visit: Visit, request: PlainRequest, db: Database, file_store: FileStore
) -> Response[None]:
    return await tus.remove(request, db, file_store, visit.known(), upload_id)


@post(
    "/api/consumer/{way:str}/uploads/{upload_id:str}/file",
    summary="All has come: make it a file, to be said in a message. May be repeated",
    **_AT,
)
async def post_upload_file(upload_id: str, visit: Visit, db: Database, file_store: FileStore) -> File:
    return await files.finish_upload(db, file_store, visit.known(), ids.parse(upload_id))


handlers = [post_upload, head_upload, patch_upload, delete_upload, post_upload_file]
