"""Heads: what a conversation is, and which of them a person has."""

from collections.abc import Sequence
from datetime import datetime

from hutong.core.db import Row, Tx
from hutong.messaging.store.mentions import MENTION_SEQ
from hutong.messaging.store.messages import QUOTED, SAID


async def insert_conversation(
    tx: Tx, conversation_id: int, company_id: int, kind: str, name: str | None, owner_id: int | None,
    unique_key: str | None, now: datetime,
) -> int | None:  # fmt: skip
    """The id; None when the unique key is taken (then find_by_key finds the one that is there)."""
    inserted: int | None = await tx.fetchval(
        "insert into conversations (id, company_id, kind, name, owner_id, unique_key, participant_count, last_seq,"
        " last_active_at, changed_xid, created_at) values ($1, $2, $3, $4, $5, $6, 0, 0, $7, pg_current_xact_id(), $7)"
        " on conflict (company_id, unique_key) do nothing returning id",
        conversation_id, company_id, kind, name, owner_id, unique_key, now,
    )  # fmt: skip
    return inserted


async def find_by_key(tx: Tx, company_id: int, unique_key: str) -> int | None:
    found: int | None = await tx.fetchval(
        "select id from conversations where company_id = $1 and unique_key = $2", company_id, unique_key
    )
    return found


async def lock_conversation(tx: Tx, conversation_id: int) -> Row | None:
    """Locked as a send locks it, so that membership and seq agree.

    Nothing is joined: what this statement waited for changed rows that its snapshot still shows as they were.
    """
    return await tx.fetchrow(
        "select id, company_id, kind, name, owner_id, participant_count, last_seq, last_revision from conversations"
        " where id = $1 for no key update",
        conversation_id,
    )  # fmt: skip


async def find_ends(tx: Tx, conversation_id: int) -> tuple[int, int]:
    """(last_revision, first_seq)"""
    row = await tx.fetchrow("select last_revision, first_seq from conversations where id = $1", conversation_id)
    assert row is not None
    return row["last_revision"], row["first_seq"]


async def find_last_revision(tx: Tx, conversation_id: int) -> int:
    revision: int = await tx.fetchval("select last_revision from conversations where id = $1", conversation_id)
    return revision


async def find_last_seq(tx: Tx, conversation_id: int) -> int:
    seq: int = await tx.fetchval("select last_seq from conversations where id = $1", conversation_id)
    return seq


async def update_conversation(tx: Tx, conversation_id: int, *, name: str | None, owner_id: int | None) -> None:
    await tx.execute(
        "update conversations set name = $2, owner_id = $3, changed_xid = pg_current_xact_id() where id = $1",
        conversation_id, name, owner_id,
    )  # fmt: skip


async def list_views(tx: Tx, pairs: Sequence[tuple[int, int]]) -> list[Row]:
    """Each (conversation, person): the conversation with that person's own marks and its last message, newest first.

    Pairs that are no participation, past or present, are left out.
    """
    return await tx.fetch(
        "select c.id, c.company_id, c.kind, c.name, c.owner_id, c.participant_count, c.last_seq, c.last_revision,"
        " c.last_active_at,"
        " c.first_seq, p.person_id, p.joined_seq, greatest(p.read_seq, c.first_seq - 1) as read_seq, p.left_at,"
        " p.left_at is null as can_publish,"
        f" {MENTION_SEQ}, {SAID}"
        " from unnest($1::bigint[], $2::bigint[]) v(conversation_id, person_id)"
        " join participants p on p.conversation_id = v.conversation_id and p.person_id = v.person_id"
        " join conversations c on c.id = v.conversation_id"
        " left join messages m on m.conversation_id = c.id and m.seq = c.last_seq and m.seq > p.joined_seq"
        f"   and p.left_at is null{QUOTED}"
        " order by c.last_active_at desc, c.id desc",
        [pair[0] for pair in pairs], [pair[1] for pair in pairs],
    )  # fmt: skip


async def list_heads(tx: Tx, conversation_ids: Sequence[int]) -> list[Row]:
    """What is the same for all participants. Not of channels: theirs are the publishers, and hearers are told apart."""
    return await tx.fetch(
        "select id, name, owner_id, participant_count, last_seq from conversations"
        " where id = any($1::bigint[]) and kind <> 'channel'",
        list(conversation_ids),
    )


async def list_faces(tx: Tx, conversation_ids: Sequence[int], limit: int) -> list[Row]:
    """(conversation_id, person_id, read_seq) of the first to join each conversation, with their faces."""
    return await tx.fetch(
        "select c.id as conversation_id, f.* from unnest($1::bigint[]) c(id)"
        " cross join lateral (select p.person_id, p.read_seq, w.kind, w.name, w.is_active"
        "   from participants p join people w on w.id = p.person_id where p.conversation_id = c.id"
        "   and p.left_at is null order by p.joined_at, p.person_id limit $2) f",
        list(conversation_ids), limit,
    )  # fmt: skip


async def list_active_ids(tx: Tx, person_id: int, limit: int) -> list[int]:
    """The conversations a person is in where something was said, and channels to publish in; the most recently
    active first."""
    rows = await tx.fetch(
        "select c.id from participants p join conversations c on c.id = p.conversation_id"
        " where p.person_id = $1 and p.left_at is null and (c.last_seq > 0 or c.kind = 'channel')"
        " order by c.last_active_at desc, c.id desc limit $2",
        person_id, limit,
    )  # fmt: skip
    return [row["id"] for row in rows]


async def list_all_ids(tx: Tx, person_ids: Sequence[int]) -> dict[int, list[int]]:
    """Of each of these people, the conversations they are in; who is in none is absent."""
    rows = await tx.fetch(
        "select person_id, array_agg(conversation_id) as ids from participants"
        " where person_id = any($1::bigint[]) and left_at is null group by person_id",
        list(person_ids),
    )
    return {row["person_id"]: row["ids"] for row in rows}


async def list_changed_ids(tx: Tx, person_id: int, since_xid: int) -> list[int]:
    """What changed for a person in transactions that a snapshot with this xmin could not see, or just saw.

    A transaction invisible to that snapshot has an id not below its xmin, so nothing is missed; a few come twice.
    """
    rows = await tx.fetch(
        "select c.id from participants p join conversations c on c.id = p.conversation_id"
        " where p.person_id = $1 and (p.changed_xid >= $2::text::xid8 or (p.left_at is null"
        "   and (c.last_seq > 0 or c.kind = 'channel')"
        "   and (c.changed_xid >= $2::text::xid8 or (c.kind in ('direct', 'customer')"
        "     and exists (select from participants o where o.conversation_id = c.id"
        "       and o.changed_xid >= $2::text::xid8)))))",
        person_id, str(since_xid),
    )  # fmt: skip
    return [row["id"] for row in rows]


async def read_position(tx: Tx) -> tuple[str, int]:
    """(which database this is, the xmin of this transaction's snapshot): the two halves of a sync token.

    A restored backup is another database, whose transaction ids mean something else.
    """
    row = await tx.fetchrow(
        "select (select oid from pg_database where datname = current_database())::text || '-' ||"
        " (select system_identifier from pg_control_system())::text as origin,"
        " pg_snapshot_xmin(pg_current_snapshot())::text as xmin"
    )
    assert row is not None
    return row["origin"], int(row["xmin"])
