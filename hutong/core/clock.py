"""The one clock. Nothing else in Hutong may ask what time it is (a lint checks)."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_offset = timedelta()


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC) + _offset


@contextmanager
def travel(by: timedelta) -> "Iterator[None]":
    """Shift the clock for the span of a `with` block: the only time machine of the tests."""
    global _offset
    _offset += by
    try:
        yield
    finally:
        _offset -= by
