"""Recovery links: a consumer without an account carries their talk to another phone."""

from datetime import datetime

from hutong.core import clock
from hutong.core.actor import Actor
from hutong.core.db import Tx
from hutong.identity import model, store
from hutong.identity.actions import sessions
from hutong.identity.model import Device, RecoveryNotFound


async def create_recovery_link(tx: Tx, actor: Actor, purpose: str) -> tuple[str, datetime]:
    """The link's secret and its expiry. `purpose` comes back when it is used. An earlier link stops working."""
    secret, now = model.new_token(), clock.now()
    expires_at = now + model.CONTACT_SESSION
    await store.set_recovery_link(tx, actor.person_id, model.digest(secret), purpose, now, expires_at)
    return secret, expires_at


async def find_recovery_link(tx: Tx, secret: str) -> tuple[int, int, str]:
    """(person, company, purpose). Raises RecoveryNotFound."""
    found = await store.find_recovery_link(tx, model.digest(secret), clock.now())
    if found is None:
        raise RecoveryNotFound
    return found["person_id"], found["company_id"], found["purpose"]


async def claim_recovery_link(tx: Tx, secret: str, device: Device) -> tuple[str, Actor, str]:
    """(session token, who, purpose): this browser is now one of the consumer's own."""
    person_id, company_id, purpose = await find_recovery_link(tx, secret)
    token, actor = await sessions.start_contact_session(tx, company_id, person_id, device)
    return token, actor, purpose
