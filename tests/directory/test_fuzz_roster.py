"""No file, however broken, does worse than being refused."""

import io
import zipfile

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from hutong.directory.model.errors import RosterUnreadable
from hutong.directory.model.plan import State, make_plan
from hutong.directory.model.report import describe_plan
from hutong.directory.model.roster import read_roster
from tests.directory.rosters import DATA, HEADING, csv_of, row

FAULTY = (DATA / "roster-faulty.csv").read_bytes()[:6_000]
EMPTY = State(members=[], departments={})
SPECIAL = '",;\n\r\t\x00\ufeff\u202e/=+-19e.@张𠮷\ud7ff；：\u3000'

cells = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from(SPECIAL)), max_size=12)


def spreadsheet() -> bytes:
    book = openpyxl.Workbook()
    for line in [HEADING, *(["林晓", f"lin{n}", "", "", "甲/乙", "女", 13800000000 + n] for n in range(30))]:
        book.active.append(list(line))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


XLSX = spreadsheet()


def survive(content: bytes) -> None:
    try:
        roster = read_roster(content)
    except RosterUnreadable as refused:
        refused.sentence("zh-CN")
        refused.sentence("en")
        return
    for language in ("zh-CN", "en"):
        describe_plan(make_plan(roster, EMPTY, removes_missing=True), language)


@given(st.binary(max_size=2_000))
@settings(deadline=None, max_examples=150)
def test_random_bytes(content: bytes) -> None:
    survive(content)
    survive("姓名,帐号,部门\n".encode() + content)
    survive(b"PK\x03\x04" + content)
    survive(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + content)


@given(st.lists(st.lists(cells, max_size=15), max_size=10), st.sampled_from(["utf-8", "gb18030", "utf-16"]))
@settings(deadline=None, max_examples=150)
def test_random_cells(lines: list[list[str]], encoding: str) -> None:
    text = "\n".join([",".join(HEADING), *(",".join(line) for line in lines)])
    survive(text.encode(encoding, errors="replace"))


@given(st.lists(st.tuples(st.integers(0, len(FAULTY)), st.binary(max_size=6), st.integers(0, 6)), max_size=8))
@settings(deadline=None, max_examples=150)
def test_a_mutated_csv(edits: list[tuple[int, bytes, int]]) -> None:
    content = FAULTY
    for place, inserted, cut in edits:
        content = content[:place] + inserted + content[place + cut :]
    survive(content)


@given(st.integers(0, len(XLSX)))
@settings(deadline=None, max_examples=60)
def test_a_truncated_spreadsheet(length: int) -> None:
    survive(XLSX[:length])


@given(st.lists(st.tuples(st.integers(0, len(XLSX) - 1), st.integers(0, 255)), min_size=1, max_size=8))
@settings(deadline=None, max_examples=100)
def test_a_mutated_spreadsheet(edits: list[tuple[int, int]]) -> None:
    content = bytearray(XLSX)
    for place, byte in edits:
        content[place] = byte
    survive(bytes(content))


PARTS = ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]


@given(
    st.sampled_from(PARTS),
    st.lists(st.tuples(st.integers(0, 5_000), st.binary(max_size=4), st.integers(0, 30)), min_size=1, max_size=6),
)
@settings(deadline=None, max_examples=100)
def test_a_spreadsheet_with_broken_parts(part: str, edits: list[tuple[int, bytes, int]]) -> None:
    """The archive is sound, what is in it is not."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(XLSX)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            for place, inserted, cut in edits if name == part else []:
                start = place % (len(content) + 1)
                content = content[:start] + inserted + content[start + cut :]
            new.writestr(name, content)
    survive(file.getvalue())


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(HEADING, cells)), max_size=8))
@settings(deadline=None, max_examples=150)
def test_every_row_is_taken_or_has_a_fault(lines: list[dict[str, str]]) -> None:
    """None is lost silently, however odd its cells."""
    roster = read_roster(csv_of([row("林晓", "the-first"), *lines]))
    filled = {n for n, line in enumerate(lines, 3) if any(value.strip() for value in line.values())}
    accounted = {entry.row for entry in roster.entries} | {fault.row for fault in roster.faults}
    assert accounted >= {2}
    assert len(accounted) >= len(filled)
