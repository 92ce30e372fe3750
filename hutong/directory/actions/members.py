"""One member at a time: added by hand, deactivated."""

from collections.abc import Sequence

import msgspec

from hutong import identity
from hutong.core import audit, ids
from hutong.core.actor import Actor
from hutong.core.db import Tx
from hutong.directory.actions import structure
from hutong.directory.model import fields, finding
from hutong.directory.model.errors import AccountTaken, PhoneTaken
from hutong.directory.model.roster import Entry
from hutong.directory.store import bulk, departments, members
from hutong.identity import NewPerson


async def add_member(tx: Tx, actor: Actor | None, company_id: int, entry: Entry, *, is_admin: bool = False) -> int:
    """The new person's id. Departments that do not exist yet are made. Without a password they cannot sign in: invite
    them, or set one. Raises AccountTaken, PhoneTaken, and the faults of names and accounts. The operator at the command
    line is actor None."""
    name, account = fields.read_name(entry.name), fields.read_account(entry.account)
    entry = msgspec.structs.replace(entry, name=name, account=account)
    await bulk.lock_directory(tx, company_id)
    await _check_logins_free(tx, company_id, entry)
    person_id = ids.new()
    await identity.insert_people(tx, company_id, [NewPerson(id=person_id, name=entry.name, is_admin=is_admin)])
    await identity.set_logins(tx, company_id, {person_id: entry.logins})
    pinyin = finding.pinyin_of(entry.name)
    await bulk.insert_members(tx, company_id, [(person_id, entry, pinyin)], source="manual")
    known = await departments.list_paths(tx, company_id)
    paths = [path[:depth] for path in entry.departments for depth in range(1, len(path) + 1)]
    new = [path for path in dict.fromkeys(paths) if path not in known]
    all_ids = await structure.make_departments(tx, company_id, known, new)
    await structure.place_members(tx, company_id, all_ids, [(person_id, entry)], are_new=True)
    await departments.shift_counts(tx, company_id, [person_id], 1)
    keys = finding.keys_of(entry.name, entry.alias, entry.account, entry.phone)
    await members.replace_keys(tx, company_id, {person_id: keys}, are_new=True)
    await audit.record(
        tx, actor, "member.added", company_id=company_id, subject_id=person_id, details={"account": entry.account}
    )
    return person_id


async def _check_logins_free(tx: Tx, company_id: int, entry: Entry) -> None:
    holders = await identity.find_login_holders(tx, company_id, entry.logins)
    if not holders:
        return
    if entry.logins[0] in holders:
        raise AccountTaken(account=entry.account)
    holder = (await members.list_members(tx, company_id, list(holders.values()))).get(next(iter(holders.values())))
    raise PhoneTaken(phone=entry.phone, account=holder.account if holder else "?")


async def deactivate_members(tx: Tx, actor: Actor | None, company_id: int, person_ids: Sequence[int]) -> None:
    """They leave every list and cannot sign in; their card, departments and logins stay, so that they may return."""
    await bulk.lock_directory(tx, company_id)
    active = await members.list_active(tx, company_id, person_ids)
    await departments.shift_counts(tx, company_id, active, -1)
    await identity.deactivate_people(tx, company_id, active)
    for person_id in active:
        await audit.record(tx, actor, "member.deactivated", company_id=company_id, subject_id=person_id)
