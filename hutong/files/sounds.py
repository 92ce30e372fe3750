"""Spoken words: recognised by taking the container apart, and their length counted from what is in it, not from what
its header says. Blocks: run in a thread.

What browsers record: Opus in WebM (Chromium, Firefox) or Ogg, AAC or Opus in MP4 (Safari, Chromium). One track of sound
and nothing else; whatever does not hold to its format is no sound, and stays the download that it was.
"""

import struct
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from hutong.files.model import MAX_SOUND_BYTES


class Sound(msgspec.Struct, frozen=True):
    media_type: str
    duration_ms: int


def read_sound(source: Path) -> Sound | None:
    """None when `source` is no sound that browsers record, or larger than a minute of it can be."""
    if not 64 < source.stat().st_size <= MAX_SOUND_BYTES:
        return None
    content = source.read_bytes()
    for media_type, begins, measure in _FORMATS:
        if begins(content):
            try:
                duration_ms = round(measure(content))
            # A hostile file points beyond its end, lacks what it must have, or divides by nothing.
            except (struct.error, ValueError, LookupError, ArithmeticError):
                return None
            return Sound(media_type, duration_ms) if 0 < duration_ms <= _LONGEST_MS else None
    return None


# What says that it is longer than a day says nothing.
_LONGEST_MS = 86_400_000


def _opus_ms(packet: bytes) -> float:
    """How long an Opus packet sounds (RFC 6716, 3.1)."""
    config, code = packet[0] >> 3, packet[0] & 3
    frame: float
    if config < 12:
        frame = (10, 20, 40, 60)[config & 3]
    elif config < 16:
        frame = (10, 20)[config & 1]
    else:
        frame = (2.5, 5, 10, 20)[config & 3]
    count = packet[1] & 63 if code == 3 else (1, 2, 2)[code]
    if not count:
        raise ValueError("a packet of nothing")
    return frame * count


# -- Ogg (RFC 3533, RFC 7845) ------------------------------------------------------------------------------------------


# 48 frames of 1,275 bytes, and what their number takes (RFC 6716, 3.2.5). Without an end, adding to one is quadratic.
_LARGEST_PACKET = 48 * 1_275 + 200


def _measure_ogg(content: bytes) -> float:
    packets = _ogg_packets(content)
    head = next(packets, b"")
    if head[:8] != b"OpusHead" or next(packets, b"")[:8] != b"OpusTags":
        raise ValueError("no Opus")
    (skipped,) = struct.unpack_from("<H", head, 10)
    return sum(_opus_ms(packet) for packet in packets) - int(skipped) / 48


def _ogg_packets(content: bytes) -> Iterator[bytes]:
    at, stream, packet = 0, None, b""
    while at < len(content):
        sign, serial, segments = struct.unpack_from("<4s10xI8xB", content, at)
        sizes = content[at + 27 : at + 27 + segments]
        at += 27 + segments
        if sign != b"OggS" or serial != (serial if stream is None else stream) or at + sum(sizes) > len(content):
            raise ValueError("not one whole stream")
        stream = serial
        for size in sizes:
            packet += content[at : at + size]
            at += size
            if len(packet) > _LARGEST_PACKET:
                raise ValueError("more than a packet can be")
            if size < 255:
                yield packet
                packet = b""


# -- WebM (RFC 8794, RFC 9559) -----------------------------------------------------------------------------------------

_EBML, _DOCTYPE, _SEGMENT, _SCALE = 0x1A45DFA3, 0x4282, 0x18538067, 0x2AD7B1
_TRACK, _TRACK_TYPE, _CODEC, _CLUSTER_TIME = 0xAE, 0x83, 0x86, 0xE7
_BLOCKS = {0xA3, 0xA1}
# Read as if their content followed them: EBML, Segment, Info, Tracks, TrackEntry, Cluster, BlockGroup.
_ENTERED = {_EBML, _SEGMENT, 0x1549A966, 0x1654AE6B, _TRACK, 0x1F43B675, 0xA0}


def _measure_webm(content: bytes) -> float:
    scale, cluster_time, tracks, begin, end = 1_000_000, 0, 0, None, 0.0
    seen: dict[int, bytes] = {}
    for id_, payload in _webm_elements(content):
        if id_ in _BLOCKS:
            time, flags = struct.unpack_from(">hB", payload, 1)
            if payload[0] & 0x80 == 0 or flags & 0x06:
                raise ValueError("laced, or more tracks than sound has")
            at = (cluster_time + time) * scale / 1e6
            begin = at if begin is None else begin
            end = max(end, at + _opus_ms(payload[4:]))
        elif id_ == _CLUSTER_TIME:
            cluster_time = _number(payload)
        elif id_ == _SCALE:
            scale = _number(payload)
        elif id_ == _TRACK:
            tracks += 1
        else:
            seen[id_] = payload
    if seen.get(_DOCTYPE) != b"webm" or (tracks, seen.get(_TRACK_TYPE), seen.get(_CODEC)) != (1, b"\x02", b"A_OPUS"):
        raise ValueError("not one track of Opus")
    return end - (begin or 0)


def _number(payload: bytes) -> int:
    """Larger ones are none (RFC 8794, 7.2), and to reckon with them would take minutes."""
    if len(payload) > 8:
        raise ValueError("no number")
    return int.from_bytes(payload)


def _webm_elements(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(content):
        length = 9 - content[at].bit_length()
        id_ = int.from_bytes(content[at : at + length])
        at += length
        length = 9 - content[at].bit_length()
        size = int.from_bytes(content[at : at + length]) & (2 ** (7 * length) - 1)
        at += length
        if id_ in _ENTERED:
            yield id_, b""
            continue
        if length > 8 or at + size > len(content):
            raise ValueError("not whole")
        yield id_, content[at : at + size]
        at += size


# -- MP4 (ISO/IEC 14496-12), also in fragments -------------------------------------------------------------------------

_BOXES = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"mvex", b"moof", b"traf"}


def _measure_mp4(content: bytes) -> float:
    seen: dict[bytes, bytes] = {}
    ticks = handlers = usual = 0
    for kind, payload in _mp4_boxes(content):
        seen[kind] = payload
        if kind == b"hdlr":
            handlers += payload[8:12] in {b"soun", b"vide"}
        elif kind == b"stts":
            (count,) = struct.unpack_from(">I", payload, 4)
            ticks += sum(times * delta for times, delta in struct.iter_unpack(">II", payload[8 : 8 + 8 * count]))
        elif kind == b"trun":
            ticks += _ticks_of_run(payload, usual)
        elif kind == b"trex":
            (usual,) = struct.unpack_from(">I", payload, 12)
        elif kind == b"tfhd":
            usual = _usual_ticks(payload, usual)
    if handlers != 1 or seen[b"hdlr"][8:12] != b"soun" or seen[b"stsd"][12:16] not in {b"mp4a", b"Opus"}:
        raise ValueError("not one track of AAC or Opus")
    (scale,) = struct.unpack_from(">I", seen[b"mdhd"], 20 if seen[b"mdhd"][0] else 12)
    return 1000 * ticks / scale if b"mdat" in seen else 0


def _usual_ticks(tfhd: bytes, usual: int) -> int:
    flags = int.from_bytes(tfhd[1:4])
    if not flags & 0x08:
        return usual
    (ticks,) = struct.unpack_from(">I", tfhd, 8 + (8 if flags & 0x01 else 0) + (4 if flags & 0x02 else 0))
    return int(ticks)


def _ticks_of_run(trun: bytes, usual: int) -> int:
    flags = int.from_bytes(trun[1:4])
    (count,) = struct.unpack_from(">I", trun, 4)
    if not flags & 0x100:
        # No sample is shorter than a byte of the file.
        if count > MAX_SOUND_BYTES:
            raise ValueError("more samples than there is room for")
        return int(count * usual)
    first = 8 + (4 if flags & 0x01 else 0) + (4 if flags & 0x04 else 0)
    width = 4 * sum(bool(flags & bit) for bit in (0x100, 0x200, 0x400, 0x800))
    return sum(struct.unpack_from(">I", trun, first + width * place)[0] for place in range(count))


def _mp4_boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(content):
        size, kind = struct.unpack_from(">I4s", content, at)
        if kind in _BOXES:
            at += 8
            continue
        size = size or len(content) - at
        if size < 8 or at + size > len(content):
            raise ValueError("not whole")
        yield kind, content[at + 8 : at + size]
        at += size


_FORMATS: tuple[tuple[str, Callable[[bytes], bool], Callable[[bytes], float]], ...] = (
    ("audio/webm", lambda content: content[:4] == b"\x1a\x45\xdf\xa3", _measure_webm),
    ("audio/ogg", lambda content: content[:4] == b"OggS", _measure_ogg),
    ("audio/mp4", lambda content: content[4:8] == b"ftyp", _measure_mp4),
)
