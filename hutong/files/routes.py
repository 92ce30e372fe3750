"""Uploading. Reading goes through the rooms that know who may: they answer with `files.respond`."""

from typing import Annotated

from litestar import Response, Router, delete, head, patch, post, route
from litestar.enums import HttpMethod
from litestar.params import Parameter

from hutong.core import ids
from hutong.core.actor import Actor
from hutong.core.db import Database
from hutong.core.http import AnyRequest, signed_in_member
from hutong.files import actions, tus
from hutong.files.filestore import FileStore
from hutong.files.model import File


@post(
    "/api/files",
    tags=["files"],
    summary="Upload a file: its bytes as the body",
    guards=[signed_in_member],
    request_max_body_size=None,  # ours is a setting, and has its own sentence
)
async def post_file(
    request: AnyRequest,
    actor: Actor,
    db: Database,
    file_store: FileStore,
    name: Annotated[str, Parameter(max_length=1000)] = "",
) -> File:
    return await actions.store_file(
        db, file_store, actor, name, request.stream(), announced_bytes=request.content_length
    )


@route("/api/uploads", http_method=[HttpMethod.OPTIONS], include_in_schema=False)
async def describe_uploads(file_store: FileStore) -> Response[None]:
    return tus.describe_server(file_store)


@post("/api/uploads", summary="Begin an upload in pieces (tus 1.0): Upload-Length, Upload-Metadata: filename")
async def post_upload(request: AnyRequest, actor: Actor, db: Database, file_store: FileStore) -> Response[None]:
    return await tus.create(request, db, file_store, actor)


@head("/api/uploads/{upload_id:str}", summary="How far an upload is: Upload-Offset")
async def head_upload(upload_id: str, request: AnyRequest, actor: Actor, db: Database) -> Response[None]:
    return await tus.tell(request, db, actor, upload_id)


@patch(
    "/api/uploads/{upload_id:str}",
    summary="The next piece as the body, from Upload-Offset on",
    status_code=204,
    request_max_body_size=None,
)
async def patch_upload(
    upload_id: str, request: AnyRequest, actor: Actor, db: Database, file_store: FileStore
) -> Response[None]:
    return await tus.take(request, db, file_store, actor, upload_id)


@delete("/api/uploads/{upload_id:str}", summary="Give an upload up", status_code=204)
async def delete_upload(
    upload_id: str, request: AnyRequest, actor: Actor, db: Database, file_store: FileStore
) -> Response[None]:
    return await tus.remove(request, db, file_store, actor, upload_id)


@post("/api/uploads/{upload_id:str}/file", summary="All has come: make it a file. May be repeated")
async def post_upload_file(upload_id: str, actor: Actor, db: Database, file_store: FileStore) -> File:
    return await actions.finish_upload(db, file_store, actor, ids.parse(upload_id))


_in_pieces = Router(
    path="/",
    tags=["files"],
    guards=[signed_in_member],
    exception_handlers=tus.ERRORS,
    route_handlers=[describe_uploads, post_upload, head_upload, patch_upload, delete_upload, post_upload_file],
)
handlers = [post_file, _in_pieces]
