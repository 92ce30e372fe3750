"""Signing in, being recognised, signing out."""

from collections.abc import Sequence
from datetime import timedelta

from hutong.core import clock, ids
from hutong.core.actor import Actor
from hutong.core.db import Database, Row, Tx
from hutong.core.gather import Gatherer
from hutong.identity import model, store
from hutong.identity.actions import attempts, passwords
from hutong.identity.model import CompanyNotFound, Device, PersonKind, SessionInfo, WrongCredentials


async def sign_in(
    db: Database, login: str, password: str, device: Device, *, slug: str | None, host: str | None
) -> tuple[str, Actor]:
    """The new session's token and whose it is. Raises CompanyNotFound, TooManyAttempts, WrongCredentials."""
    name = model.normal_login(login)[:128]
    async with db.begin() as tx:
        company = await store.find_company(tx, slug=slug, host=host)
        if company is None:
            raise CompanyNotFound
        attempt_id = await attempts.begin_attempt(tx, company.id, name, device.address)
        known = await store.find_credentials(tx, company.id, name)
    if not await passwords.is_right(password, known["hash"] if known else None) or known is None:
        raise WrongCredentials
    async with db.begin() as tx:
        # Verifying took its time: a password replaced or a person deactivated meanwhile opens nothing.
        await store.lock_person(tx, known["person_id"])
        if await store.find_credentials(tx, company.id, name) != known:
            raise WrongCredentials
        await store.delete_attempts(tx, company.id, name, attempt_id)
        return await start_session(tx, company.id, known["person_id"], device, model.MEMBER_SESSION)


async def start_session(tx: Tx, company_id: int, person_id: int, device: Device, life: timedelta) -> tuple[str, Actor]:
    token, session_id, now = model.new_token(), ids.new(), clock.now()
    await store.insert_session(tx, session_id, model.digest(token), company_id, person_id, device, now, now + life)
    kind: PersonKind = "contact" if life == model.CONTACT_SESSION else "member"
    return token, Actor(kind=kind, company_id=company_id, person_id=person_id, session_id=session_id)


async def start_contact_session(tx: Tx, company_id: int, person_id: int, device: Device) -> tuple[str, Actor]:
    """A consumer's browser is recognised from now on; the token goes into its cookie."""
    return await start_session(tx, company_id, person_id, device, model.CONTACT_SESSION)


class Recognizer:
    """Finds members by the tokens of their sessions; those who come together (after a restart, all) in one query."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._gatherer: Gatherer[str, Actor | None] = Gatherer("recognitions", self._find)

    async def find_member(self, token: str) -> Actor | None:
        return await self._gatherer.put(token) if token else None

    async def _find(self, tokens: list[str]) -> list[Actor | None]:
        # Every request waits for this: not for a begin and a commit as well. A renewal alone is whole by itself.
        async with self._db.single() as tx:
            return await _find_actors(tx, tokens, "member", model.MEMBER_SESSION)


async def find_contact_actor(db: Database, token: str, company_id: int) -> Actor | None:
    """A consumer is known to one company at a time: another company's cookie is nobody here."""
    async with db.begin() as tx:
        (actor,) = await _find_actors(tx, [token], "contact", model.CONTACT_SESSION)
    return actor if actor and actor.company_id == company_id else None


async def _find_actors(tx: Tx, tokens: Sequence[str], kind: PersonKind, life: timedelta) -> list[Actor | None]:
    now, digests = clock.now(), [model.digest(token) for token in tokens]
    known = await store.find_sessions(tx, digests, kind, now)
    # At most one write an hour and device, not one a request.
    due = [row["id"] for row in known.values() if now - row["last_seen_at"] > model.RENEW_AFTER]
    if due:
        await store.renew_sessions(tx, due, now, now + life)
    return [_actor(known[digest], kind) if digest in known else None for digest in digests]


def _actor(session: Row, kind: PersonKind) -> Actor:
    return Actor(
        kind=kind,
        company_id=session["company_id"],
        person_id=session["person_id"],
        session_id=session["id"],
        is_admin=session["is_admin"],
        must_change_password=session["must_change"],
    )


async def list_sessions(tx: Tx, actor: Actor) -> list[SessionInfo]:
    return [
        SessionInfo(
            id=str(row["id"]),
            is_current=row["id"] == actor.session_id,
            user_agent=row["user_agent"],
            address=row["address"],
            created_at=row["created_at"],
            last_seen_at=row["last_seen_at"],
        )
        for row in await store.list_sessions(tx, actor.person_id, clock.now())
    ]


async def end_session(tx: Tx, actor: Actor) -> None:
    await store.delete_session(tx, actor.session_id)
    tx.end_sessions([actor.session_id])


async def end_sessions(tx: Tx, actor: Actor) -> None:
    """Sign out everywhere, this device too."""
    tx.end_sessions(await store.delete_sessions(tx, [actor.person_id]))


async def forget_expired(tx: Tx) -> None:
    """What no longer proves or counts anything goes."""
    now = clock.now()
    await store.delete_expired(tx, now, now - model.ATTEMPT_WINDOW)


async def list_valid_sessions(tx: Tx, session_ids: Sequence[int]) -> set[int]:
    return await store.list_valid_sessions(tx, session_ids, clock.now())
