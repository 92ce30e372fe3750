"""Nudges that browsers are to be told of."""

from collections.abc import Sequence
from datetime import datetime

from hutong.core.db import Row, Tx


async def queue_nudges(tx: Tx, items: Sequence[tuple[int, int, int, datetime]], now: datetime) -> None:
    """(person, conversation, seq, when) each: for every browser of theirs."""
    await tx.execute(
        "insert into nudge_pushes (session_id, conversation_id, seq, said_at, due_at)"
        " select s.session_id, t.conversation_id, t.seq, t.said_at, $5"
        " from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::timestamptz[])"
        "   t(person_id, conversation_id, seq, said_at)"
        " join push_subscriptions s on s.person_id = t.person_id order by 1, 2, 3 on conflict do nothing",
        *(list(column) for column in zip(*items, strict=True)), now,
    )  # fmt: skip


async def take_due(tx: Tx, now: datetime, leased_until: datetime, limit: int) -> list[Row]:
    """What is due, leased to whoever calls."""
    return await tx.fetch(
        "with due as (select p.session_id, p.conversation_id, p.seq from nudge_pushes p"
        "   join push_subscriptions s using (session_id) where p.due_at <= $1 and s.rests_until <= $1"
        "   order by p.due_at limit $3 for update of p skip locked)"
        " update nudge_pushes p set due_at = $2 from due join push_subscriptions s using (session_id)"
        " where p.session_id = due.session_id and p.conversation_id = due.conversation_id and p.seq = due.seq"
        " returning p.session_id, p.conversation_id, p.seq, p.said_at, s.person_id, s.endpoint, s.p256dh, s.auth,"
        " s.language, s.failures, 'n' || p.conversation_id as topic",
        now, leased_until, limit,
    )  # fmt: skip


async def settle(tx: Tx, row: Row) -> None:
    """It was told, or needs nobody any more."""
    await tx.execute(
        "delete from nudge_pushes where session_id = $1 and conversation_id = $2 and seq = $3",
        row["session_id"], row["conversation_id"], row["seq"],
    )  # fmt: skip


async def wait(tx: Tx, row: Row, due_at: datetime) -> None:
    await tx.execute(
        "update nudge_pushes set due_at = $4 where session_id = $1 and conversation_id = $2 and seq = $3",
        row["session_id"], row["conversation_id"], row["seq"], due_at,
    )  # fmt: skip
