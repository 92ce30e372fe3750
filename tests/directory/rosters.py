"""Rosters for tests: written as files, and applied to a company held in memory."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from hutong.directory.model.plan import KnownMember, Plan, State
from hutong.directory.model.roster import Entry

DATA = Path(__file__).parent / "data"
PACKAGED = Path(__file__).parents[2] / "hutong" / "demo" / "roster-10k.csv"
HEADING = (
    "姓名", "帐号", "别名", "职务", "部门", "性别", "手机", "座机", "个人邮箱", "企业邮箱", "地址", "是否部门负责人",
)  # fmt: skip

Row = dict[str, str]


def row(name: str, account: str, department: str = "蓝汀汽车/总部", **others: str) -> Row:
    return {"姓名": name, "帐号": account, "部门": department} | others


def csv_of(rows: Iterable[Row], heading: Sequence[str] = HEADING, *, encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heading)
    writer.writerows([[line.get(column, "") for column in heading] for line in rows])
    return text.getvalue().encode(encoding)


def imported(state: State, plan: Plan) -> State:
    """The company after the plan, slowly and plainly: what the database must come to as well."""
    members = {member.person_id: member for member in state.members}
    for change in plan.changed:
        members[change.known.person_id] = _member(change.known.person_id, change.entry, is_admin=change.known.is_admin)
    next_id = max(members, default=0) + 1
    for person_id, entry in enumerate(plan.added, next_id):
        members[person_id] = _member(person_id, entry)
    for gone in plan.removed:
        known = members[gone.person_id]
        values = {field: getattr(known, field) for field in KnownMember.__struct_fields__} | {"is_active": False}
        members[gone.person_id] = KnownMember(**values)
    departments = dict(state.departments)
    for path in plan.departments_added:
        departments[path] = len(departments) + 1
    return State(members=[members[id_] for id_ in sorted(members)], departments=departments)


def _member(person_id: int, entry: Entry, *, is_admin: bool = False) -> KnownMember:
    values = {field: getattr(entry, field) for field in Entry.__struct_fields__ if field != "row"}
    return KnownMember(person_id=person_id, is_admin=is_admin, **values)
