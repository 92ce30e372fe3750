"""Who belongs to a part of the organisation: for rules that name departments instead of people."""

from collections.abc import Mapping, Sequence

from hutong.core.db import Tx
from hutong.directory.model.cards import Department
from hutong.directory.model.placement import Placement
from hutong.directory.store import departments, placements


async def list_placements(tx: Tx, person_ids: Sequence[int]) -> dict[int, Placement]:
    """Where each of these stands who is an active member; whoever is none is absent."""
    return await placements.list_placements(tx, person_ids)


async def list_named_departments(tx: Tx, company_id: int, department_ids: Sequence[int]) -> list[Department]:
    """Those of the ids that are departments of the company."""
    return await departments.list_by_ids(tx, company_id, department_ids)


async def count_parts(tx: Tx, company_id: int, parts: Mapping[int, frozenset[int] | None]) -> dict[int, int]:
    """How many active members each part of the company has: some departments with all below them, or (None) all.

    From the counts that the departments keep, whatever the company's size; so somebody in two of the departments
    counts twice, and in "all" somebody who is in two at the top.
    """
    named = frozenset[int]().union(*(part for part in parts.values() if part is not None))
    tops = any(part is None for part in parts.values())
    rows = await placements.list_branches(tx, company_id, list(named), tops=tops)
    return {
        key: sum(
            row["member_count"]
            for row in rows
            if (row["is_top"] if part is None else row["id"] in part and part.isdisjoint(row["path"][:-1]))
        )
        for key, part in parts.items()
    }


async def tell_moved(tx: Tx, company_id: int, person_ids: Sequence[int]) -> None:
    """These members stand elsewhere from this commit on: what went by their departments is read anew."""
    if person_ids:
        await placements.mark_moved(tx, company_id, person_ids)
        tx.rehear(person_ids)
