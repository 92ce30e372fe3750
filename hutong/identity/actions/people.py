"""Faces and logins in bulk, for the rooms above. They check the rights; here the facts are kept consistent."""

from collections.abc import Mapping, Sequence

from hutong.core import clock
from hutong.core.db import Tx
from hutong.identity import model, store
from hutong.identity.model import LoginTaken, NewPerson


async def insert_people(tx: Tx, company_id: int, people: Sequence[NewPerson]) -> None:
    await store.insert_people(tx, company_id, people, clock.now())


async def rename_people(tx: Tx, company_id: int, names: Mapping[int, str]) -> None:
    await store.rename_people(tx, company_id, list(names), list(names.values()))


async def activate_people(tx: Tx, company_id: int, person_ids: Sequence[int]) -> None:
    await store.set_active(tx, company_id, person_ids, is_active=True)


async def deactivate_people(tx: Tx, company_id: int, person_ids: Sequence[int]) -> None:
    """They cannot sign in any more and every session ends at the commit. Their logins stay theirs: a rehire returns."""
    await store.set_active(tx, company_id, person_ids, is_active=False)
    tx.end_sessions(await store.delete_sessions(tx, person_ids))


async def set_logins(tx: Tx, company_id: int, logins: Mapping[int, Sequence[str]]) -> None:
    """For each person exactly these logins (account, phone), in place of what they had.

    Raises LoginTaken when somebody else of the company holds one.
    """
    pairs = [(model.normal_login(name), person_id) for person_id, names in logins.items() for name in names]
    await store.delete_logins(tx, company_id, list(logins))
    taken = await store.insert_logins(tx, company_id, [name for name, _ in pairs], [person for _, person in pairs])
    if taken:
        raise LoginTaken(login=taken[0])


async def grant_admin(tx: Tx, company_id: int, person_id: int) -> None:
    await store.set_admin(tx, company_id, person_id, is_admin=True)
