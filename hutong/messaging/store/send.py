"""The SQL that writes messages: many at once, in one statement."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from hutong.core.db import Row, Tx
from hutong.messaging.content import Content
from hutong.messaging.model import Notice


async def send_messages(
    tx: Tx,
    rows: Sequence[tuple[int, int, UUID, str, str, int | None, Notice | None, int | None, Content | None, int | None]],
    now: datetime,
    *,
    waits: bool,
) -> list[Row]:
    """Write (conversation_id, sender_id, client_id, kind, body, file_id, notice, reply_to_seq, content, topic_id) each.

    In their order: outcome, seq, sent_at. `new` has its place; `repeated` keeps the first one under its client id;
    `refused` has no such conversation or is no participant; `topic_closed` and `topic_unknown` name no topic that is
    open here; `held` is locked by another transaction (never with `waits`): it is for the next batch.
    """
    columns = list(zip(*rows, strict=True))
    notices, contents = _as_json(columns[6]), _as_json(columns[8])
    written = await tx.fetch(
        "select place, outcome, seq, sent_at from send_messages($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
        " order by place",
        *columns[:6], notices, columns[7], contents, columns[9], now, waits,
    )  # fmt: skip
    return written


def _as_json(structs: Sequence[msgspec.Struct | None]) -> list[str | None]:
    return [msgspec.json.encode(struct).decode() if struct else None for struct in structs]
