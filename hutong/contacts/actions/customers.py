"""A member's customers, and the member's own way in."""

from collections.abc import Sequence
from datetime import datetime

from hutong import identity, messaging
from hutong.contacts import model, policy, store
from hutong.contacts.events import ContactChanged
from hutong.contacts.model import Contact, Way
from hutong.core import clock, ids, live
from hutong.core.actor import Actor
from hutong.core.db import Row, Tx
from hutong.core.paging import make_cursor, read_cursor


async def open_own_way(tx: Tx, actor: Actor) -> Way:
    """The member's own link; made when it is first asked for."""
    way = Way(id=ids.new(), company_id=actor.company_id, member_id=actor.person_id, token=model.new_way_token())
    await store.add_personal_way(tx, way, clock.now())
    return await store.find_personal_way(tx, actor.person_id) or way


async def find_way_to(tx: Tx, member_id: int) -> str | None:
    """The token of a member's own link, if they ever asked for it."""
    way = await store.find_personal_way(tx, member_id)
    return way.token if way else None


async def list_contacts(
    tx: Tx, actor: Actor, query: str | None, cursor: str | None, limit: int
) -> tuple[list[Contact], str | None]:
    """A page of the actor's customers, the newest first, and where the next begins."""
    before = read_cursor(cursor, tuple[datetime, int]) if cursor else None
    pattern = store.like_pattern(query.strip()) if query and query.strip() else None
    rows = await store.list_owned(tx, actor.person_id, pattern, before, limit + 1)
    more = rows[limit - 1] if len(rows) > limit else None
    contacts = await _contacts(tx, actor.company_id, rows[:limit])
    return contacts, make_cursor(more["followed_at"], more["contact_id"]) if more else None


async def set_remark(tx: Tx, actor: Actor, contact_id: int, remark: str) -> Contact:
    """What the member calls this customer, seen by the member alone; empty takes it away."""
    await policy.access_own_contact(tx, actor, contact_id)
    cleaned = model.check_line("remark", remark, model.MAX_REMARK) if remark.strip() else None
    await store.set_remark(tx, actor.person_id, contact_id, cleaned)
    (contact,) = await _contacts(tx, actor.company_id, [await policy.access_own_contact(tx, actor, contact_id)])
    return contact


async def set_own_name(tx: Tx, actor: Actor, name: str) -> None:
    """The consumer says what to call them; everybody who follows them sees it at once."""
    cleaned = model.check_line("name", name, model.MAX_NAME)
    await identity.rename_people(tx, actor.company_id, {actor.person_id: cleaned})
    await tell_contact(tx, actor.company_id, actor.person_id)
    await messaging.tell_face(tx, actor.person_id)


async def tell_contact(tx: Tx, company_id: int, contact_id: int) -> None:
    """To each member who follows the customer, the customer as that member sees them."""
    rows = await store.list_owners(tx, contact_id)
    for row, contact in zip(rows, await _contacts(tx, company_id, rows), strict=True):
        tx.tell(live.person_channel(row["member_id"]), ContactChanged(contact=contact))


async def _contacts(tx: Tx, company_id: int, rows: Sequence[Row]) -> list[Contact]:
    views = await messaging.view_conversations(
        tx, company_id, [(row["conversation_id"], row["member_id"]) for row in rows]
    )
    active_at = {int(view.id): view.last_active_at for _, view in views}
    return [
        Contact(
            id=str(row["contact_id"]),
            name=row["name"],
            remark=row["remark"],
            conversation_id=str(row["conversation_id"]),
            followed_at=row["followed_at"],
            last_active_at=active_at.get(row["conversation_id"], row["followed_at"]),
        )
        for row in rows
    ]
