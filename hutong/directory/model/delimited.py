"""CSV as it comes: any of the usual encodings and delimiters, quoted line breaks, a stray broken byte."""

import codecs
import csv
from collections.abc import Iterator
from itertools import chain, islice

from hutong.directory.model import headings
from hutong.directory.model.errors import (
    MAX_COLUMNS,
    MAX_ROWS,
    RosterCellTooLong,
    RosterEmpty,
    RosterEncodingUnknown,
    RosterNotASpreadsheet,
    RosterQuoteOpen,
    RosterTooManyColumns,
    RosterTooManyRows,
)

Rows = list[list[str]]

_BOMS = (
    # UTF-32 before UTF-16: its little-endian mark begins with the other's.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = ",;\t，|"
_HEADING_WITHIN = 20
# A last row of our own: if it does not come back whole, a quotation mark was still open at the end of the file.
_END = "\x1eend\x1e"


def read_rows(content: bytes) -> Rows:
    """All rows, blank ones too, so that a row's number is its place in the list plus one. Raises RosterUnreadable."""
    text = decode(content)
    if not text.strip("\ufeff \t\r\n\x00"):
        raise RosterEmpty
    return _split(text, _find_delimiter(text))


def decode(content: bytes) -> str:
    """By byte order mark, else UTF-8, else GB18030. A few broken bytes become U+FFFD, which the rows then report."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    if content.count(b"\0", 0, 4096) > len(content[:4096]) // 50:
        raise RosterNotASpreadsheet
    for encoding in ("utf-8", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            pass
    candidates = [content.decode(encoding, errors="replace") for encoding in ("utf-8", "gb18030")]
    best = min(candidates, key=lambda text: text.count("\ufffd"))
    if best.count("\ufffd") * 100 > len(best):
        raise RosterEncodingUnknown
    return best


def _find_delimiter(text: str) -> str:
    """The delimiter under which a row near the top names the most of the required columns."""
    best, best_count = ",", 0
    # Enough for the first rows of any roster; a whole file need not be parsed five times.
    top = text[:65_536]
    for delimiter in _DELIMITERS:
        try:
            count = max(map(headings.count_known, islice(_parse(top, delimiter), _HEADING_WITHIN)), default=0)
        except csv.Error:
            continue
        if count > best_count:
            best, best_count = delimiter, count
    return best


def _parse(text: str, delimiter: str) -> Iterator[list[str]]:
    # Not strict: `"a"b` reads as ab, as spreadsheets do. Lines keep their ends, which quoted cells need.
    return csv.reader(chain(_lines(text), [_END]), delimiter=delimiter)


def _lines(text: str) -> Iterator[str]:
    """Lines by \\n, \\r\\n or the old Mac's \\r alone; never by the other separators that str.splitlines knows."""
    if "\n" not in text and "\r" in text:
        text = text.replace("\r", "\n")
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start : end + 1]
        start = end + 1
    if start < len(text):
        yield text[start:] + "\n"


def _split(text: str, delimiter: str) -> Rows:
    rows: Rows = []
    try:
        for row in _parse(text, delimiter):
            if any(row[MAX_COLUMNS:]):
                raise RosterTooManyColumns
            rows.append(row)
            if len(rows) > MAX_ROWS + 1:
                raise RosterTooManyRows
    except csv.Error as cause:
        raise RosterCellTooLong(row=len(rows) + 1) from cause
    if rows[-1] != [_END]:
        raise RosterQuoteOpen(row=len(rows))
    rows.pop()
    return rows
