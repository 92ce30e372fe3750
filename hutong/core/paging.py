"""Pages: an opaque cursor says where the next one begins, so that rows that come or go meanwhile shift nothing."""

import base64
import binascii
from typing import Any, TypeVar

import msgspec

from hutong.core.errors import BadRequest

T = TypeVar("T")


class BadCursor(BadRequest):
    code = "bad_cursor"
    zh = "翻页标记无效，请从第一页重新开始。"
    en = "The page mark is not valid. Begin again at the first page."


def make_cursor(*key: Any) -> str:
    """The sort key of the last row shown, made opaque."""
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def read_cursor(cursor: str, kind: type[T]) -> T:
    """The key again, as `kind` (a tuple type such as tuple[datetime, int]). Raises BadCursor."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return msgspec.json.decode(raw, type=kind)
    except (ValueError, binascii.Error, msgspec.DecodeError) as cause:
        raise BadCursor from cause
