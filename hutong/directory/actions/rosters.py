"""A roster file becomes the directory: read, planned, and then imported in one transaction or not at all.

Reading and comparing are pure computing and run in a thread, so that nobody's message waits for them.
"""

import asyncio
from collections.abc import Sequence

from hutong import identity
from hutong.core import audit, ids
from hutong.core.actor import Actor
from hutong.core.db import Tx
from hutong.directory.actions import placing, structure
from hutong.directory.model import finding
from hutong.directory.model.errors import PlanChanged, RemovesMany
from hutong.directory.model.fields import DepartmentPath
from hutong.directory.model.plan import Change, Plan, State, make_plan
from hutong.directory.model.report import RosterImported
from hutong.directory.model.roster import Entry, Progress, Roster
from hutong.directory.model.roster import read_roster as parse
from hutong.directory.store import bulk, departments, members
from hutong.identity import NewPerson

_CHUNK = 500
_STAGE = "write"
# Unpacking a spreadsheet takes memory: two administrators at once are plenty.
_two_at_a_time = asyncio.Semaphore(2)


async def read_roster(content: bytes, progress: Progress | None = None) -> Roster:
    """What the file says. Raises RosterUnreadable."""
    async with _two_at_a_time:
        return await asyncio.to_thread(parse, content, progress)


async def plan_roster(
    tx: Tx, actor: Actor | None, company_id: int, roster: Roster, *, removes_missing: bool = True
) -> Plan:
    """What importing it would do now. Changes nothing."""
    _, plan = await _plan(tx, actor, company_id, roster, removes_missing)
    return plan


async def _plan(
    tx: Tx, actor: Actor | None, company_id: int, roster: Roster, removes_missing: bool
) -> tuple[State, Plan]:
    rows = await bulk.read_rows(tx, company_id)
    actor_id = actor.person_id if actor else None

    def compare() -> tuple[State, Plan]:
        state = bulk.state_of(rows)
        return state, make_plan(roster, state, removes_missing=removes_missing, actor_id=actor_id)

    return await asyncio.to_thread(compare)


async def import_roster(
    tx: Tx,
    actor: Actor | None,
    company_id: int,
    roster: Roster,
    *,
    plan_digest: str | None,
    removes_missing: bool = True,
    confirms_removal: bool = False,
    progress: Progress | None = None,
) -> RosterImported:
    """Do what the plan with this digest said (None: whatever it is now). Raises PlanChanged, RemovesMany."""
    await bulk.lock_directory(tx, company_id)
    state, plan = await _plan(tx, actor, company_id, roster, removes_missing)
    if plan_digest is not None and plan_digest != plan.digest:
        raise PlanChanged
    if plan.removes_many and not confirms_removal:
        removed, of = len(plan.removed), plan.removable
        raise RemovesMany(removed=removed, of=of, details={"removed": removed, "of": of})
    await _apply(tx, company_id, state, plan, progress)
    return await _record(tx, actor, company_id, plan)


async def _apply(tx: Tx, company_id: int, state: State, plan: Plan, progress: Progress | None) -> None:
    all_ids = await structure.make_departments(tx, company_id, state.departments, plan.departments_added)
    moved = [change for change in plan.changed if _moves(change)]
    gone = [member.person_id for member in plan.removed]
    leaving = [change.known.person_id for change in moved if change.known.is_active]
    await departments.shift_counts(tx, company_id, [*leaving, *gone], -1)
    await _remove(tx, company_id, gone)
    await _change(tx, company_id, all_ids, plan.changed, moved)
    added = list(zip(ids.many(len(plan.added)), plan.added, strict=True))
    await _add(tx, company_id, all_ids, added)
    # Logins last and all at once: one person's old phone may be another's new one.
    await _set_logins(tx, company_id, added, plan.changed)
    joining = [change.known.person_id for change in moved] + [person_id for person_id, _ in added]
    await departments.shift_counts(tx, company_id, joining, 1)
    await placing.tell_moved(tx, company_id, [change.known.person_id for change in moved])
    renamed = [(c.known.person_id, c.entry) for c in plan.changed if _touches(c, "name", "alias", "account", "phone")]
    await _write_keys(tx, company_id, renamed, are_new=False, progress=None)
    await _write_keys(tx, company_id, added, are_new=True, progress=progress)


def _touches(change: Change, *fields: str) -> bool:
    return any(difference.field in fields for difference in change.differences)


def _moves(change: Change) -> bool:
    return _touches(change, "departments", "is_active")


async def _remove(tx: Tx, company_id: int, person_ids: Sequence[int]) -> None:
    if person_ids:
        await identity.deactivate_people(tx, company_id, person_ids)


async def _change(
    tx: Tx,
    company_id: int,
    all_ids: dict[DepartmentPath, int],
    changed: Sequence[Change],
    moved: Sequence[Change],
) -> None:
    if not changed:
        return
    rows = [(c.known.person_id, c.entry, finding.pinyin_of(c.entry.name)) for c in changed]
    await bulk.update_members(tx, company_id, rows)
    names = {c.known.person_id: c.entry.name for c in changed if _touches(c, "name")}
    if names:
        await identity.rename_people(tx, company_id, names)
    returning = [c.known.person_id for c in changed if _touches(c, "is_active")]
    if returning:
        await identity.activate_people(tx, company_id, returning)
    placed = [(c.known.person_id, c.entry) for c in changed if _moves(c) or _touches(c, "heads")]
    if placed:
        await structure.place_members(tx, company_id, all_ids, placed, are_new=False)


async def _add(tx: Tx, company_id: int, all_ids: dict[DepartmentPath, int], added: Sequence[tuple[int, Entry]]) -> None:
    if not added:
        return
    await identity.insert_people(tx, company_id, [NewPerson(id=id_, name=entry.name) for id_, entry in added])
    rows = await asyncio.to_thread(
        lambda: [(person_id, entry, finding.pinyin_of(entry.name)) for person_id, entry in added]
    )
    await bulk.insert_members(tx, company_id, rows, source="roster")
    await structure.place_members(tx, company_id, all_ids, added, are_new=True)


async def _set_logins(tx: Tx, company_id: int, added: Sequence[tuple[int, Entry]], changed: Sequence[Change]) -> None:
    logins = {c.known.person_id: c.entry.logins for c in changed if c.entry.logins != c.known.logins}
    logins.update((person_id, entry.logins) for person_id, entry in added)
    if logins:
        await identity.set_logins(tx, company_id, logins)


async def _write_keys(
    tx: Tx, company_id: int, people: Sequence[tuple[int, Entry]], *, are_new: bool, progress: Progress | None
) -> None:
    def keys_of(part: Sequence[tuple[int, Entry]]) -> dict[int, dict[str, int]]:
        return {id_: finding.keys_of(e.name, e.alias, e.account, e.phone) for id_, e in part}

    for start in range(0, len(people), _CHUNK):
        part = people[start : start + _CHUNK]
        keys = await asyncio.to_thread(keys_of, part)
        await members.replace_keys(tx, company_id, keys, are_new=are_new)
        if progress:
            progress(start + len(part), len(people), _STAGE)


async def _record(tx: Tx, actor: Actor | None, company_id: int, plan: Plan) -> RosterImported:
    import_id = ids.new()
    imported = RosterImported(
        import_id=str(import_id),
        added=len(plan.added),
        changed=len(plan.changed),
        unchanged=plan.unchanged,
        removed=len(plan.removed),
        faulty=plan.faulty,
        departments_added=len(plan.departments_added),
    )
    details = {
        "digest": plan.digest,
        "added": imported.added,
        "changed": imported.changed,
        "unchanged": imported.unchanged,
        "removed": imported.removed,
        "faulty": imported.faulty,
        "departments_added": imported.departments_added,
        "removed_accounts": [member.account for member in plan.removed[:1000]],
    }
    await audit.record(tx, actor, "roster.imported", company_id=company_id, subject_id=import_id, details=details)
    return imported
