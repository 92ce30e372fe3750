"""Reading what was said."""

from uuid import UUID

from hutong.core.db import Row, Tx

_MESSAGE = "conversation_id, seq, company_id, sender_id, client_id, kind, body, file_id, notice, sent_at"


async def list_messages_before(tx: Tx, conversation_id: int, low: int, before: int, limit: int) -> list[Row]:
    """The newest below `before` and above `low`, ascending."""
    rows = await tx.fetch(
        f"select {_MESSAGE} from messages where conversation_id = $1 and seq > $2 and seq < $3"
        " order by seq desc limit $4",
        conversation_id, low, before, limit,
    )  # fmt: skip
    return rows[::-1]


async def list_messages_after(tx: Tx, conversation_id: int, after: int, limit: int) -> list[Row]:
    return await tx.fetch(
        f"select {_MESSAGE} from messages where conversation_id = $1 and seq > $2 order by seq limit $3",
        conversation_id, after, limit,
    )  # fmt: skip


async def find_message_by_client_id(tx: Tx, conversation_id: int, sender_id: int, client_id: UUID) -> Row | None:
    return await tx.fetchrow(
        f"select {_MESSAGE} from messages where conversation_id = $1 and sender_id = $2 and client_id = $3",
        conversation_id, sender_id, client_id,
    )  # fmt: skip


async def find_author(tx: Tx, conversation_id: int, seq: int) -> int | None:
    author: int | None = await tx.fetchval(
        "select sender_id from messages where conversation_id = $1 and seq = $2", conversation_id, seq
    )
    return author


async def list_said_seqs(tx: Tx, conversation_id: int, sender_id: int, from_seq: int, to_seq: int) -> list[int]:
    """Where a person spoke between two places, ascending; notices are nobody's words."""
    rows = await tx.fetch(
        "select seq from messages where conversation_id = $1 and sender_id = $2 and kind <> 'notice'"
        " and seq between $3 and $4 order by seq",
        conversation_id, sender_id, from_seq, to_seq,
    )  # fmt: skip
    return [row["seq"] for row in rows]


async def carries_file(tx: Tx, conversation_id: int, file_id: int, after_seq: int) -> bool:
    """Whether a message that a participant may see (those after `after_seq`) carries the file."""
    return bool(
        await tx.fetchval(
            "select exists (select from messages where conversation_id = $1 and file_id = $2 and seq > $3)",
            conversation_id, file_id, after_seq,
        )
    )  # fmt: skip
