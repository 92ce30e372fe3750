"""Which spoken messages a person has listened to."""

from collections.abc import Sequence
from datetime import datetime

from hutong.core.db import Tx


async def put_heard(tx: Tx, person_id: int, conversation_id: int, seq: int, now: datetime) -> bool:
    """False when it was there."""
    inserted = await tx.execute(
        "insert into heard_voices (person_id, conversation_id, seq, heard_at) values ($1, $2, $3, $4)"
        " on conflict do nothing",
        person_id, conversation_id, seq, now,
    )  # fmt: skip
    return inserted == 1


async def list_heard(tx: Tx, person_id: int, conversation_id: int, seqs: Sequence[int]) -> list[int]:
    rows = await tx.fetch(
        "select seq from heard_voices where person_id = $1 and conversation_id = $2 and seq = any($3) order by seq",
        person_id, conversation_id, list(seqs),
    )  # fmt: skip
    return [row["seq"] for row in rows]
