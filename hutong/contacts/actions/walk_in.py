"""A consumer walks in: one transaction from the first word to a customer whom somebody follows."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import msgspec

from hutong import identity, messaging
from hutong.contacts import model, policy, store
from hutong.contacts.actions.customers import tell_contact
from hutong.contacts.model import TooManyWalkIns, Way
from hutong.core import clock, ids
from hutong.core.actor import Actor
from hutong.core.db import Tx
from hutong.identity import Device, NewPerson
from hutong.messaging import SendMessage, Written

# Makes what is to be said, once it is known who says it: a picture's row needs its owner.
MakeWish = Callable[[Tx, Actor], Awaitable[SendMessage]]


class WalkIn(msgspec.Struct, frozen=True):
    """What was written, and the token for the cookie when the browser was not known before."""

    written: Written
    session_token: str | None


async def say(
    tx: Tx, token: str, actor: Actor | None, key: UUID, make_wish: MakeWish, device: Device, language: str
) -> WalkIn:
    """The consumer speaks to whom the way leads. Without `actor` this is a first message: it makes the customer.

    The same key (model.walk_in_key) is one customer, and the same client id then one message, even if the first
    answer, and with it the cookie, was lost.
    """
    way, _ = await policy.access_way(tx, token)
    session_token = None
    if actor is None:
        contact_id = await _make_contact(tx, way, key, device, language)
        session_token, actor = await identity.start_contact_session(tx, way.company_id, contact_id, device)
    conversation_id, _ = await messaging.open_customer_conversation(tx, actor, way.member_id)
    is_new = await store.insert_owner(tx, way, actor.person_id, conversation_id, clock.now())
    draft = messaging.draft_of(actor, conversation_id, await make_wish(tx, actor))
    written = await messaging.write_message(tx, draft)
    if not written.is_new:
        # What was said first stands, its picture too: the retry's own is in no message.
        written = Written(await messaging.find_written(tx, draft) or written.message, is_new=False)
    if is_new:
        await tell_contact(tx, way.company_id, actor.person_id)
    return WalkIn(written, session_token)


async def check_pace(tx: Tx, device: Device) -> None:
    """Raises TooManyWalkIns. Asked before the bytes of a picture are taken, too: they stay on the disk for a day."""
    since = clock.now() - model.WALK_IN_WINDOW
    if await store.count_walk_ins(tx, device.address, since) >= model.MAX_WALK_INS_PER_ADDRESS:
        raise TooManyWalkIns(details={"retry_after_seconds": int(model.WALK_IN_WINDOW.total_seconds())})


async def _make_contact(tx: Tx, way: Way, key: UUID, device: Device, language: str) -> int:
    """A new customer; or, for a first message that is repeated, the one it made."""
    await check_pace(tx, device)
    now, contact_id = clock.now(), ids.new()
    if await store.insert_walk_in(tx, way.company_id, key, contact_id, device.address, now):
        name = model.guest_name(contact_id, language)
        await identity.insert_people(tx, way.company_id, [NewPerson(id=contact_id, kind="contact", name=name)])
        return contact_id
    known = await store.find_walk_in(tx, way.company_id, key, now - model.WALK_IN_REPEAT)
    if known is None:
        raise model.StaleFirstMessage
    return known
