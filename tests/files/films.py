"""Videos and sound as phones and programs write them: their heads, put together byte by byte, with nothing to see."""

import io
import struct
import wave


def mp4(
    *, width: int = 1920, height: int = 1080, seconds: float = 6.5, is_upright: bool = False, codec: bytes = b"avc1",
    handler: bytes = b"vide", is_long: bool = False, brand: bytes = b"isom",
) -> bytes:  # fmt: skip
    """A phone's camera: what is filmed first, its table of contents behind it."""
    matrix = (
        (0, 1 << 16, 0, -(1 << 16), 0, 0, 0, 0, 1 << 30)
        if is_upright
        else (1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
    )
    tkhd = _box(
        b"tkhd", bytes(4) + bytes(36) + struct.pack(">9i", *matrix) + struct.pack(">II", width << 16, height << 16)
    )
    table = _box(b"stbl", _box(b"stsd", struct.pack(">II", 0, 1) + _box(codec, bytes(78))))
    mdia = _box(b"mdia", _box(b"hdlr", bytes(8) + handler + bytes(13)) + _box(b"minf", table))
    if is_long:
        mvhd = b"\x01" + bytes(3) + bytes(16) + struct.pack(">IQ", 600, int(seconds * 600)) + bytes(80)
    else:
        mvhd = bytes(4) + bytes(8) + struct.pack(">II", 600, int(seconds * 600)) + bytes(80)
    moov = _box(b"moov", _box(b"mvhd", mvhd) + _box(b"trak", tkhd + mdia))
    media = bytes(5000)
    mdat = struct.pack(">I4sQ", 1, b"mdat", 16 + len(media)) + media if is_long else _box(b"mdat", media)
    return _box(b"ftyp", brand + bytes(4)) + mdat + moov


def webm(
    *, width: int = 640, height: int = 360, seconds: float | None = 3.0, kind: int = 1, doctype: bytes = b"webm"
) -> bytes:
    """`seconds` None: as browsers record, who do not know the end when they begin."""
    head = _element(0x1A45DFA3, _element(0x4282, doctype))
    info = _element(0x2AD7B1, (1_000_000).to_bytes(3))
    if seconds is not None:
        info += _element(0x4489, struct.pack(">d", seconds * 1000))
    size = _element(0xE0, _element(0xB0, width.to_bytes(2)) + _element(0xBA, height.to_bytes(2)))
    track = _element(0xAE, _element(0xD7, b"\x01") + _element(0x83, bytes([kind])) + (size if kind == 1 else b""))
    cluster = _element(0x1F43B675, _element(0xE7, b"\x00") + _element(0xA3, b"\x81\x00\x00\x80" + bytes(3000)))
    segment = _element(0x1549A966, info) + _element(0x1654AE6B, track) + cluster
    return head + (0x18538067).to_bytes(4) + b"\x01" + b"\xff" * 7 + segment


def wav(seconds: float = 1.0) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as opened:
        opened.setnchannels(1)
        opened.setsampwidth(2)
        opened.setframerate(8000)
        opened.writeframes(bytes(int(16_000 * seconds)))
    return out.getvalue()


def mp3() -> bytes:
    """Two seconds of frames of 128 kbit/s at 44.1 kHz."""
    return (b"\xff\xfb\x90\x00" + bytes(413)) * 76


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def _element(id_: int, content: bytes) -> bytes:
    return id_.to_bytes((id_.bit_length() + 7) // 8) + (len(content) | 1 << 56).to_bytes(8) + content
