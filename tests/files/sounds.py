"""Recordings as browsers make them: Opus silence in WebM, Ogg and MP4, put together here byte by byte."""

import struct

# 20 ms of silence.
SILENCE = b"\xf8\xff\xfe"
FRAME_MS = 20


def webm(ms: int, *, codec: bytes = b"A_OPUS", kind: int = 2, packet: bytes = SILENCE) -> bytes:
    """As Chromium's recorder writes it: sizes of Segment and Cluster unknown, no duration in the head."""
    track = _element(0xD7, b"\x01") + _element(0x83, bytes([kind])) + _element(0x86, codec)
    head = _element(0x1A45DFA3, _element(0x4282, b"webm"))
    info = _element(0x1549A966, _element(0x2AD7B1, (1_000_000).to_bytes(3)))
    tracks = _element(0x1654AE6B, _element(0xAE, track))
    clusters = b""
    for begin in range(0, ms, 1000):
        blocks = [
            _element(0xA3, b"\x81" + struct.pack(">hB", at - begin, 0x80) + packet)
            for at in range(begin, min(begin + 1000, ms), FRAME_MS)
        ]
        clusters += _live(0x1F43B675) + _element(0xE7, begin.to_bytes(4)) + b"".join(blocks)
    return head + _live(0x18538067) + info + tracks + clusters


def ogg(ms: int) -> bytes:
    packets = [SILENCE] * (ms // FRAME_MS)
    pages = [_page(0, [b"OpusHead\x01\x01\x00\x00\x80\xbb\x00\x00\x00\x00\x00"]), _page(0, [b"OpusTags" + bytes(8)])]
    for first in range(0, len(packets), 50):
        some = packets[first : first + 50]
        pages.append(_page((first + len(some)) * 960, some))
    return b"".join(pages)


def mp4(ms: int, *, in_fragments: bool = False, handler: bytes = b"soun") -> bytes:
    """As Safari's recorder writes it, or in fragments as Chromium's does."""
    frames = ms // FRAME_MS
    media = _box(b"mdat", SILENCE * frames)
    table = _box(b"stbl", _box(b"stsd", struct.pack(">II", 0, 1) + _box(b"Opus", bytes(28))))
    stts = _box(b"stts", struct.pack(">II", 0, 1) + struct.pack(">II", frames, 960) if not in_fragments else bytes(8))
    mdia = _box(b"mdhd", struct.pack(">IIIII", 0, 0, 0, 48_000, 0)) + _box(b"hdlr", bytes(8) + handler + bytes(13))
    trak = _box(b"trak", _box(b"mdia", mdia + _box(b"minf", table + stts)))
    ftyp = _box(b"ftyp", b"isom" + bytes(4))
    if not in_fragments:
        return ftyp + media + _box(b"moov", trak)
    trex = _box(b"mvex", _box(b"trex", struct.pack(">IIIIII", 0, 1, 1, 960, 3, 0)))
    tfhd, trun = _box(b"tfhd", struct.pack(">II", 0, 1)), _box(b"trun", struct.pack(">II", 0, frames))
    return ftyp + _box(b"moov", trak + trex) + _box(b"moof", _box(b"traf", tfhd + trun)) + media


def _element(id_: int, payload: bytes) -> bytes:
    return _id(id_) + (0x0800_0000 << 1 | len(payload)).to_bytes(4) + payload


def _live(id_: int) -> bytes:
    return _id(id_) + b"\x01" + b"\xff" * 7


def _id(id_: int) -> bytes:
    return id_.to_bytes((id_.bit_length() + 7) // 8)


def _page(granule: int, packets: list[bytes]) -> bytes:
    head = struct.pack("<4sBBqIIIB", b"OggS", 0, 0, granule, 7, 0, 0, len(packets))
    return head + bytes(len(packet) for packet in packets) + b"".join(packets)


def endless(pages: int) -> bytes:
    """An Ogg whose third packet goes on from page to page."""
    head = struct.pack("<4sBBqIIIB", b"OggS", 0, 0, 0, 7, 0, 0, 255)
    return ogg(0) + (head + b"\xff" * 255 + bytes(255 * 255)) * pages


def _box(kind: bytes, payload: bytes) -> bytes:
    return struct.pack(">I4s", len(payload) + 8, kind) + payload
