"""What can be shown in place beside pictures: video, sound, PDF. Recognised by what the bytes are, never by a name; how
long and how large a video is, is read from its head. Blocks: run in a thread.

Nothing is decoded and nothing rewritten: a browser plays it or says that it cannot. However large and however crafted
the file, a few hundred kilobytes of it are looked at.
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import msgspec

from hutong.files.model import ShownAs

# Whoever nests more than this shows nothing.
_MOST_PARTS = 5_000
_VIDEO_CODECS = {b"avc1", b"avc3", b"hvc1", b"hev1", b"dvh1", b"dvhe", b"av01", b"vp08", b"vp09", b"mp4v"}
_SOUND_CODECS = {b"mp4a", b"Opus", b"fLaC", b"alac", b"ac-3", b"ec-3", b".mp3"}
# What says that it is longer than a day, or larger than any screen, says nothing.
_LONGEST_MS = 86_400_000
_LARGEST_PX = 16_384


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    shown_as: ShownAs
    media_type: str
    width: int | None = None
    height: int | None = None
    duration_ms: int | None = None


def recognise(source: Path) -> Shown | None:
    """None for what is only ever saved."""
    try:
        with source.open("rb") as opened:
            head = opened.read(4096)
            if head[4:8] == b"ftyp":
                return _Mp4(opened).read()
            if head[:4] == b"\x1a\x45\xdf\xa3":
                return _Webm(opened).read()
    # A hostile file points beyond its end, lacks what it must have, or counts beyond all measure.
    except (struct.error, ValueError, LookupError, ArithmeticError, StopIteration):
        return None
    return _by_head(head)


def _by_head(head: bytes) -> Shown | None:
    if head[:5] == b"%PDF-":
        return Shown(shown_as="pdf", media_type="application/pdf")
    media_type = None
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        media_type = "audio/wav"
    elif head[:4] == b"fLaC":
        media_type = "audio/flac"
    elif head[:4] == b"OggS" and any(sign in head[:64] for sign in (b"OpusHead", b"\x01vorbis", b"\x7fFLAC")):
        media_type = "audio/ogg"
    elif head[:3] == b"ID3" or _is_mp3(head):
        media_type = "audio/mpeg"
    return Shown(shown_as="sound", media_type=media_type) if media_type else None


def _is_mp3(head: bytes) -> bool:
    """Two frames of MPEG 1 layer III, one behind the other: the sign of one is but twelve bits."""
    at = 0
    for _ in range(2):
        if head[at : at + 1] != b"\xff" or head[at + 1] & 0xFE != 0xFA:
            return False
        bits, rate = head[at + 2] >> 4, head[at + 2] >> 2 & 3
        if not 0 < bits < 15 or rate == 3:
            return False
        kilobits = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)[bits]
        at += 144_000 * kilobits // (44_100, 48_000, 32_000)[rate] + (head[at + 2] >> 1 & 1)
        if at + 3 > len(head):
            return False
    return True


class _Parts:
    """A container, part by part, without reading what lies in them."""

    def __init__(self, opened: IO[bytes]) -> None:
        self._file = opened
        self.size = opened.seek(0, 2)
        self._left = _MOST_PARTS

    def at(self, place: int, count: int) -> bytes:
        self._left -= 1
        if self._left < 0:
            raise ValueError("more parts than anybody needs")
        self._file.seek(place)
        return self._file.read(count)


# -- MP4 and QuickTime (ISO/IEC 14496-12) --------------------------------------------------------------------------


class _Mp4(_Parts):
    def read(self) -> Shown | None:
        place, end = next((place, end) for kind, place, end in self._boxes(0, self.size) if kind == b"moov")
        duration_ms, picture, has_sound = None, None, False
        for kind, inner, inner_end in self._boxes(place, end):
            if kind == b"mvhd":
                duration_ms = self._duration_ms(inner)
            elif kind == b"trak":
                handler, codec, size = self._track(inner, inner_end)
                if handler == b"vide" and codec in _VIDEO_CODECS and picture is None:
                    picture = size
                has_sound |= handler == b"soun" and codec in _SOUND_CODECS
        if picture is not None:
            return Shown(shown_as="video", media_type="video/mp4", duration_ms=duration_ms, **_size(*picture))
        return Shown(shown_as="sound", media_type="audio/mp4", duration_ms=duration_ms) if has_sound else None

    def _boxes(self, place: int, end: int) -> Iterator[tuple[bytes, int, int]]:
        """Kind, where the content begins, and where it ends."""
        while place + 8 <= end:
            head = self.at(place, 16)
            size, kind = struct.unpack_from(">I4s", head)
            length = 8
            if size == 1:
                (size,), length = struct.unpack_from(">Q", head, 8), 16
            size = size or end - place
            if size < length or place + size > end:
                raise ValueError("not whole")
            yield kind, place + length, place + size
            place += size

    def _duration_ms(self, mvhd: int) -> int | None:
        head = self.at(mvhd, 32)
        scale, ticks = struct.unpack_from(">IQ", head, 20) if head[0] else struct.unpack_from(">II", head, 12)
        return _milliseconds(ticks * 1000 / scale)

    def _track(self, place: int, end: int) -> tuple[bytes, bytes, tuple[int, int]]:
        """Handler, codec of its first sample, width and height as they are seen."""
        handler, codec, size = b"", b"", (0, 0)
        for kind, inner, inner_end in self._boxes(place, end):
            if kind == b"tkhd":
                size = self._seen_size(self.at(inner, 96))
            elif kind == b"mdia":
                for media, media_place, media_end in self._boxes(inner, inner_end):
                    if media == b"hdlr":
                        handler = self.at(media_place, 12)[8:12]
                    elif media == b"minf":
                        codec = self._codec(media_place, media_end)
        return handler, codec, size

    def _seen_size(self, tkhd: bytes) -> tuple[int, int]:
        first = 40 + (12 if tkhd[0] else 0)
        across, turned = struct.unpack_from(">ii", tkhd, first)
        width, height = (value >> 16 for value in struct.unpack_from(">II", tkhd, first + 36))
        # A phone held upright films lying down, and says that it shall be turned.
        return (height, width) if abs(turned) > abs(across) else (width, height)

    def _codec(self, place: int, end: int) -> bytes:
        for kind, inner, inner_end in self._boxes(place, end):
            if kind == b"stbl":
                table = next(inside for sort, inside, _ in self._boxes(inner, inner_end) if sort == b"stsd")
                return self.at(table, 16)[12:16]
        return b""


# -- WebM (RFC 8794, RFC 9559) -------------------------------------------------------------------------------------

_EBML, _DOCTYPE, _SEGMENT, _INFO, _TRACKS, _CLUSTER = 0x1A45DFA3, 0x4282, 0x18538067, 0x1549A966, 0x1654AE6B, 0x1F43B675
_SCALE, _DURATION, _TRACK, _TRACK_TYPE, _PICTURE, _WIDTH, _HEIGHT = 0x2AD7B1, 0x4489, 0xAE, 0x83, 0xE0, 0xB0, 0xBA
_ENTERED = {_EBML, _SEGMENT, _INFO, _TRACKS, _TRACK, _PICTURE}
_KEPT = {_DOCTYPE, _SCALE, _DURATION, _TRACK_TYPE, _WIDTH, _HEIGHT}


class _Webm(_Parts):
    def read(self) -> Shown | None:
        """What stands before the first cluster."""
        found: dict[int, bytes] = {}
        kinds: set[int] = set()
        for id_, payload in self._elements():
            if id_ == _TRACK_TYPE:
                kinds.add(int.from_bytes(payload))
            else:
                found.setdefault(id_, payload)
        if found.get(_DOCTYPE) != b"webm":
            return None
        duration_ms = None
        if _DURATION in found:
            (ticks,) = struct.unpack(">f" if len(found[_DURATION]) == 4 else ">d", found[_DURATION])
            duration_ms = _milliseconds(ticks * int.from_bytes(found.get(_SCALE, b"\x0f\x42\x40")) / 1e6)
        if 1 in kinds:
            size = (int.from_bytes(found[_WIDTH]), int.from_bytes(found[_HEIGHT]))
            return Shown(shown_as="video", media_type="video/webm", duration_ms=duration_ms, **_size(*size))
        return Shown(shown_as="sound", media_type="audio/webm", duration_ms=duration_ms) if 2 in kinds else None

    def _elements(self) -> Iterator[tuple[int, bytes]]:
        place = 0
        while place < self.size:
            head = self.at(place, 12)
            length = 9 - head[0].bit_length()
            id_ = int.from_bytes(head[:length])
            width = 9 - head[length].bit_length()
            size = int.from_bytes(head[length : length + width]) & (2 ** (7 * width) - 1)
            if id_ == _CLUSTER:
                return
            place += length + width
            if id_ in _ENTERED:
                continue
            if id_ in _KEPT:
                if size > 16:
                    raise ValueError("no number, and no name of ours")
                yield id_, self.at(place, size)
            place += size


def _milliseconds(value: float) -> int | None:
    return round(value) if 0 < value <= _LONGEST_MS else None


def _size(width: int, height: int) -> dict[str, int]:
    return {"width": width, "height": height} if 0 < width <= _LARGEST_PX and 0 < height <= _LARGEST_PX else {}
