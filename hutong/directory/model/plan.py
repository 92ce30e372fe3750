"""What importing a roster would do to a company: pure comparison of the file's entries with what is known.

Also here: the digest that ties an import to the preview an administrator agreed to.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from hutong.directory.model.errors import AccountTaken, PhoneTaken
from hutong.directory.model.faults import Fault
from hutong.directory.model.fields import DepartmentPath, Gender
from hutong.directory.model.headings import TITLES
from hutong.directory.model.roster import Entry, Roster, logins_of

# Beyond both of these a removal has to be confirmed.
MANY_REMOVED = 5
MANY_REMOVED_SHARE = 0.10

_TEXTS = ("name", "account", "alias", "title", "gender", "phone", "landline", "personal_email", "work_email", "address")


class KnownMember(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A member as the company has them now, departments in their own order, the main one first."""

    person_id: int
    name: str
    account: str
    departments: tuple[DepartmentPath, ...]
    heads: tuple[DepartmentPath, ...] = ()
    alias: str | None = None
    title: str | None = None
    gender: Gender | None = None
    phone: str | None = None
    landline: str | None = None
    personal_email: str | None = None
    work_email: str | None = None
    address: str | None = None
    is_roster: bool = True
    is_active: bool = True
    is_admin: bool = False

    @property
    def logins(self) -> tuple[str, ...]:
        return logins_of(self.account, self.phone)


class State(msgspec.Struct, frozen=True, kw_only=True):
    """All of a company's directory: members by id, department ids by path."""

    members: list[KnownMember]
    departments: dict[DepartmentPath, int]


class Difference(msgspec.Struct, frozen=True, gc=False):
    """One value that changes. `field` is a key of headings.TITLES, or "is_active" or "source"."""

    field: str
    before: str
    after: str


class Change(msgspec.Struct, frozen=True, gc=False):
    """A known member who differs from the file; `entry` is complete: what the file lacks is as `known`."""

    known: KnownMember
    entry: Entry
    differences: tuple[Difference, ...]


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    digest: str
    roster: Roster
    added: list[Entry]
    changed: list[Change]
    unchanged: int
    removed: list[KnownMember]
    removable: int
    spared: int
    departments_added: list[DepartmentPath]
    faults: list[Fault]

    @property
    def faulty(self) -> int:
        """Rows left out; a row may have several faults."""
        return len({fault.row for fault in self.faults})

    @property
    def removes_many(self) -> bool:
        return len(self.removed) > max(MANY_REMOVED, self.removable * MANY_REMOVED_SHARE)


def digest_of(roster: Roster, state: State, *, removes_missing: bool, actor_id: int | None) -> str:
    """The same for the same file, company, options and administrator; different as soon as one of them differs."""
    seen = hashlib.sha256(roster.digest)
    seen.update(msgspec.msgpack.encode((removes_missing, actor_id, state.members)))
    seen.update(msgspec.msgpack.encode(sorted((path, id_) for path, id_ in state.departments.items())))
    return seen.hexdigest()


def make_plan(roster: Roster, state: State, *, removes_missing: bool, actor_id: int | None = None) -> Plan:
    by_account = {member.account.lower(): member for member in state.members}
    columns = frozenset(roster.heading.columns)
    pairs = [_pair(entry, by_account.get(entry.account.lower()), columns) for entry in roster.entries]
    pairs, taken = _leave_out_taken(pairs, state.members, roster.heading.texts)
    added = [entry for entry, known in pairs if known is None]
    changed: list[Change] = []
    for entry, known in pairs:
        if known is not None:
            differences = _differences(entry, known)
            if differences:
                changed.append(Change(known, entry, differences))
    missing = _missing(roster, pairs, taken, state, actor_id) if removes_missing and pairs else ([], 0)
    return Plan(
        digest=digest_of(roster, state, removes_missing=removes_missing, actor_id=actor_id),
        roster=roster,
        added=added,
        changed=changed,
        unchanged=len(pairs) - len(added) - len(changed),
        removed=missing[0],
        removable=sum(member.is_active for member in state.members),
        spared=missing[1],
        departments_added=_new_departments((entry for entry, _ in pairs), state.departments),
        faults=sorted([*roster.faults, *(fault for _, fault in taken)], key=lambda fault: fault.row),
    )


Pair = tuple[Entry, KnownMember | None]


def _pair(entry: Entry, known: KnownMember | None, columns: frozenset[str]) -> Pair:
    """A column that the file does not have says nothing: the member keeps what stands there."""
    if known is None or len(columns) == len(TITLES):
        return entry, known
    kept: dict[str, Any] = {field: getattr(known, field) for field in _TEXTS if field not in columns}
    if "heads" not in columns:
        kept["heads"] = tuple(path for path in entry.departments if path in known.heads)
    return msgspec.structs.replace(entry, **kept), known


# -- logins that somebody else has ---------------------------------------------------------------------------------


def _leave_out_taken(
    pairs: list[Pair], members: Sequence[KnownMember], headings: dict[str, str]
) -> tuple[list[Pair], list[tuple[Entry, Fault]]]:
    """Rows whose account or phone would belong to two people afterwards.

    A row that is left out keeps its member as they are, with their old phone, which may then clash with another row: so
    whoever stays as they are is worked through one after the other until no clash is left.
    """
    wanted: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        for login in pair[0].logins:
            wanted[login].append(pair)
    rows = {known.person_id for _, known in pairs if known}
    as_they_are = [member for member in members if member.person_id not in rows]
    out: dict[int, Fault] = {}
    entries: dict[int, Entry] = {}

    def leave_out(pair: Pair, fault: Fault) -> None:
        entry, known = pair
        if entry.row not in out:
            out[entry.row] = fault
            entries[entry.row] = entry
            if known:
                as_they_are.append(known)

    for login, claimants in wanted.items():
        # Within a file only where a kept phone of one row is the account of another; the file's own are found before.
        for later in claimants[1:]:
            leave_out(later, _taken(later[0], login, claimants[0][0].account, headings))
    while as_they_are:
        member = as_they_are.pop()
        for login in member.logins:
            for pair in wanted.get(login, ()):
                if pair[1] is None or pair[1].person_id != member.person_id:
                    leave_out(pair, _taken(pair[0], login, member.account, headings))
    kept = [pair for pair in pairs if pair[0].row not in out] if out else pairs
    return kept, [(entries[row], fault) for row, fault in out.items()]


def _taken(entry: Entry, login: str, holder: str, headings: dict[str, str]) -> Fault:
    if entry.phone == login:
        return Fault(entry.row, headings.get("phone"), PhoneTaken(phone=login, account=holder), login)
    return Fault(entry.row, headings["account"], AccountTaken(account=entry.account), entry.account)


# -- what changes --------------------------------------------------------------------------------------------------


def _differences(entry: Entry, known: KnownMember) -> tuple[Difference, ...]:
    found = [
        Difference(field, getattr(known, field) or "", getattr(entry, field) or "")
        for field in _TEXTS
        if getattr(known, field) != getattr(entry, field)
    ]
    if entry.departments != known.departments:
        found.append(Difference("departments", join_paths(known.departments), join_paths(entry.departments)))
    if set(entry.heads) != set(known.heads):
        found.append(Difference("heads", join_paths(known.heads), join_paths(entry.heads)))
    if not known.is_active:
        found.append(Difference("is_active", "no", "yes"))
    if not known.is_roster:
        # Added by hand before, now kept by the roster: from here on a roster may also remove them.
        found.append(Difference("source", "manual", "roster"))
    return tuple(found)


def _missing(
    roster: Roster, pairs: list[Pair], taken: list[tuple[Entry, Fault]], state: State, actor_id: int | None
) -> tuple[list[KnownMember], int]:
    """(who is no longer in the file, how many stay only because a faulty row may mean them)."""
    present = {known.person_id for _, known in pairs if known}
    mentioned = set(roster.mentioned)
    for entry, _ in taken:
        mentioned.update(word.lower() for word in (entry.account, entry.phone, entry.work_email) if word)
    gone: list[KnownMember] = []
    spared = 0
    for member in state.members:
        if not (member.is_active and member.is_roster) or member.person_id in present or member.person_id == actor_id:
            continue
        if not mentioned.isdisjoint(word.lower() for word in (member.account, member.phone, member.work_email) if word):
            spared += 1
        else:
            gone.append(member)
    # A company never loses its last administrator to a spreadsheet.
    leaving = {member.person_id for member in gone}
    if not any(m.is_admin and m.is_active and m.person_id not in leaving for m in state.members):
        gone = [member for member in gone if not member.is_admin]
    return gone, spared


def _new_departments(entries: Iterable[Entry], known: dict[DepartmentPath, int]) -> list[DepartmentPath]:
    """Paths to be made, every ancestor before its children, otherwise in the order of the file."""
    new: dict[DepartmentPath, None] = {}
    seen: set[DepartmentPath] = set()
    for entry in entries:
        for path in entry.departments:
            if path not in seen:
                seen.add(path)
                for depth in range(1, len(path) + 1):
                    if path[:depth] not in known:
                        new[path[:depth]] = None
    return list(new)


def join_paths(paths: Iterable[DepartmentPath]) -> str:
    return ";".join("/".join(path) for path in paths)
