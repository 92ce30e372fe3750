"""Where members stand in the tree, for rules that go by departments; how many stand below a node."""

from collections.abc import Sequence

from hutong.core.db import Row, Tx
from hutong.directory.model.placement import Placement


async def list_placements(tx: Tx, person_ids: Sequence[int]) -> dict[int, Placement]:
    rows = await tx.fetch(
        "select m.person_id, m.company_id, m.moved_xid::text as moved_xid,"
        " array(select distinct s.id from department_members dm join departments d on d.id = dm.department_id"
        "   cross join unnest(d.path) s(id) where dm.person_id = m.person_id) as department_ids"
        " from members m join people p on p.id = m.person_id and p.is_active where m.person_id = any($1::bigint[])",
        list(person_ids),
    )
    return {
        row["person_id"]: Placement(
            company_id=row["company_id"], department_ids=row["department_ids"], moved_xid=int(row["moved_xid"])
        )
        for row in rows
    }


async def mark_moved(tx: Tx, company_id: int, person_ids: Sequence[int]) -> None:
    await tx.execute(
        "update members set moved_xid = pg_current_xact_id() where company_id = $1 and person_id = any($2::bigint[])",
        company_id, list(person_ids),
    )  # fmt: skip


async def list_branches(tx: Tx, company_id: int, department_ids: Sequence[int], *, tops: bool) -> list[Row]:
    """(id, path, member_count, is_top) of these departments and, if asked for, of those at the top."""
    return await tx.fetch(
        "select id, path, member_count, parent_id is null as is_top from departments"
        " where company_id = $1 and (id = any($2::bigint[]) or ($3 and parent_id is null))",
        company_id, list(department_ids), tops,
    )  # fmt: skip
