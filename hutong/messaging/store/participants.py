"""Who is in a conversation, and how far they have read."""

from collections.abc import Sequence
from datetime import datetime

from hutong.core.db import Row, Tx


async def find_participant(tx: Tx, conversation_id: int, person_id: int) -> Row | None:
    return await tx.fetchrow(
        "select p.joined_seq, p.read_seq, c.kind, false as is_by_rule from participants p"
        " join conversations c on c.id = p.conversation_id"
        " where p.conversation_id = $1 and p.person_id = $2 and p.left_at is null",
        conversation_id, person_id,
    )  # fmt: skip


async def add_participants(
    tx: Tx, conversation_id: int, person_ids: Sequence[int], joined_seq: int, now: datetime
) -> list[int]:
    """Who was not in before, and is now. Somebody who had left joins anew: what was said meanwhile stays unread."""
    rows = await tx.fetch(
        "insert into participants (conversation_id, person_id, joined_at, joined_seq, read_seq, changed_xid)"
        " select $1, id, $4, $3, $3, pg_current_xact_id() from unnest($2::bigint[]) with ordinality t(id, n) order by n"
        " on conflict (conversation_id, person_id) do update set joined_at = excluded.joined_at,"
        "   joined_seq = excluded.joined_seq, read_seq = excluded.read_seq, left_at = null,"
        "   changed_xid = excluded.changed_xid where participants.left_at is not null"
        " returning person_id",
        conversation_id, list(person_ids), joined_seq, now,
    )  # fmt: skip
    await _add_to_count(tx, conversation_id, len(rows))
    return [row["person_id"] for row in rows]


async def remove_participant(tx: Tx, conversation_id: int, person_id: int, now: datetime) -> bool:
    removed = await tx.execute(
        "update participants set left_at = $3, changed_xid = pg_current_xact_id()"
        " where conversation_id = $1 and person_id = $2 and left_at is null",
        conversation_id, person_id, now,
    )  # fmt: skip
    await _add_to_count(tx, conversation_id, -removed)
    return bool(removed)


async def _add_to_count(tx: Tx, conversation_id: int, difference: int) -> None:
    await tx.execute(
        "update conversations set participant_count = participant_count + $2, changed_xid = pg_current_xact_id()"
        " where id = $1",
        conversation_id, difference,
    )  # fmt: skip


async def touch_participations(tx: Tx, person_id: int) -> list[int]:
    """For whoever catches up, something about this person is new in these conversations."""
    rows = await tx.fetch(
        "update participants set changed_xid = pg_current_xact_id() where person_id = $1 and left_at is null"
        " returning conversation_id",
        person_id,
    )
    return [row["conversation_id"] for row in rows]


async def list_participants(tx: Tx, conversation_id: int, after: tuple[datetime, int] | None, limit: int) -> list[Row]:
    return await tx.fetch(
        "select person_id, read_seq, joined_at from participants where conversation_id = $1 and left_at is null"
        " and ($2::timestamptz is null or (joined_at, person_id) > ($2, $3)) order by joined_at, person_id limit $4",
        conversation_id, after[0] if after else None, after[1] if after else None, limit,
    )  # fmt: skip


async def list_recent_speakers(tx: Tx, conversation_id: int, after_seq: int, limit: int) -> list[int]:
    """Those in it now, who spoke last first (in the newest 200 messages after `after_seq`), then in the order of
    joining."""
    rows = await tx.fetch(
        "select p.person_id from participants p left join (select sender_id, max(seq) as seq"
        "  from (select sender_id, seq from messages where conversation_id = $1 and seq > $2 and kind <> 'notice'"
        "   order by seq desc limit 200) m group by sender_id) said on said.sender_id = p.person_id"
        " where p.conversation_id = $1 and p.left_at is null"
        " order by said.seq desc nulls last, p.joined_at, p.person_id limit $3",
        conversation_id, after_seq, limit,
    )  # fmt: skip
    return [row["person_id"] for row in rows]


async def list_participant_ids(tx: Tx, conversation_id: int) -> list[int]:
    rows = await tx.fetch(
        "select person_id from participants where conversation_id = $1 and left_at is null"
        " order by joined_at, person_id",
        conversation_id,
    )
    return [row["person_id"] for row in rows]


async def list_present(tx: Tx, conversation_id: int, person_ids: Sequence[int]) -> list[int]:
    """Those of them who take part."""
    rows = await tx.fetch(
        "select person_id from participants"
        " where conversation_id = $1 and person_id = any($2::bigint[]) and left_at is null",
        conversation_id, list(person_ids),
    )  # fmt: skip
    return [row["person_id"] for row in rows]


async def has_later_joined(tx: Tx, conversation_id: int, seq: int) -> bool:
    """Whether somebody takes part to whom the message is not theirs to read."""
    return bool(
        await tx.fetchval(
            "select exists (select from participants"
            "   where conversation_id = $1 and left_at is null and joined_seq >= $2)",
            conversation_id, seq,
        )
    )  # fmt: skip


async def list_earlier_joined(tx: Tx, conversation_id: int, seq: int, limit: int) -> list[int]:
    """Those to whom it is."""
    rows = await tx.fetch(
        "select person_id from participants where conversation_id = $1 and left_at is null and joined_seq < $2"
        " limit $3",
        conversation_id, seq, limit,
    )  # fmt: skip
    return [row["person_id"] for row in rows]


async def list_acquainted(tx: Tx, person_id: int, others: Sequence[int]) -> set[int]:
    """Which of the others share a conversation with this person."""
    rows = await tx.fetch(
        "select distinct o.person_id from participants p join participants o on o.conversation_id = p.conversation_id"
        " where p.person_id = $1 and p.left_at is null and o.person_id = any($2::bigint[])",
        person_id, list(others),
    )  # fmt: skip
    return {row["person_id"] for row in rows}
