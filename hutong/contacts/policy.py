"""Who may, and which doors are open."""

from hutong import identity
from hutong.contacts import store
from hutong.contacts.model import Way, WayNotFound
from hutong.core.actor import Actor
from hutong.core.db import Row, Tx
from hutong.core.errors import NotFound
from hutong.identity import Person


async def access_way(tx: Tx, token: str) -> tuple[Way, Person]:
    """An open way in and whom it leads to. A way to somebody who has left is none."""
    way = await store.find_way(tx, token[:64])
    if way is None:
        raise WayNotFound
    member = (await identity.list_people(tx, way.company_id, [way.member_id])).get(way.member_id)
    if member is None or not member.is_active:
        raise WayNotFound
    return way, member


async def access_own_contact(tx: Tx, actor: Actor, contact_id: int) -> Row:
    owned = await store.find_owned(tx, actor.person_id, contact_id)
    if owned is None:
        raise NotFound
    return owned
