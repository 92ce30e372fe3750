"""Half-written texts. What was sent or deleted leaves an empty row."""

from datetime import datetime

import msgspec

from hutong.core.db import Row, Tx

_COLUMNS = "conversation_id, body, reply_to_seq, mentions, typed_at, revision"


async def put_draft(
    tx: Tx, person_id: int, conversation_id: int, body: str, reply_to_seq: int | None,
    mentions: msgspec.Struct | None, typed_at: datetime, base_revision: int,
) -> Row | None:  # fmt: skip
    """The row as it is now; None when another one was typed later, which whoever typed this had not seen."""
    return await tx.fetchrow(
        "insert into drafts as d"
        " (person_id, conversation_id, body, reply_to_seq, mentions, typed_at, revision, changed_xid)"
        " values ($1, $2, $3, $4, $5, $6, 1, pg_current_xact_id())"
        " on conflict (person_id, conversation_id) do update set body = excluded.body,"
        "   reply_to_seq = excluded.reply_to_seq, mentions = excluded.mentions,"
        "   typed_at = greatest(d.typed_at, excluded.typed_at),"
        "   revision = d.revision + 1, changed_xid = excluded.changed_xid"
        "   where d.revision <= $7 or d.typed_at <= excluded.typed_at"
        f" returning {_COLUMNS}",
        person_id, conversation_id, body, reply_to_seq, mentions, typed_at, base_revision,
    )  # fmt: skip


async def get_draft(tx: Tx, person_id: int, conversation_id: int) -> Row:
    row = await tx.fetchrow(
        f"select {_COLUMNS} from drafts where person_id = $1 and conversation_id = $2", person_id, conversation_id
    )
    assert row is not None
    return row


async def list_drafts(tx: Tx, person_id: int, since_xid: int | None) -> list[Row]:
    """A person's own, all of them or (see `conversations.list_changed_ids`) what changed."""
    return await tx.fetch(
        f"select {_COLUMNS} from drafts where person_id = $1"
        " and ($2::text is null or changed_xid >= $2::text::xid8) order by conversation_id",
        person_id, None if since_xid is None else str(since_xid),
    )  # fmt: skip
