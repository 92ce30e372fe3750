"""Uploading. Reading goes through the rooms that know who may: they answer with `files.respond`."""

from typing import Annotated

from litestar import post
from litestar.params import Parameter

from hutong.core.actor import Actor
from hutong.core.db import Database
from hutong.core.http import AnyRequest, signed_in_member
from hutong.files import actions
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


handlers = [post_file]
