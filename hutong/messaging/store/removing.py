"""The company's rule of how long what was said is kept, and removing what is older.

Of each conversation its beginning goes: `first_seq` is the first place that is left. Places are never counted anew.
"""

from collections.abc import Sequence
from datetime import datetime

from hutong.core.db import Row, Tx

# What hangs on messages and is found by their places; mentions are found by whom they call on.
HANGING = (
    "message_versions",
    "message_reactions",
    "message_pins",
    "message_words",
    "nudges",
    "stars",
    "heard_voices",
)
_KINDS = {True: ["customer"], False: ["direct", "group", "channel"]}


async def find_rule(tx: Tx, company_id: int) -> Row | None:
    return await tx.fetchrow(
        "select staff_days, customer_days, changed_by_id, changed_at from retention where company_id = $1", company_id
    )


async def lock_rule(tx: Tx, company_id: int) -> Row:
    """One administrator after the other."""
    await tx.execute("insert into retention (company_id) values ($1) on conflict do nothing", company_id)
    row = await tx.fetchrow(
        "select staff_days, customer_days from retention where company_id = $1 for update", company_id
    )
    assert row is not None
    return row


async def set_rule(
    tx: Tx, company_id: int, staff_days: int | None, customer_days: int | None, by_id: int, now: datetime
) -> None:
    await tx.execute(
        "update retention set staff_days = $2, customer_days = $3, changed_by_id = $4, changed_at = $5"
        " where company_id = $1",
        company_id, staff_days, customer_days, by_id, now,
    )  # fmt: skip


async def list_rules(tx: Tx) -> list[Row]:
    """(company_id, staff_days, customer_days) of those that remove anything."""
    return await tx.fetch(
        "select company_id, staff_days, customer_days from retention"
        " where staff_days is not null or customer_days is not null order by company_id"
    )


async def count_older(tx: Tx, company_id: int, since: datetime, *, with_customers: bool) -> tuple[int, int]:
    """(messages, conversations) older than that: counted by their places, not one by one."""
    row = await tx.fetchrow(
        "select coalesce(sum(n), 0)::bigint as messages, count(*) as conversations from ("
        "  select case when last_active_at < $3 then last_seq + 1"
        "      else first_kept_seq(id, first_seq, last_seq + 1, $3) end - first_seq as n"
        "  from conversations where company_id = $1 and kind = any($2::text[]) and created_at < $3"
        "    and first_seq <= last_seq) c where n > 0",
        company_id, _KINDS[with_customers], since,
    )  # fmt: skip
    assert row is not None
    return row["messages"], row["conversations"]


async def list_older(
    tx: Tx, company_id: int, since: datetime, after_id: int, limit: int, *, with_customers: bool
) -> list[int]:
    """Conversations, in the order of their ids, whose first message that is left is older than that."""
    rows = await tx.fetch(
        "select c.id from conversations c join messages m on m.conversation_id = c.id and m.seq = c.first_seq"
        " where c.company_id = $1 and c.kind = any($2::text[]) and c.created_at < $3 and c.id > $4 and m.sent_at < $3"
        " order by c.id limit $5",
        company_id, _KINDS[with_customers], since, after_id, limit,
    )  # fmt: skip
    return [row["id"] for row in rows]


async def lock_beginning(tx: Tx, conversation_id: int, since: datetime) -> tuple[int, int]:
    """(the first place that is left, the first one that is not older), locked as a send locks it."""
    row = await tx.fetchrow(
        "select first_seq, last_seq from conversations where id = $1 for no key update", conversation_id
    )
    assert row is not None
    kept: int = await tx.fetchval(
        "select first_kept_seq($1, $2, $3, $4)", conversation_id, row["first_seq"], row["last_seq"] + 1, since
    )
    return row["first_seq"], kept


async def remove_messages(tx: Tx, conversation_id: int, first: int, end: int) -> list[Row]:
    """All that is from `first` until before `end`, with what hangs on it; (seq, file_id, content) of each."""
    span = (conversation_id, first, end)
    rows = await tx.fetch(
        "delete from messages where conversation_id = $1 and seq >= $2 and seq < $3 returning seq, file_id, content",
        *span,
    )
    for table in HANGING:
        await tx.execute(f"delete from {table} where conversation_id = $1 and seq >= $2 and seq < $3", *span)
    return rows


async def remove_mentions(tx: Tx, conversation_id: int, called: Sequence[tuple[int, int]]) -> None:
    """Of these (person, seq): that is how they are found."""
    await tx.execute(
        "delete from message_mentions mm using unnest($2::bigint[], $3::bigint[]) t(person_id, seq)"
        " where mm.person_id = t.person_id and mm.conversation_id = $1 and mm.seq = t.seq",
        conversation_id, [person_id for person_id, _ in called], [seq for _, seq in called],
    )  # fmt: skip


async def begin_at(tx: Tx, conversation_id: int, first: int, *, is_told: bool) -> None:
    await tx.execute(
        "update conversations set first_seq = $2,"
        " changed_xid = case when $3 then pg_current_xact_id() else changed_xid end where id = $1",
        conversation_id, first, is_told,
    )  # fmt: skip
    await tx.execute(
        "update indexed_conversations set indexed_seq = greatest(indexed_seq, $2::bigint - 1)"
        " where conversation_id = $1",
        conversation_id, first,
    )  # fmt: skip


# -- what nothing carries any more ---------------------------------------------------------------------------------


async def release(tx: Tx, company_id: int, file_ids: Sequence[int], bundle_ids: Sequence[int], now: datetime) -> None:
    """To be looked at when whoever forwards them just now is done."""
    await tx.execute(
        "insert into released (company_id, id, kind, released_at)"
        " select $1::bigint, id, 'file', $4::timestamptz from unnest($2::bigint[]) t(id)"
        " union select $1, id, 'bundle', $4 from unnest($3::bigint[]) t(id)"
        " on conflict (id) do update set released_at = excluded.released_at",
        company_id, list(file_ids), list(bundle_ids), now,
    )  # fmt: skip


async def take_released(tx: Tx, before: datetime, limit: int) -> list[Row]:
    """(company_id, id, kind), bundles first: what only they carry is released by them."""
    return await tx.fetch(
        "delete from released where id in (select id from released where released_at < $1"
        " order by kind, id limit $2 for update skip locked) returning company_id, id, kind",
        before, limit,
    )  # fmt: skip


async def delete_loose_bundles(tx: Tx, ids: Sequence[int]) -> list[Row]:
    """(company_id, file_ids, bundle_ids) of those that no message and no other bundle carries: they are gone."""
    return await tx.fetch(
        "delete from bundles b where b.id = any($1::bigint[])"
        " and not exists (select from messages m"
        "   where (m.content->'merged'->>'bundle_id')::bigint = b.id and m.kind = 'merged')"
        " and not exists (select from bundles o where o.bundle_ids @> array[b.id])"
        " returning company_id, file_ids, bundle_ids",
        list(ids),
    )


async def list_loose_files(tx: Tx, ids: Sequence[int]) -> list[int]:
    """Those that no message and no bundle carries."""
    rows = await tx.fetch(
        "select f.id from unnest($1::bigint[]) f(id)"
        " where not exists (select from messages m where m.file_id = f.id)"
        " and not exists (select from bundles b where b.file_ids @> array[f.id])"
        " and not exists (select from link_previews p where p.picture_id = f.id)",
        list(ids),
    )
    return [row["id"] for row in rows]
