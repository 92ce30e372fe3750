"""The audit trail: who did what to whom, when. Written in the transaction of the deed itself."""

from typing import Any

from hutong.core import clock, ids
from hutong.core.actor import Actor
from hutong.core.db import Tx


async def record(
    tx: Tx,
    actor: Actor | None,
    action: str,
    *,
    company_id: int | None = None,
    subject_id: int | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    """Add one line. `actor` is None when the machine's operator acts from the command line; then name the company."""
    company = actor.company_id if actor else company_id
    await tx.execute(
        "insert into audit_events (id, company_id, actor_id, action, subject_id, details, happened_at)"
        " values ($1, $2, $3, $4, $5, $6, $7)",
        ids.new(), company, actor.person_id if actor else None, action, subject_id, details or {}, clock.now(),
    )  # fmt: skip
