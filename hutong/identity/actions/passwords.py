"""Passwords: set, changed, reset. Hashing costs about 50 ms of a core, so it runs in a thread, two at a time."""

import asyncio
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from hutong.core import audit, clock
from hutong.core.actor import Actor
from hutong.core.db import Database, Tx
from hutong.core.errors import NotFound
from hutong.identity import model, store
from hutong.identity.actions import attempts
from hutong.identity.model import Account, WrongPassword

_hasher = PasswordHasher()
_two_at_a_time = asyncio.Semaphore(2)


@cache
def _nobodys_hash() -> str:
    """Verified when there is no such login, so that the time of the answer does not tell whether there is."""
    return _hasher.hash("nobody has this password")


async def make_hash(password: str) -> str:
    async with _two_at_a_time:
        return await asyncio.to_thread(_hasher.hash, password)


async def is_right(password: str, hash_: str | None) -> bool:
    """Whether the password is the hashed one; without a hash, False after the same time."""

    def verify() -> bool:
        try:
            return _hasher.verify(hash_ or _nobodys_hash(), password) and hash_ is not None
        except (VerificationError, InvalidHashError):
            return False

    async with _two_at_a_time:
        return await asyncio.to_thread(verify)


async def describe_account(tx: Tx, actor: Actor) -> Account:
    known = await store.find_password(tx, actor.person_id)
    return Account(
        company=await store.get_company(tx, actor.company_id),
        is_admin=actor.is_admin,
        must_change_password=bool(known and known["must_change"]),
        logins=await store.list_logins(tx, actor.person_id),
    )


async def set_password(tx: Tx, person_id: int, hash_: str) -> None:
    """A hash made by make_hash, for a member who is being made by the machine's operator."""
    await store.set_password(tx, person_id, hash_, must_change=False, changed_at=clock.now())


async def change_password(db: Database, actor: Actor, current: str, new: str) -> None:
    """Other devices are signed out. Raises TooManyAttempts, WrongPassword, WeakPassword."""
    own = attempts.at_own_password(actor)
    async with db.begin() as tx:
        attempt_id = await attempts.begin_attempt(tx, actor.company_id, own, own)
        known = await store.find_password(tx, actor.person_id)
        logins = await store.list_logins(tx, actor.person_id)
    # Hashing stands between two transactions: it must not hold a connection.
    if not await is_right(current, known["hash"] if known else None):
        raise WrongPassword
    model.check_password(new, logins)
    hash_ = await make_hash(new)
    async with db.begin() as tx:
        await store.lock_person(tx, actor.person_id)
        if await store.find_password(tx, actor.person_id) != known:
            raise WrongPassword
        await store.delete_attempts(tx, actor.company_id, own, attempt_id)
        await store.set_password(tx, actor.person_id, hash_, must_change=False, changed_at=clock.now())
        tx.end_sessions(await store.delete_sessions(tx, [actor.person_id], keep=actor.session_id))
        await audit.record(tx, actor, "password.changed", subject_id=actor.person_id)


async def reset_password(db: Database, actor: Actor | None, company_id: int, person_id: int, password: str) -> None:
    """An administrator (or the operator, actor None) sets it; the member must change it and is signed out."""
    async with db.begin() as tx:
        people = await store.list_people(tx, company_id, [person_id])
        if person_id not in people or people[person_id].kind != "member":
            raise NotFound
        model.check_password(password, await store.list_logins(tx, person_id))
    hash_ = await make_hash(password)
    async with db.begin() as tx:
        await store.lock_person(tx, person_id)
        await store.set_password(tx, person_id, hash_, must_change=True, changed_at=clock.now())
        tx.end_sessions(await store.delete_sessions(tx, [person_id]))
        await audit.record(tx, actor, "password.reset", company_id=company_id, subject_id=person_id)
