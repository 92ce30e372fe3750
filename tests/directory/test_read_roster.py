"""A roster file is read whatever it comes as; every fault has its row, its column and a reason."""

import io
import re
import zipfile
from typing import Any

import openpyxl
import pytest

from hutong.directory.model.errors import (
    RosterColumnsMissing,
    RosterEmpty,
    RosterEncodingUnknown,
    RosterNotASpreadsheet,
    RosterQuoteOpen,
    RosterTooLarge,
    RosterTooManyColumns,
    RosterTooManyRows,
    RosterUnreadable,
    RosterWithoutHeading,
    RosterWithoutPeople,
)
from hutong.directory.model.roster import Roster, logins_of, read_roster
from hutong.identity.model import normal_login
from tests.directory.rosters import DATA, HEADING, PACKAGED, csv_of, row


def workbook(rows: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    for line in rows:
        book.active.append(line)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def codes(roster: Roster) -> list[tuple[int, str | None, str]]:
    return [(fault.row, fault.column, fault.error.code) for fault in roster.faults]


def one(**values: str) -> Roster:
    return read_roster(csv_of([row("林晓", "linxiao") | values]))


def test_exactly_the_planted_faults_are_found() -> None:
    planted = set()
    for line in (DATA / "roster-faulty.md").read_text().splitlines():
        found = re.match(r"\| (\d+) \| (\S+) \| (.*) \|", line)
        if found and "not an error" not in found[3]:
            planted.add((int(found[1]), None if found[2] == "-" else found[2]))
    assert len(planted) == 14
    roster = read_roster((DATA / "roster-faulty.csv").read_bytes())
    assert {(fault.row, fault.column) for fault in roster.faults} == planted
    assert len(roster.entries) == 302 - 14


def test_what_is_odd_but_no_fault_is_kept_as_meant() -> None:
    entries = {entry.row: entry for entry in read_roster((DATA / "roster-faulty.csv").read_bytes()).entries}
    assert entries[32].gender is None
    assert entries[35].name == "林晓"
    assert entries[38].phone == "13800138000"
    assert entries[46].name == "<script>alert(1)</script>"


@pytest.mark.parametrize(("file", "people"), [(PACKAGED, 10_240), (DATA / "roster-gbk.csv", 600)])
def test_sound_rosters_have_no_fault(file: Any, people: int) -> None:
    roster = read_roster(file.read_bytes())
    assert roster.faults == []
    assert len(roster.entries) == people


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-32"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_delimiters_and_line_ends(encoding: str, delimiter: str, newline: str) -> None:
    lines = [HEADING, ["林晓", "linxiao", "", "销售", "甲/乙", "女", "13800000001", "", "", "", "", "是"]]
    content = newline.join(delimiter.join(line) for line in lines).encode(encoding)
    [entry] = read_roster(content).entries
    assert (entry.name, entry.account, entry.departments) == ("林晓", "linxiao", (("甲", "乙"),))
    assert (entry.gender, entry.heads) == ("female", (("甲", "乙"),))


def test_english_headings_in_any_order_with_unknown_columns() -> None:
    content = (
        b"Shoe size,Department,E-mail,Full Name,User ID (required),Head of Department?,Mobile\n"
        b"42,R&D/Cabin;Sales,a@b.cn,Anna  Smith,anna,no;yes,+44 20 7946 0958\n"
    )
    roster = read_roster(content)
    [entry] = roster.entries
    assert roster.heading.unknown == ("Shoe size",)
    assert (entry.name, entry.account, entry.phone) == ("Anna Smith", "anna", "+442079460958")
    assert entry.departments == (("R&D", "Cabin"), ("Sales",))
    assert entry.heads == (("Sales",),)


def test_rows_are_numbered_as_the_spreadsheet_shows_them() -> None:
    content = '姓名,帐号,部门,地址\n林晓,lin,甲,"路\n号"\n\n,chen,甲,\n'.encode()
    roster = read_roster(content)
    assert [entry.address for entry in roster.entries] == ["路 号"]
    assert codes(roster) == [(4, "姓名", "name_missing")]


def test_a_heading_below_notes_is_found() -> None:
    roster = read_roster("填写须知：,,\n请勿删除本行,,\n姓名,账号,部门\n林晓,lin,甲\n".encode())
    assert [(entry.row, entry.name) for entry in roster.entries] == [(4, "林晓")]


def test_a_spreadsheet_with_numbers_reads_as_typed() -> None:
    content = workbook(
        [list(HEADING), ["林晓", 10001, None, None, "甲", None, 1.38e10, 5711234567.0, None, None, None, True]]
    )
    [entry] = read_roster(content).entries
    assert (entry.account, entry.phone, entry.landline) == ("10001", "13800000000", "5711234567")
    assert entry.heads == (("甲",),)


def test_the_sheet_with_a_heading_is_taken() -> None:
    book = openpyxl.Workbook()
    book.active.append(["说明"])
    sheet = book.create_sheet("人员")
    sheet.append(["姓名", "帐号", "部门"])
    sheet.append(["林晓", "lin", "甲"])
    assert len(read_roster(saved(book)).entries) == 1


@pytest.mark.parametrize(
    ("phone", "kept"),
    [
        ("13800138000", "13800138000"),
        ("+86 138-0013-8000", "13800138000"),
        ("008613800138000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("13800138000.0", "13800138000"),
        ("1.3800138001E+10", "13800138001"),
        ('="13800138000"', "13800138000"),
        ("+852 9123 4567", "+85291234567"),
        ("", None),
    ],
)
def test_phones_are_normalised(phone: str, kept: str | None) -> None:
    assert one(手机=phone).entries[0].phone == kept


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("姓名", "\u200b\u202e", "name_missing"),
        ("姓名", "林" * 65, "name_too_long"),
        ("帐号", "", "account_missing"),
        ("帐号", "林晓", "account_malformed"),
        ("帐号", "_lin", "account_malformed"),
        ("帐号", "@SUM(A1)", "account_is_formula"),
        ("帐号", "a" * 65, "account_too_long"),
        ("手机", "1.38E+10", "phone_rounded"),
        ("手机", "12345678901", "phone_malformed"),
        ("手机", "123", "phone_too_short"),
        ("座机", "前台", "landline_malformed"),
        ("企业邮箱", "a@b@c.cn", "email_malformed"),
        ("职务", "长" * 65, "text_too_long"),
        ("地址", "长" * 257, "text_too_long"),
        ("部门", " ; ", "department_missing"),
        ("部门", "甲//乙", "department_level_empty"),
        ("部门", "/".join("甲" * 21), "department_too_deep"),
        ("部门", "甲" * 65, "department_name_too_long"),
        ("部门", ";".join(f"部{n}" for n in range(21)), "too_many_departments"),
        ("是否部门负责人", "是;是", "head_unclear"),
        ("别名", "林\ufffd", "text_undecodable"),
    ],
)
def test_each_fault_names_its_column(column: str, value: str, code: str) -> None:
    roster = one(**{column: value})
    assert codes(roster) == [(2, column, code)]
    assert roster.entries == []
    [fault] = roster.faults
    assert fault.out("zh-CN").message != fault.out("en").message
    assert len(fault.out("en").value or "") <= 80


def test_control_and_direction_characters_leave_the_name() -> None:
    assert one(姓名="\x00林\u202e\u200d晓\x07").entries[0].name == "林晓"


def test_the_second_claim_is_the_faulty_one_whatever_the_case_and_the_column() -> None:
    content = csv_of(
        [
            row("一", "one", 手机="13800000001"),
            row("二", "ONE", 手机="13800000002"),
            row("三", "three", 手机="+86 138 0000 0001"),
            row("四", "13800000001"),
        ]
    )
    assert codes(read_roster(content)) == [
        (3, "帐号", "account_repeated"),
        (4, "手机", "phone_repeated"),
        (5, "帐号", "account_repeated"),
    ]


@pytest.mark.parametrize("login", ["LinXiao", "13800138000", "8613800138000", "138-0013-8000", "li-ming@x"])
def test_logins_are_compared_as_identity_keeps_them(login: str) -> None:
    assert logins_of(login, None) == (normal_login(login),)


BIG_ROW = ",".join(["x"] * 201)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", RosterEmpty),
        (b"\xef\xbb\xbf \r\n", RosterEmpty),
        (b"hello\nworld\n", RosterWithoutHeading),
        ("姓名,帐号\n林晓,lin\n".encode(), RosterColumnsMissing),
        ("姓名,帐号,部门\n".encode(), RosterWithoutPeople),
        ('姓名,帐号,部门\n林晓,lin,"甲\n陈默,chen,甲\n'.encode(), RosterQuoteOpen),
        (bytes(range(128, 256)) * 40, RosterEncodingUnknown),
        (b"PK\x03\x04 and then nothing", RosterNotASpreadsheet),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, RosterNotASpreadsheet),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, RosterNotASpreadsheet),
        (b"x" * (30 * 1024 * 1024 + 1), RosterTooLarge),
        (("姓名,帐号,部门\n" + "\n" * 200_001).encode(), RosterTooManyRows),
        (f"姓名,帐号,部门\n{BIG_ROW}\n".encode(), RosterTooManyColumns),
    ],
)
def test_a_file_that_is_no_roster_says_why(content: bytes, error: type[RosterUnreadable]) -> None:
    with pytest.raises(error) as refused:
        read_roster(content)
    assert refused.value.details == {"reason": error.reason}
    assert refused.value.sentence("zh-CN") != refused.value.sentence("en")


def test_a_cell_far_away_does_not_fill_the_memory() -> None:
    for cell, error in (("XFD1", RosterTooManyColumns), ("A1048576", RosterTooManyRows)):
        book = openpyxl.Workbook()
        book.active["A1"], book.active[cell] = "姓名", "x"
        with pytest.raises(error):
            read_roster(saved(book))


def rewritten(content: bytes, part: str, change: Any) -> bytes:
    """The workbook with one part of its archive changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return file.getvalue()


@pytest.mark.parametrize(
    "cell",
    [
        b'<c t="inlineStr"><is><t>x</t></is></c>',
        b"<c r='XFD1048576'><v>1</v></c>",
        b'<c s=">" r="XFD1048576"><v>1</v></c>',
        b'<c\n r = "XFD1048576"><v>1</v></c>',
    ],
)
def test_a_cell_whose_place_is_hidden_is_refused(cell: bytes) -> None:
    content = workbook([["姓名", "帐号", "部门"], ["林晓", "lin", "甲"]])
    hidden = rewritten(content, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</row>", cell + b"</row>", 1))
    with pytest.raises(RosterNotASpreadsheet):
        read_roster(hidden)


def test_a_zip_bomb_is_stopped_whatever_size_it_states() -> None:
    content = workbook([["姓名", "帐号", "部门"], ["林晓", "lin", "甲"]])
    bomb = bytearray(rewritten(content, "xl/styles.xml", lambda xml: xml + b" " * (300 * 1024 * 1024)))
    assert len(bomb) < 1024 * 1024
    with pytest.raises(RosterTooLarge):
        read_roster(bytes(bomb))
    # The same with a lie about the size in the directory of the archive.
    directory = bomb.index(b"PK\x01\x02")
    while directory >= 0:
        bomb[directory + 24 : directory + 28] = (100).to_bytes(4, "little")
        directory = bomb.find(b"PK\x01\x02", directory + 4)
    with pytest.raises(RosterTooLarge):
        read_roster(bytes(bomb))
