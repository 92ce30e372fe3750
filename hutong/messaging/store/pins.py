"""Messages put up for all in a conversation. Every write here stands under the conversation's lock."""

from collections.abc import Sequence
from datetime import datetime

from hutong.core.db import Row, Tx


async def add_pin(tx: Tx, conversation_id: int, seq: int, by_id: int, now: datetime) -> bool:
    """Whether it is new."""
    return bool(
        await tx.execute(
            "insert into message_pins (conversation_id, seq, by_id, pinned_at) values ($1, $2, $3, $4)"
            " on conflict do nothing",
            conversation_id, seq, by_id, now,
        )
    )  # fmt: skip


async def remove_pin(tx: Tx, conversation_id: int, seq: int) -> bool:
    """Whether it was there."""
    return bool(
        await tx.execute("delete from message_pins where conversation_id = $1 and seq = $2", conversation_id, seq)
    )


async def count_pins(tx: Tx, conversation_id: int) -> int:
    count: int = await tx.fetchval("select count(*) from message_pins where conversation_id = $1", conversation_id)
    return count


async def list_pinned_seqs(tx: Tx, conversation_id: int, after_seq: int) -> list[int]:
    """The latest first."""
    rows = await tx.fetch(
        "select seq from message_pins where conversation_id = $1 and seq > $2 order by pinned_at desc, seq desc",
        conversation_id, after_seq,
    )  # fmt: skip
    return [row["seq"] for row in rows]


async def list_pins(tx: Tx, keys: Sequence[tuple[int, int]]) -> list[Row]:
    """(conversation_id, seq, by_id, pinned_at) of those among these (conversation, seq) that are put up."""
    return await tx.fetch(
        "select p.conversation_id, p.seq, p.by_id, p.pinned_at"
        " from unnest($1::bigint[], $2::bigint[]) k(conversation_id, seq)"
        " join message_pins p on p.conversation_id = k.conversation_id and p.seq = k.seq",
        [key[0] for key in keys], [key[1] for key in keys],
    ) if keys else []  # fmt: skip
