"""Who is to be told by mail or text message of what stays unread, and up to where they were."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from hutong.core.db import Row, Tx
from hutong.notifications.model import DigestWish


async def list_wishes(tx: Tx, person_ids: Sequence[int]) -> dict[int, DigestWish]:
    rows = await tx.fetch(
        "select person_id, carrier, after_minutes from digests where person_id = any($1::bigint[])", list(person_ids)
    )
    return {row["person_id"]: DigestWish(by=row["carrier"], after_minutes=row["after_minutes"]) for row in rows}


async def set_wish(tx: Tx, person_id: int, wish: DigestWish | None, language: str, now: datetime) -> None:
    """What lay there before it was wished for is not told."""
    if wish is None:
        await tx.execute("delete from digests where person_id = $1", person_id)
        return
    await tx.execute(
        "insert into digests (person_id, carrier, after_minutes, language, told_until, due_at, failures)"
        " values ($1, $2, $3, $4, $5, $5, 0) on conflict (person_id) do update set carrier = excluded.carrier,"
        " after_minutes = excluded.after_minutes, language = excluded.language, failures = 0,"
        " due_at = case when digests.carrier <> excluded.carrier then excluded.due_at else digests.due_at end",
        person_id, wish.by, wish.after_minutes, language, now,
    )  # fmt: skip


async def take_due(tx: Tx, now: datetime, leased_until: datetime, limit: int) -> list[Row]:
    """Those to be looked after, leased to whoever calls; what another process takes just now is left out."""
    return await tx.fetch(
        "with due as (select person_id from digests where due_at <= $1 order by due_at limit $3 for update skip locked)"
        " update digests d set due_at = $2 from due where d.person_id = due.person_id"
        " returning d.person_id, d.carrier, d.after_minutes, d.language, d.told_until, d.failures",
        now, leased_until, limit,
    )  # fmt: skip


async def look_later(tx: Tx, due_at: Mapping[int, datetime]) -> None:
    await tx.execute(
        "update digests d set due_at = t.due_at from unnest($1::bigint[], $2::timestamptz[]) t(person_id, due_at)"
        " where d.person_id = t.person_id",
        list(due_at), list(due_at.values()),
    )  # fmt: skip


async def settle(tx: Tx, person_id: int, told_until: datetime, due_at: datetime) -> None:
    await tx.execute(
        "update digests set told_until = greatest(told_until, $2), due_at = $3, failures = 0 where person_id = $1",
        person_id, told_until, due_at,
    )  # fmt: skip


async def fail(tx: Tx, person_id: int, due_at: datetime) -> None:
    await tx.execute("update digests set failures = failures + 1, due_at = $2 where person_id = $1", person_id, due_at)
