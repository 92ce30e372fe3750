"""How bytes are given out: pictures in the page, video and sound to be played there, all else as a download, nothing
ever as a page of ours."""

import re
from typing import Any
from urllib.parse import quote

from litestar import Response
from litestar.datastructures import State
from litestar.response import Stream

from hutong.core.http import AnyRequest
from hutong.files.filestore import FileStore
from hutong.files.model import UNKNOWN_TYPE, Part, StoredFile

_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})\s*")
_HEADERS = {
    "x-content-type-options": "nosniff",
    # Should a browser ever open it as a page: a page that may do nothing, of no origin.
    "content-security-policy": "sandbox; default-src 'none'",
    # Bytes never change under an id.
    "cache-control": "private, max-age=31536000, immutable",
    "accept-ranges": "bytes",
}


async def provide_file_store(state: State) -> FileStore:
    """Litestar dependency `file_store`; the app's state holds it from its start (`files.open_store`)."""
    file_store: FileStore = state.file_store
    return file_store


async def respond(
    request: AnyRequest, file_store: FileStore, file: StoredFile, *, thumbnail: bool = False
) -> Response[Any]:
    """The answer that carries a file to a reader whose right to it was checked before.

    Knows `Range` (one range) and `If-None-Match`. A thumbnail of a file that is no picture is FileGone, as are bytes
    that the store lost.
    """
    part: Part = "thumbnail" if thumbnail else "bytes"
    size = await file_store.size(file.id, part)
    etag = f'"{file.sha256.hex()[:32]}{"-t" if thumbnail else ""}"'
    media_type = "image/webp" if thumbnail else file.media_type if file.is_picture or file.is_played else UNKNOWN_TYPE
    headers = _HEADERS | {
        # Said here, for a route's own media_type would win over the answer's.
        "content-type": media_type,
        "content-disposition": _disposition(file, thumbnail=thumbnail),
        "etag": etag,
    }
    if etag in (tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")):
        return Response(b"", status_code=304, headers=headers)
    span = _span(request, etag, size)
    if span is None:
        headers["content-range"] = f"bytes */{size}"
        return Response(b"", status_code=416, headers=headers)
    start, end = span
    status = 200 if end - start == size else 206
    if status == 206:
        headers["content-range"] = f"bytes {start}-{end - 1}/{size}"
    headers["content-length"] = str(end - start)
    body = await file_store.read(file.id, part, start, end)
    return Stream(body, status_code=status, headers=headers)


def _span(request: AnyRequest, etag: str, size: int) -> tuple[int, int] | None:
    """First byte and the one after the last; the whole when no (single) range is asked for; None when none is there."""
    asked = _RANGE.fullmatch(request.headers.get("range", ""))
    is_stale = request.headers.get("if-range", etag) != etag
    if asked is None or is_stale or asked.groups() == ("", ""):
        return 0, size
    first, last = asked.groups()
    if not first:  # the last so many bytes
        return (max(0, size - int(last)), size) if int(last) else None
    start, end = int(first), min(size, int(last) + 1) if last else size
    if last and int(last) < int(first):
        return 0, size
    return (start, end) if start < size else None


def _disposition(file: StoredFile, *, thumbnail: bool) -> str:
    """Pictures of ours are shown; everything else is saved. The name in both spellings (RFC 6266, RFC 8187)."""
    kind = "inline" if file.is_picture else "attachment"
    name = f"{file.name}.webp" if thumbnail else file.name
    plain = re.sub(r'[^ -~]|["\\%]', "_", name)
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
