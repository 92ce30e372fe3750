"""Ids: 63-bit, time-ordered, made by us. Outside they are opaque strings, because JavaScript cannot hold 63 bits."""

import secrets
import threading
from collections.abc import Sequence
from datetime import UTC, datetime

from hutong.core import clock
from hutong.core.errors import NotFound

_EPOCH_MS = 1_767_225_600_000  # 2026-01-01T00:00:00Z
_RANDOM_BITS = 21
_MAX = 2**63 - 1
_BELIEVED_BEHIND = 60_000 << _RANDOM_BITS

_lock = threading.Lock()
_last = 0


def new() -> int:
    """42 bits of milliseconds (139 years), 21 random bits; strictly increasing within a process.

    A clock that is set back by more than a minute is believed, or ids would tell the wrong day for as long as it was
    ahead; their random bits keep them apart from those made then.
    Two processes collide with probability 2^-21 per pair in the same millisecond; the primary key then refuses.
    """
    global _last
    milliseconds = int(clock.now().timestamp() * 1000) - _EPOCH_MS
    candidate = (milliseconds << _RANDOM_BITS) | secrets.randbits(_RANDOM_BITS)
    with _lock:
        is_behind = _last - candidate < _BELIEVED_BEHIND
        _last = _last + 1 if candidate <= _last and is_behind else candidate
        return _last


def many(count: int) -> list[int]:
    """`count` fresh ids in ascending order."""
    return [new() for _ in range(count)]


def made_at(value: int) -> datetime:
    """When the id was made: ids are time-ordered."""
    return datetime.fromtimestamp(((value >> _RANDOM_BITS) + _EPOCH_MS) / 1000, UTC)


def is_id(text: str) -> bool:
    """Whether an outward string can be an id at all. ASCII digits only: other digits would be other spellings of it."""
    return text.isascii() and text.isdigit() and len(text) <= 19 and 0 < int(text) <= _MAX


def parse_named(texts: Sequence[str]) -> list[int]:
    """Ids in a list of things wanted: what cannot be one is 0, which nothing has, and is missed like any other."""
    return [int(text) if is_id(text) else 0 for text in texts]


def parse(text: str) -> int:
    """The id behind an outward string. What cannot be an id names nothing: NotFound, as for any absent thing."""
    if not is_id(text):
        raise NotFound
    return int(text)
