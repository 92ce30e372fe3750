"""A roster file as entries and faults: everything that can be said about it without knowing the company."""

import hashlib
import re
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from hutong.core.errors import HutongError
from hutong.directory.model import delimited, faults, fields, headings, workbook
from hutong.directory.model.errors import (
    MAX_FILE_BYTES,
    MAX_NAME,
    MAX_TEXT,
    RosterColumnsMissing,
    RosterEmpty,
    RosterTooLarge,
    RosterWithoutHeading,
    RosterWithoutPeople,
)
from hutong.directory.model.fields import DepartmentPath, Gender
from hutong.directory.model.headings import Heading

Progress = Callable[[int, int, str], None]

_HEADING_WITHIN = 20
_TICK = 2_000
_MENTIONS = re.compile(r"[A-Za-z0-9][A-Za-z0-9_\-@.]*")


class Entry(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One person as the file has them (or, row 0, as added by hand), every value already in its kept form."""

    name: str
    account: str
    row: int = 0
    departments: tuple[DepartmentPath, ...] = ()
    heads: tuple[DepartmentPath, ...] = ()
    alias: str | None = None
    title: str | None = None
    gender: Gender | None = None
    phone: str | None = None
    landline: str | None = None
    personal_email: str | None = None
    work_email: str | None = None
    address: str | None = None

    @property
    def logins(self) -> tuple[str, ...]:
        """What the person signs in with; two people never share one, be it as account or as phone."""
        return logins_of(self.account, self.phone)


class Roster(msgspec.Struct, frozen=True, kw_only=True):
    """What a file says. `mentioned` holds the accounts, phones and addresses that its faulty rows name: a person whose
    row is faulty has not left the company."""

    digest: bytes
    heading: Heading
    entries: list[Entry]
    faults: list[faults.Fault]
    mentioned: frozenset[str]
    unclear_genders: int


def logins_of(account: str, phone: str | None) -> tuple[str, ...]:
    """As identity keeps them: lower case, and a mainland phone is the same with and without its country code."""
    login = account.lower()
    if re.fullmatch(r"(86)?1\d{10}", login.replace("-", "")):
        login = login.replace("-", "")[-11:]
    return (login,) if phone is None or phone == login else (login, phone)


def read_roster(content: bytes, progress: Progress | None = None) -> Roster:
    """Raises RosterUnreadable when the file is no roster at all; faults of its rows are collected, never raised."""
    if len(content) > MAX_FILE_BYTES:
        raise RosterTooLarge
    if not content:
        raise RosterEmpty
    is_workbook = content.startswith((workbook.ZIP, workbook.OLE))
    rows = workbook.read_rows(content) if is_workbook else delimited.read_rows(content)
    heading = _find_heading(rows)
    reader = _Reader(heading)
    for number, cells in enumerate(rows[heading.row :], heading.row + 1):
        if any(cells) and any(map(str.strip, cells)):
            reader.read_row(number, cells)
        if progress and number % _TICK == 0:
            progress(number, len(rows), "read")
    if not reader.row_count:
        raise RosterWithoutPeople
    return Roster(
        digest=hashlib.sha256(content).digest(),
        heading=heading,
        entries=reader.entries,
        faults=reader.faults,
        mentioned=frozenset(reader.mentioned),
        unclear_genders=reader.unclear_genders,
    )


def _find_heading(rows: Sequence[Sequence[str]]) -> Heading:
    best, known = 0, 0
    for position, cells in enumerate(rows[:_HEADING_WITHIN]):
        count = headings.count_known(cells)
        if count > known:
            best, known = position, count
    if not known:
        raise RosterWithoutHeading
    heading = headings.read_heading(best + 1, rows[best])
    missing = [headings.TITLES[field] for field in headings.REQUIRED if field not in heading.columns]
    if missing:
        raise RosterColumnsMissing(
            columns_zh="、".join(zh for zh, _ in missing), columns_en=", ".join(en.lower() for _, en in missing)
        )
    return heading


class _Reader:
    """Rows in, entries and faults out; remembers which row claimed a login first."""

    def __init__(self, heading: Heading) -> None:
        self.entries: list[Entry] = []
        self.faults: list[faults.Fault] = []
        self.mentioned: set[str] = set()
        self.unclear_genders = 0
        self.row_count = 0
        self._heading = heading
        self._claims: dict[str, int] = {}
        # Thousands of rows name the same few departments.
        self._departments: dict[str, tuple[DepartmentPath, ...] | faults.Faulty] = {}
        self._last_required = max(heading.columns[field] for field in headings.REQUIRED)

    def read_row(self, row: int, cells: Sequence[str]) -> None:
        self.row_count += 1
        before = len(self.faults)
        entry = None if self._has_wrong_shape(row, cells) else self._read_cells(row, cells)
        if len(self.faults) > before:
            for cell in cells:
                self._mention(cell)
        elif entry:
            self.entries.append(entry)

    def _has_wrong_shape(self, row: int, cells: Sequence[str]) -> bool:
        """With cells too many or cut off, a value may stand under the wrong heading: the row is to blame."""
        heading = self._heading
        extra = [cell for cell in cells[heading.width :] if cell.strip()]
        if extra:
            self._fault(row, None, faults.TooManyCells(extra=len(cells) - heading.width), extra[0])
            self._check_shifted_account(row, cells)
            return True
        if len(cells) > self._last_required:
            return False
        lost = [field for field in headings.REQUIRED if heading.columns[field] >= len(cells)]
        columns = [headings.TITLES[field] for field in lost]
        error = faults.RowCutShort(
            columns_zh="、".join(zh for zh, _ in columns), columns_en=", ".join(en.lower() for _, en in columns)
        )
        self._fault(row, None, error, ",".join(cells))
        return True

    def _check_shifted_account(self, row: int, cells: Sequence[str]) -> None:
        """A row too long may still repeat an account; said as well, so that both are mended at once."""
        try:
            account = fields.read_account(cells[self._heading.columns["account"]])
        except faults.Faulty:
            return
        claimed = self._claims.get(logins_of(account, None)[0])
        if claimed:
            self._fault(row, None, faults.AccountRepeated(row=claimed), account)

    def _read_cells(self, row: int, cells: Sequence[str]) -> Entry | None:
        values: dict[str, Any] = {}
        before = len(self.faults)
        for field, position in self._heading.columns.items():
            text = cells[position] if position < len(cells) else ""
            try:
                if "\ufffd" in text:
                    raise faults.TextUndecodable
                values[field] = self._read(field, text)
            except faults.Faulty as error:
                self._fault(row, field, error, text)
        self._read_heads(row, cells, values)
        self._claim(row, values)
        return Entry(row=row, **values) if len(self.faults) == before else None

    def _read(self, field: str, text: str) -> Any:
        if field == "departments":
            return self._read_departments(text)
        if field == "gender":
            gender = fields.read_gender(text)
            self.unclear_genders += bool(gender is None and text.strip())
            return gender
        return READERS[field](text)

    def _read_departments(self, text: str) -> tuple[DepartmentPath, ...]:
        known = self._departments.get(text)
        if known is None:
            try:
                known = fields.read_departments(text)
            except faults.Faulty as error:
                known = error
            self._departments[text] = known
        if isinstance(known, faults.Faulty):
            raise known
        return known

    def _read_heads(self, row: int, cells: Sequence[str], values: dict[str, Any]) -> None:
        """Last, because it goes by the order of the departments, which may stand in a later column."""
        position = self._heading.columns.get("heads")
        if position is None or "heads" not in values:
            return
        text = cells[position] if position < len(cells) else ""
        try:
            values["heads"] = fields.read_heads(text, values.get("departments", ()))
        except faults.Faulty as error:
            self._fault(row, "heads", error, text)

    def _claim(self, row: int, values: dict[str, Any]) -> None:
        """The first row that names an account or a phone has it, even if that row is faulty otherwise."""
        account, phone = values.get("account"), values.get("phone")
        login = logins_of(account, None)[0] if account else None
        if login:
            first = self._claims.setdefault(login, row)
            if first != row:
                self._fault(row, "account", faults.AccountRepeated(row=first), str(account))
        if phone and phone != login:
            first = self._claims.setdefault(phone, row)
            if first != row:
                self._fault(row, "phone", faults.PhoneRepeated(row=first), phone)

    def _fault(self, row: int, field: str | None, error: HutongError, value: str) -> None:
        column = self._heading.texts[field] if field else None
        self.faults.append(faults.Fault(row, column, error, value if value.strip() else None))

    def _mention(self, cell: str) -> None:
        self.mentioned.update(word.lower() for word in _MENTIONS.findall(cell))
        try:
            phone = fields.read_phone(cell)
        except faults.Faulty:
            phone = None
        if phone:
            self.mentioned.add(phone)


READERS: dict[str, Callable[[str], Any]] = {
    "name": fields.read_name,
    "account": fields.read_account,
    "alias": lambda text: fields.read_text(text, MAX_NAME),
    "title": lambda text: fields.read_text(text, MAX_NAME),
    "phone": fields.read_phone,
    "landline": fields.read_landline,
    "personal_email": fields.read_email,
    "work_email": fields.read_email,
    "address": lambda text: fields.read_text(text, MAX_TEXT),
    # Checked once the departments are known.
    "heads": str,
}
