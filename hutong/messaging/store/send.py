"""The SQL that writes messages: many at once, in one statement."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from hutong.core.db import Row, Tx


async def send_messages(
    tx: Tx,
    rows: Sequence[tuple[int, int, UUID, str, str, int | None, msgspec.Struct | None, int | None]],
    now: datetime,
    *,
    waits: bool,
) -> list[Row]:
    """Write (conversation_id, sender_id, client_id, kind, body, file_id, notice, reply_to_seq) each.

    In their order: outcome, seq, sent_at. `new` has its place; `repeated` keeps the first one under its client id;
    `refused` has no such conversation or is no participant; `held` is locked by another transaction (never with
    `waits`): it is for the next batch.
    """
    columns = list(zip(*rows, strict=True))
    notices = [msgspec.json.encode(notice).decode() if notice else None for notice in columns[6]]
    written = await tx.fetch(
        "select place, outcome, seq, sent_at from send_messages($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        " order by place",
        *columns[:6], notices, columns[7], now, waits,
    )  # fmt: skip
    return written
