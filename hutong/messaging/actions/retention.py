"""The company's rule of how long what was said is kept: administrators set it, having seen what it removes."""

from datetime import datetime

from hutong import identity
from hutong.core import audit, clock
from hutong.core.actor import Actor
from hutong.core.db import Tx
from hutong.messaging.retention import (
    CONFIRM_WITHIN,
    ConfirmedRetention,
    RemovesMore,
    RetentionEffect,
    RetentionRule,
    RetentionWish,
    kept_since,
)
from hutong.messaging.store import removing


async def get_rule(tx: Tx, actor: Actor) -> RetentionRule:
    row = await removing.find_rule(tx, actor.company_id)
    if row is None:
        return RetentionRule(staff_days=None, customer_days=None, changed_by=None, changed_at=None)
    by_id = row["changed_by_id"]
    people = await identity.list_people(tx, actor.company_id, [by_id]) if by_id else {}
    return RetentionRule(
        staff_days=row["staff_days"],
        customer_days=row["customer_days"],
        changed_by=people.get(by_id),
        changed_at=row["changed_at"],
    )


async def count_effect(tx: Tx, actor: Actor, wish: RetentionWish, *, as_of: datetime | None = None) -> RetentionEffect:
    """What the rule would remove now, or as of that instant."""
    now = as_of or clock.now()
    counted = []
    for days, with_customers in ((wish.staff_days, False), (wish.customer_days, True)):
        since = kept_since(days, now)
        counted.append(
            (0, 0)
            if since is None
            else await removing.count_older(tx, actor.company_id, since, with_customers=with_customers)
        )
    (staff, staff_places), (customer, customer_places) = counted
    return RetentionEffect(
        as_of=now,
        staff_messages=staff,
        staff_conversations=staff_places,
        customer_messages=customer,
        customer_conversations=customer_places,
    )


async def set_rule(tx: Tx, actor: Actor, wish: ConfirmedRetention) -> RetentionRule:
    """It holds from now on. Raises RemovesMore when that is more than its administrator was shown."""
    before = await removing.lock_rule(tx, actor.company_id)
    now = clock.now()
    is_fresh = now - CONFIRM_WITHIN <= wish.as_of <= now
    effect = await count_effect(tx, actor, wish, as_of=wish.as_of if is_fresh else now)
    count = effect.staff_messages + effect.customer_messages
    if count > (wish.message_count if is_fresh else 0):
        raise RemovesMore(count=count)
    await removing.set_rule(tx, actor.company_id, wish.staff_days, wish.customer_days, actor.person_id, now)
    await audit.record(
        tx, actor, "retention.changed", subject_id=actor.company_id,
        details={
            "before": dict(before), "staff_days": wish.staff_days, "customer_days": wish.customer_days,
            "message_count": count,
        },
    )  # fmt: skip
    return await get_rule(tx, actor)
