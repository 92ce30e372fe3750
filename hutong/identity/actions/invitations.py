"""Invitations: how a member who has no password gets in for the first time."""

from datetime import datetime

from hutong.core import audit, clock
from hutong.core.actor import Actor
from hutong.core.db import Database, Tx
from hutong.core.errors import NotFound
from hutong.identity import model, store
from hutong.identity.actions import passwords, sessions
from hutong.identity.model import Company, Device, InvitationNotFound


async def create_invitation(tx: Tx, actor: Actor | None, company_id: int, person_id: int) -> tuple[str, datetime]:
    """The token for the link, and when it expires. An earlier one that was not used stops working."""
    await store.lock_person(tx, person_id)
    person = (await store.list_people(tx, company_id, [person_id])).get(person_id)
    if person is None or person.kind != "member" or not person.is_active:
        raise NotFound
    token, now = model.new_token(), clock.now()
    await store.delete_unused_invitations(tx, person_id)
    await store.insert_invitation(tx, model.digest(token), company_id, person_id, now, now + model.INVITATION_LIFE)
    await audit.record(tx, actor, "invitation.created", company_id=company_id, subject_id=person_id)
    return token, now + model.INVITATION_LIFE


async def read_invitation(tx: Tx, token: str) -> tuple[Company, int]:
    """(company, the invited person). Raises InvitationNotFound, for used and expired ones too."""
    found = await store.find_invitation(tx, model.digest(token), clock.now())
    if found is None:
        raise InvitationNotFound
    company = await store.get_company(tx, found["company_id"])
    return company, found["person_id"]


async def accept_invitation(db: Database, token: str, password: str, device: Device) -> tuple[str, Actor]:
    """Sets the first password and signs in. Of two at once, one wins; the other finds the invitation used."""
    async with db.begin() as tx:
        _, person_id = await read_invitation(tx, token)
        logins = await store.list_logins(tx, person_id)
    model.check_password(password, logins)
    hash_ = await passwords.make_hash(password)
    async with db.begin() as tx:
        found = await store.find_invitation(tx, model.digest(token), clock.now(), for_update=True)
        if found is None:
            raise InvitationNotFound
        await store.lock_person(tx, found["person_id"])
        await store.mark_invitation_used(tx, model.digest(token), clock.now())
        await store.set_password(tx, found["person_id"], hash_, must_change=False, changed_at=clock.now())
        tx.end_sessions(await store.delete_sessions(tx, [found["person_id"]]))
        return await sessions.start_session(tx, found["company_id"], found["person_id"], device, model.MEMBER_SESSION)
