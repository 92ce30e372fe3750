"""Excel files: .xlsx, and the old .xls. Read by calamine, after a look inside that keeps bombs from going off.

calamine lays a sheet out as one dense block between its first and last used cell, so a tiny file with a value in A1
and one in XFD1048576 would ask for terabytes. The archive is therefore unpacked here first, piece by piece and counted,
never trusting the sizes that it states, and each sheet's cell addresses are read.
"""

import io
import math
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from hutong.directory.model import headings
from hutong.directory.model.delimited import Rows
from hutong.directory.model.errors import (
    MAX_COLUMNS,
    MAX_ROWS,
    RosterEmpty,
    RosterLocked,
    RosterNotASpreadsheet,
    RosterTooLarge,
    RosterTooManyColumns,
    RosterTooManyRows,
    RosterUnreadable,
)

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

Cell = int | float | str | bool | time | date | datetime | timedelta

_MAX_UNPACKED = 256 * 1024 * 1024
_MAX_PARTS = 5_000
_MAX_SHEETS = 50
_HEADING_WITHIN = 20
_CHUNK = 1 << 20
# Column, row, and "/" for a cell that is only formatted, which takes no room in calamine.
_CELL = re.compile(
    rb'<(?:[\w.-]+:)?c(?=\s)(?:\s+(?!r=)[\w:.-]+="[^"<>]*")*\s+r="([A-Za-z]{1,8})(\d{1,10})"'
    rb'(?:\s+[\w:.-]+="[^"<>]*")*\s*(/?)>'
)
_ANY_CELL = re.compile(rb"<(?:[\w.-]+:)?c[\s/>]")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".webp", ".bin", ".odttf")
_LONGEST_TAG = 65_536


def read_rows(content: bytes) -> Rows:
    """The first sheet with a heading, else the first sheet. Raises RosterUnreadable."""
    if content.startswith(ZIP):
        _check_archive(content)
    elif b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e" in content:
        raise RosterLocked
    try:
        return _read_sheets(content)
    except PasswordError as cause:
        raise RosterLocked from cause
    except (CalamineError, OSError, ValueError, OverflowError, MemoryError) as cause:
        raise RosterNotASpreadsheet from cause
    except RosterUnreadable:
        raise
    except BaseException as cause:
        # A panic inside calamine arrives as a BaseException of its own; everything else goes its way.
        if type(cause).__name__ != "PanicException":
            raise
        raise RosterNotASpreadsheet from cause


def _read_sheets(content: bytes) -> Rows:
    first: Rows | None = None
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
        sheets = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        for name in sheets[:_MAX_SHEETS]:
            sheet = workbook.get_sheet_by_name(name)
            if sheet.total_height > MAX_ROWS + 1:
                raise RosterTooManyRows
            if sheet.total_width > MAX_COLUMNS:
                raise RosterTooManyColumns
            rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
            if any(headings.count_known(row) >= 2 for row in rows[:_HEADING_WITHIN]):
                return rows
            first = rows if first is None else first
    if not first:
        raise RosterEmpty
    return first


def _text(cell: Cell) -> str:
    """A number that was meant as text (phone, account) reads as it was typed: no `.0`, no exponent."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return ""
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e20 else repr(cell)
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell)


def _check_archive(content: bytes) -> None:
    """Raises RosterTooLarge, RosterTooManyRows, RosterTooManyColumns, or RosterNotASpreadsheet for a broken archive."""
    unpacked = 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
        _check_names([part.filename.lower().replace("\\", "/") for part in parts])
        for part in parts:
            sheet = _Extent(is_picture=part.filename.lower().endswith(_PICTURES))
            for chunk in _unpack(content, part):
                unpacked += len(chunk)
                if unpacked > _MAX_UNPACKED:
                    raise RosterTooLarge
                sheet.look_at(chunk)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError, RuntimeError) as cause:
        raise RosterNotASpreadsheet from cause


def _check_names(names: list[str]) -> None:
    if len(names) > _MAX_PARTS:
        raise RosterTooLarge
    # calamine would go on to try the binary and the open formats, whose cells are not looked at here.
    others = any(name.endswith(("workbook.bin", "content.xml")) for name in names)
    if others or not any(name.endswith("workbook.xml") for name in names):
        raise RosterNotASpreadsheet


def _unpack(content: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part's real content, however long: `zipfile` itself would stop where the archive says that it ends."""
    header = content[part.header_offset : part.header_offset + 30]
    if len(header) < 30 or header[:4] != ZIP:
        raise zipfile.BadZipFile
    start = part.header_offset + 30 + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    packed = memoryview(content)[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        for offset in range(0, len(packed), _CHUNK):
            yield bytes(packed[offset : offset + _CHUNK])
    elif part.compress_type == zipfile.ZIP_DEFLATED:
        yield from _inflate(packed)
    else:
        raise RosterNotASpreadsheet


def _inflate(packed: memoryview) -> Iterator[bytes]:
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    waiting: bytes | memoryview = packed
    while waiting and not stream.eof:
        chunk = stream.decompress(waiting, _CHUNK)
        waiting = stream.unconsumed_tail
        yield chunk


class _Extent:
    """Watches a part go by for cells beyond the limits; a tag may lie across two chunks."""

    def __init__(self, *, is_picture: bool) -> None:
        self._is_picture = is_picture
        self._tail = b""
        self._is_first = True

    def look_at(self, chunk: bytes) -> None:
        text = self._tail + chunk
        if self._is_picture:
            # Three bytes of a cell's tag turn up in any picture by chance; the name of a sheet's body does not.
            if b"sheetData" in text:
                raise RosterNotASpreadsheet
            self._tail = chunk[-16:]
            return
        if self._is_first and text.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise RosterNotASpreadsheet
        self._is_first = False
        last = text.rfind(b"<")
        self._tail = text[last:] if last >= 0 and b">" not in text[last:] else b""
        if len(self._tail) > _LONGEST_TAG:
            raise RosterNotASpreadsheet
        whole = text[: len(text) - len(self._tail)]
        cells = _CELL.findall(whole)
        # A cell written in a way that calamine may read and this pattern does not would slip through: refuse it.
        if len(cells) != len(_ANY_CELL.findall(whole)):
            raise RosterNotASpreadsheet
        _check_cells((letters, digits) for letters, digits, ends in cells if not ends)


def _check_cells(cells: Iterable[tuple[bytes, bytes]]) -> None:
    for letters, digits in set(cells):
        if int(digits) > MAX_ROWS + 1:
            raise RosterTooManyRows
        if len(letters) > 2 or _column(letters) > MAX_COLUMNS:
            raise RosterTooManyColumns


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
