"""Browsers that can be reached while nobody looks, and what each is to be told."""

from collections.abc import Sequence
from datetime import datetime

from hutong.core.db import Row, Tx
from hutong.notifications.model import Subscription

# -- the key, the browsers -----------------------------------------------------------------------------------------


async def find_key(tx: Tx) -> bytes | None:
    key: bytes | None = await tx.fetchval("select private_key from push_keys")
    return key


async def add_key(tx: Tx, private_key: bytes, now: datetime) -> None:
    """Nothing happens when there is one."""
    await tx.execute(
        "insert into push_keys (id, private_key, made_at) values (1, $1, $2) on conflict do nothing", private_key, now
    )


async def set_subscription(
    tx: Tx, session_id: int, company_id: int, person_id: int, wish: Subscription, language: str, now: datetime
) -> None:
    """In place of the session's former one. A browser in which somebody else signed in is no longer the former's."""
    await tx.execute(
        "delete from push_subscriptions where endpoint = $1 and session_id <> $2", wish.endpoint, session_id
    )
    await tx.execute(
        "insert into push_subscriptions (session_id, company_id, person_id, endpoint, p256dh, auth, language, failures,"
        " rests_until, subscribed_at) values ($1, $2, $3, $4, $5, $6, $7, 0, $8, $8)"
        " on conflict (session_id) do update set endpoint = excluded.endpoint, p256dh = excluded.p256dh,"
        " auth = excluded.auth, language = excluded.language, failures = 0, rests_until = excluded.rests_until",
        session_id, company_id, person_id, wish.endpoint, wish.p256dh, wish.auth, language, now,
    )  # fmt: skip


async def delete_subscription(tx: Tx, session_id: int, endpoint: str | None = None) -> None:
    """With an endpoint: only if that is still the one."""
    await tx.execute(
        "delete from push_subscriptions where session_id = $1 and ($2::text is null or endpoint = $2)",
        session_id, endpoint,
    )  # fmt: skip


async def find_endpoint(tx: Tx, session_id: int) -> str | None:
    endpoint: str | None = await tx.fetchval(
        "select endpoint from push_subscriptions where session_id = $1", session_id
    )
    return endpoint


async def list_reachable(tx: Tx) -> list[int]:
    """The people who have a browser to be told in."""
    return [row["person_id"] for row in await tx.fetch("select distinct person_id from push_subscriptions")]


async def rest(tx: Tx, session_id: int, until: datetime) -> None:
    """The push service asks for patience, or does not answer."""
    await tx.execute(
        "update push_subscriptions set failures = failures + 1, rests_until = $2 where session_id = $1",
        session_id, until,
    )  # fmt: skip


async def wake(tx: Tx, session_id: int) -> None:
    """It answers again."""
    await tx.execute("update push_subscriptions set failures = 0 where session_id = $1 and failures > 0", session_id)


# -- how far what was said has been looked at ----------------------------------------------------------------------


async def lock_position(tx: Tx) -> tuple[bool, int | None]:
    """(whether it is ours now, the position): another process that looks just now keeps it."""
    await tx.execute("insert into push_positions (id, xid) values (1, '0') on conflict do nothing")
    row = await tx.fetchrow("select xid::text from push_positions where id = 1 for update skip locked")
    if row is None:
        return False, None
    return True, int(row["xid"]) or None


async def set_position(tx: Tx, xid: int) -> None:
    await tx.execute("update push_positions set xid = $1::text::xid8 where id = 1", str(xid))


# -- what each is to be told ---------------------------------------------------------------------------------------


async def queue_pushes(tx: Tx, items: Sequence[tuple[int, int, int, datetime]], now: datetime) -> None:
    """(person, conversation, seq, said_at) each: for every browser of theirs that was there when it was said.

    A conversation stands here once for a browser, and one that is being told keeps its lease. In the order of the
    keys: two processes that queue the same ones wait for each other in no circle.
    """
    await tx.execute(
        "insert into pushes (session_id, conversation_id, seq, pushed_seq, said_at, due_at)"
        " select s.session_id, t.conversation_id, t.seq, 0, t.said_at, $5"
        " from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::timestamptz[])"
        "   t(person_id, conversation_id, seq, said_at)"
        " join push_subscriptions s on s.person_id = t.person_id and s.subscribed_at <= t.said_at order by 1, 2"
        " on conflict (session_id, conversation_id) do update set seq = excluded.seq, said_at = excluded.said_at,"
        "   due_at = greatest(pushes.due_at, excluded.due_at) where pushes.seq < excluded.seq",
        *(list(column) for column in zip(*items, strict=True)), now,
    )  # fmt: skip


async def take_due(tx: Tx, now: datetime, leased_until: datetime, limit: int) -> list[Row]:
    """What is due, leased to whoever calls; what another process takes just now is left out."""
    return await tx.fetch(
        "with due as (select p.session_id, p.conversation_id from pushes p join push_subscriptions s using (session_id)"
        "   where p.pushed_seq < p.seq and p.due_at <= $1 and s.rests_until <= $1"
        "   order by p.due_at limit $3 for update of p skip locked)"
        " update pushes p set due_at = $2 from due join push_subscriptions s using (session_id)"
        " where p.session_id = due.session_id and p.conversation_id = due.conversation_id"
        " returning p.session_id, p.conversation_id, p.seq, p.said_at, s.person_id, s.endpoint, s.p256dh, s.auth,"
        " s.language, s.failures, p.conversation_id::text as topic",
        now, leased_until, limit,
    )  # fmt: skip


async def list_told(tx: Tx, session_id: int) -> list[int]:
    """The conversations of which a browser was told something."""
    rows = await tx.fetch("select conversation_id from pushes where session_id = $1 and pushed_seq > 0", session_id)
    return [row["conversation_id"] for row in rows]


async def settle(tx: Tx, session_id: int, conversation_id: int, seq: int, due_at: datetime) -> None:
    """Told up to `seq`, or no longer to be told of it; what comes after waits until `due_at`."""
    await tx.execute(
        "update pushes set pushed_seq = greatest(pushed_seq, $3), due_at = $4"
        " where session_id = $1 and conversation_id = $2",
        session_id, conversation_id, seq, due_at,
    )  # fmt: skip


async def forget_told(tx: Tx, session_id: int, conversation_ids: Sequence[int]) -> None:
    """These were read, and what stood there of them is closed."""
    await tx.execute(
        "delete from pushes where session_id = $1 and conversation_id = any($2::bigint[]) and pushed_seq >= seq",
        session_id, list(conversation_ids),
    )  # fmt: skip
