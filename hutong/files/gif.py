"""GIF: its blocks copied one by one, without comments, foreign applications' blocks and what follows the end.

Writing it anew with another encoder would change palettes and timing; a GIF holds no EXIF, only these blocks.
"""

_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_EXTENSION, _PICTURE, _END = 0x21, 0x2C, 0x3B
_GRAPHIC_CONTROL, _APPLICATION = 0xF9, 0xFF


def strip_gif(raw: bytes) -> bytes:
    """Raises ValueError or IndexError for what is no GIF or is cut off inside a block."""
    if raw[:6] not in {b"GIF87a", b"GIF89a"}:
        raise ValueError("no GIF")
    at = 13 + _palette_bytes(raw[10])
    if len(raw) < at:
        raise ValueError("cut off")
    kept = [raw[:at]]
    # Some programs leave the end mark out.
    while at < len(raw) and (kind := raw[at]) != _END:
        if kind == _PICTURE:
            body = at + 10 + _palette_bytes(raw[at + 9]) + 1
            end = _end_of_blocks(raw, body)
            kept.append(raw[at:end])
        elif kind == _EXTENSION:
            end = _end_of_blocks(raw, at + 2)
            if raw[at + 1] == _GRAPHIC_CONTROL or (raw[at + 1] == _APPLICATION and raw[at + 3 : at + 14] in _LOOPS):
                kept.append(raw[at:end])
        else:
            raise ValueError("no block of a GIF")
        at = end
    return b"".join([*kept, bytes([_END])])


def _palette_bytes(flags: int) -> int:
    return 3 * 2 ** ((flags & 0b111) + 1) if flags & 0b1000_0000 else 0


def _end_of_blocks(raw: bytes, at: int) -> int:
    """Past the zero that ends a run of length-prefixed blocks."""
    while raw[at] != 0:
        at += raw[at] + 1
    return at + 1
