"""What people keep for themselves about conversations. Who never changed anything has no row."""

from hutong.core.db import Row, Tx

_COLUMNS = "conversation_id, is_muted, is_pinned, archived_seq, is_marked_unread, seen_notice_seq, revision"


async def lock_settings(tx: Tx, person_id: int, conversation_id: int) -> Row:
    """The row as it is now, locked; the first time one in which nothing is set, with revision 0."""
    await tx.execute(
        "insert into conversation_settings"
        " (person_id, conversation_id, is_muted, is_pinned, is_marked_unread, revision, changed_xid)"
        " values ($1, $2, false, false, false, 0, pg_current_xact_id()) on conflict do nothing",
        person_id, conversation_id,
    )  # fmt: skip
    row = await tx.fetchrow(
        f"select {_COLUMNS} from conversation_settings where person_id = $1 and conversation_id = $2 for update",
        person_id, conversation_id,
    )  # fmt: skip
    assert row is not None
    return row


async def update_settings(
    tx: Tx, person_id: int, conversation_id: int, *,
    is_muted: bool, is_pinned: bool, archived_seq: int | None, is_marked_unread: bool, seen_notice_seq: int,
) -> Row:  # fmt: skip
    row = await tx.fetchrow(
        "update conversation_settings set is_muted = $3, is_pinned = $4, archived_seq = $5, is_marked_unread = $6,"
        " seen_notice_seq = $7, revision = revision + 1, changed_xid = pg_current_xact_id()"
        f" where person_id = $1 and conversation_id = $2 returning {_COLUMNS}",
        person_id, conversation_id, is_muted, is_pinned, archived_seq, is_marked_unread, seen_notice_seq,
    )  # fmt: skip
    assert row is not None
    return row


async def list_settings(tx: Tx, person_id: int, since_xid: int | None) -> list[Row]:
    """A person's own, all of them or (see `conversations.list_changed_ids`) what changed."""
    return await tx.fetch(
        f"select {_COLUMNS} from conversation_settings where person_id = $1 and revision > 0"
        " and ($2::text is null or changed_xid >= $2::text::xid8) order by conversation_id",
        person_id, None if since_xid is None else str(since_xid),
    )  # fmt: skip
