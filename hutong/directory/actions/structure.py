"""What every change of the directory shares: making departments, placing people in them."""

from collections.abc import Sequence

from hutong.core import ids
from hutong.core.db import Tx
from hutong.directory.model.fields import DepartmentPath
from hutong.directory.model.roster import Entry
from hutong.directory.store import bulk, departments


async def make_departments(
    tx: Tx, company_id: int, known: dict[DepartmentPath, int], new: Sequence[DepartmentPath]
) -> dict[DepartmentPath, int]:
    """Ids of all departments once the new ones, parents before children, are made."""
    if not new:
        return known
    all_ids = dict(known)
    rows = []
    first = await departments.next_position(tx, company_id)
    for position, path in enumerate(new, first):
        all_ids[path] = ids.new()
        ancestry = [all_ids[path[:depth]] for depth in range(1, len(path) + 1)]
        rows.append((ancestry[-1], ancestry[-2] if len(ancestry) > 1 else None, path[-1], position, ancestry))
    await departments.insert_departments(tx, company_id, rows)
    return all_ids


async def place_members(
    tx: Tx, company_id: int, all_ids: dict[DepartmentPath, int], placed: Sequence[tuple[int, Entry]], *, are_new: bool
) -> None:
    """Each person is in exactly the departments of their entry."""
    await bulk.replace_memberships(
        tx,
        company_id,
        [
            (person_id, [all_ids[path] for path in entry.departments], [all_ids[path] for path in entry.heads])
            for person_id, entry in placed
        ],
        are_new=are_new,
    )
