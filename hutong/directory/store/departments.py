"""Departments: the tree, lazily, and how many people are below each node."""

from collections.abc import Sequence

from hutong.core.db import Row, Tx
from hutong.directory.model.cards import Department, PathStep
from hutong.directory.model.fields import DepartmentPath

_COLUMNS = (
    "d.id, d.name, d.parent_id, d.member_count,"
    " exists (select from departments c where c.parent_id = d.id) as has_children"
)


def _department(row: Row) -> Department:
    return Department(
        id=str(row["id"]),
        name=row["name"],
        parent_id=str(row["parent_id"]) if row["parent_id"] else None,
        member_count=row["member_count"],
        has_children=row["has_children"],
    )


async def list_children(tx: Tx, company_id: int, parent_id: int | None) -> list[Department]:
    """The departments under a node, or the top ones, in their order."""
    rows = await tx.fetch(
        f"select {_COLUMNS} from departments d"
        " where d.company_id = $1 and d.parent_id is not distinct from $2 order by d.position, d.id"
        if parent_id is None
        else f"select {_COLUMNS} from departments d where d.company_id = $1 and d.parent_id = $2"
        " order by d.position, d.id",
        company_id, parent_id,
    )  # fmt: skip
    return [_department(row) for row in rows]


async def find_department(tx: Tx, company_id: int, department_id: int) -> Department | None:
    row = await tx.fetchrow(
        f"select {_COLUMNS} from departments d where d.company_id = $1 and d.id = $2", company_id, department_id
    )
    return _department(row) if row else None


async def list_by_ids(tx: Tx, company_id: int, department_ids: Sequence[int]) -> list[Department]:
    rows = await tx.fetch(
        f"select {_COLUMNS} from departments d where d.company_id = $1 and d.id = any($2::bigint[])"
        " order by d.position, d.id",
        company_id, list(department_ids),
    )  # fmt: skip
    return [_department(row) for row in rows]


async def list_path(tx: Tx, department_id: int) -> list[PathStep]:
    """From the top to the department itself."""
    rows = await tx.fetch(
        "select a.id, a.name from departments d, unnest(d.path) with ordinality s(id, place)"
        " join departments a on a.id = s.id where d.id = $1 order by s.place",
        department_id,
    )
    return [PathStep(id=str(row["id"]), name=row["name"]) for row in rows]


async def list_paths(tx: Tx, company_id: int) -> dict[DepartmentPath, int]:
    """Every department of the company by its names from the top."""
    rows = await tx.fetch("select id, name, path from departments where company_id = $1", company_id)
    names = {row["id"]: row["name"] for row in rows}
    return {tuple(names[ancestor] for ancestor in row["path"]): row["id"] for row in rows}


async def next_position(tx: Tx, company_id: int) -> int:
    position: int = await tx.fetchval(
        "select coalesce(max(position), 0) + 1 from departments where company_id = $1", company_id
    )
    return position


async def insert_departments(
    tx: Tx, company_id: int, rows: Sequence[tuple[int, int | None, str, int, Sequence[int]]]
) -> None:
    """Rows of (id, parent id, name, position, path), parents before their children."""
    await tx.copy(
        "departments",
        ["company_id", "id", "parent_id", "name", "position", "path", "member_count"],
        [(company_id, *row, 0) for row in rows],
    )


async def shift_counts(tx: Tx, company_id: int, person_ids: Sequence[int], by: int) -> None:
    """Count these people in (1) or out (-1) of every department above them; each ancestor counts a person once."""
    await tx.execute(
        "update departments d set member_count = d.member_count + $3 * c.people::integer"
        " from (select s.id, count(distinct m.person_id) as people from department_members m"
        "       join departments x on x.id = m.department_id cross join unnest(x.path) s(id)"
        "       where m.person_id = any($2::bigint[]) group by s.id) c"
        " where d.id = c.id and d.company_id = $1",
        company_id, person_ids, by,
    )  # fmt: skip
