"""docs/protocol.md in code: the edge's own frames, errors and close codes, and how bytes become WebSocket frames."""

import enum
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from hutong.core import ids
from hutong.core.errors import HutongError, NotFound, TooMany
from hutong.core.events import Event
from hutong.core.live import UNREADABLE, BadFrame

HEARTBEAT_SECONDS = 25
MAX_FRAME_BYTES = 65_536
# People whom one screen can show at once, and more.
MAX_LOOKED_AT = 200
# Of its time, what a socket uses up by looking elsewhere: other processes are asked for each of these people.
LOOK_SECONDS = 0.25
# Verbs of one socket that may be under way at once: a flood waits for itself.
MAX_UNDER_WAY = 200
# What one socket may say: beyond this it is read slower, so that a flood holds up nobody but itself.
FRAMES_PER_SECOND = 200
FRAMES_AT_ONCE = 200
# A frame counts once more for each of these: what is long takes longer to read.
FRAME_UNIT_BYTES = 4096
# Devices and tabs of one person; the oldest makes room.
MAX_SOCKETS = 50
# Frames that make no sense before the socket is closed: a broken client must not go on for ever.
MAX_BAD_FRAMES = 20


class Close(enum.IntEnum):
    """Why a socket closes; docs/protocol.md says for each whether to come back."""

    GOING_AWAY = 1001
    UNSUPPORTED = 1003
    RESTART = 1012
    TOO_SLOW = 1013
    SIGNED_OUT = 4001
    TOO_MANY_BAD_FRAMES = 4008
    TOO_MANY_SOCKETS = 4009
    NOTHING_HEARD = 4010


class TooFast(TooMany):
    code = "too_fast"
    zh = "发送太快，请稍候再试。"
    en = "Too fast. Try again in a moment."


class Welcome(Event, frozen=True, kw_only=True, tag="welcome"):
    person_id: str
    session_id: str
    server_time: datetime
    heartbeat_seconds: int = HEARTBEAT_SECONDS
    max_frame_bytes: int = MAX_FRAME_BYTES


class Pong(Event, frozen=True, kw_only=True, tag="pong"):
    pass


class LookAgain(Event, frozen=True, kw_only=True, tag="look_again"):
    """Something told may have been missed: catch up, at a moment of one's own within this span."""

    within_seconds: int


class Refusal(Event, frozen=True, kw_only=True, tag="error"):
    """`retry`: the same frame may succeed later."""

    code: str
    message: str
    retry: bool
    client_id: str | None = None
    details: dict[str, Any] | None = None


class Envelope(msgspec.Struct):
    """As much of a client's frame as the edge reads."""

    type: str
    client_id: str | None = None


class LookFrame(msgspec.Struct, frozen=True):
    """`person_ids`: whom this page shows now, in place of those it showed before."""

    person_ids: Annotated[list[Annotated[str, Meta(min_length=1, max_length=20)]], Meta(max_length=MAX_LOOKED_AT)]


class AttendFrame(msgspec.Struct, frozen=True):
    """`is_active`: the page is in sight, and was touched lately."""

    is_active: bool


_decode_look = msgspec.json.Decoder(LookFrame).decode
_decode_attend = msgspec.json.Decoder(AttendFrame).decode
_decode_envelope = msgspec.json.Decoder(Envelope).decode


def read_envelope(payload: bytes) -> Envelope:
    try:
        return _decode_envelope(payload)
    except UNREADABLE as cause:
        raise BadFrame from cause


def read_look(payload: bytes) -> list[int]:
    try:
        return [ids.parse(it) for it in _decode_look(payload).person_ids]
    except (*UNREADABLE, NotFound) as cause:
        raise BadFrame from cause


def read_attend(payload: bytes) -> bool:
    try:
        return _decode_attend(payload).is_active
    except UNREADABLE as cause:
        raise BadFrame from cause


def refusal(error: HutongError, language: str, client_id: str | None) -> Refusal:
    return Refusal(
        code=error.code,
        message=error.sentence(language),
        retry=error.retry,
        client_id=client_id,
        details=error.details,
    )


def text_frame(payload: bytes) -> bytes:
    """An unmasked WebSocket text frame (RFC 6455, 5.2), the same bytes for every socket."""
    size = len(payload)
    if size < 126:
        return bytes((0x81, size)) + payload
    if size < 65_536:
        return b"\x81\x7e" + size.to_bytes(2, "big") + payload
    return b"\x81\x7f" + size.to_bytes(8, "big") + payload


def pong_frame(payload: bytes) -> bytes:
    """The answer to a PING (RFC 6455, 5.5.3). The payload of a control frame has 125 bytes at most."""
    return bytes((0x8A, len(payload))) + payload


def close_frame(code: Close) -> bytes:
    """Built by hand: the library knows the standard's codes only."""
    reason = code.name.lower().encode()
    return bytes((0x88, 2 + len(reason))) + int(code).to_bytes(2, "big") + reason
