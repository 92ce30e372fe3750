"""Pages: an opaque cursor says where the next one begins, so that rows that come or go meanwhile shift nothing."""

import base64
import binascii
from datetime import datetime
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
        key = msgspec.json.decode(raw, type=kind)
    except (ValueError, binascii.Error, msgspec.DecodeError, RecursionError) as cause:
        raise BadCursor from cause
    if isinstance(key, tuple) and not all(_can_be_a_key(part) for part in key):
        raise BadCursor
    return key


def _can_be_a_key(part: object) -> bool:
    """Whether a column could hold it. Anybody can write a cursor; ours never hold anything else."""
    if isinstance(part, datetime):
        return part.tzinfo is not None and 1970 < part.year < 9999
    if isinstance(part, int):
        return -(2**63) <= part < 2**63
    return not (isinstance(part, str) and "\x00" in part)
