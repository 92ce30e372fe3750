"""Reading what was said."""

from collections.abc import Sequence
from uuid import UUID

from hutong.core.db import Row, Tx

# A message m as it stands now, with what is shown of the message q that it answers.
SAID = (
    "m.seq, m.sender_id, m.client_id, m.kind as message_kind, m.body, m.file_id, m.notice, m.content, m.sent_at,"
    " m.topic_id, m.revision, m.edited_at, m.recalled_at, m.reply_to_seq, q.sender_id as quoted_sender_id,"
    " q.kind as quoted_kind, left(q.body, 200) as quoted_body, q.file_id as quoted_file_id,"
    " q.recalled_at as quoted_recalled_at"
)
QUOTED = " left join messages q on q.conversation_id = m.conversation_id and q.seq = m.reply_to_seq"
_SELECT = f"select m.conversation_id, {SAID} from messages m{QUOTED} where m.conversation_id = $1"


async def list_messages_before(
    tx: Tx, conversation_id: int, low: int, before: int, limit: int, *, topic_id: int | None = None
) -> list[Row]:
    """The newest below `before` and above `low`, ascending; of one topic, or of all that was said."""
    rows = await tx.fetch(
        f"{_SELECT} and m.seq > $2 and m.seq < $3{_within(topic_id)} order by m.seq desc limit $4",
        conversation_id, low, before, limit, *_given(topic_id),
    )  # fmt: skip
    return rows[::-1]


async def list_messages_after(
    tx: Tx, conversation_id: int, after: int, limit: int, *, topic_id: int | None = None
) -> list[Row]:
    return await tx.fetch(
        f"{_SELECT} and m.seq > $2 and m.seq < $3{_within(topic_id)} order by m.seq limit $4",
        conversation_id, after, 2**62, limit, *_given(topic_id),
    )  # fmt: skip


def _within(topic_id: int | None) -> str:
    return "" if topic_id is None else " and m.topic_id = $5"


def _given(topic_id: int | None) -> list[int]:
    return [] if topic_id is None else [topic_id]


async def list_messages_at(tx: Tx, conversation_id: int, seqs: Sequence[int]) -> list[Row]:
    return await tx.fetch(f"{_SELECT} and m.seq = any($2::bigint[]) order by m.seq", conversation_id, list(seqs))


async def list_changed_messages(tx: Tx, conversation_id: int, low: int, after_revision: int, limit: int) -> list[Row]:
    """Those above `low` that changed after a revision, in the order of their last changes."""
    return await tx.fetch(
        f"{_SELECT} and m.revision > $3 and m.seq > $2 order by m.revision limit $4",
        conversation_id, low, after_revision, limit,
    )  # fmt: skip


async def find_message_by_client_id(tx: Tx, conversation_id: int, sender_id: int, client_id: UUID) -> Row | None:
    return await tx.fetchrow(
        f"{_SELECT} and m.sender_id = $2 and m.client_id = $3", conversation_id, sender_id, client_id
    )


async def find_author(tx: Tx, conversation_id: int, seq: int) -> int | None:
    author: int | None = await tx.fetchval(
        "select sender_id from messages where conversation_id = $1 and seq = $2", conversation_id, seq
    )
    return author


async def list_quotes(tx: Tx, answers: Sequence[tuple[int, int, int]]) -> dict[tuple[int, int, int], Row]:
    """For each (conversation, seq, who answers) what is shown of that message, and the topic that it belongs to, if
    that is open. Absent: none that they can read."""
    rows = await tx.fetch(
        "select v.conversation_id, v.seq, v.person_id, q.sender_id as quoted_sender_id, q.kind as quoted_kind,"
        " left(q.body, 200) as quoted_body, q.file_id as quoted_file_id, q.recalled_at as quoted_recalled_at,"
        " (select o.id from topics o where o.id = q.topic_id and o.closed_at is null) as open_topic_id"
        " from unnest($1::bigint[], $2::bigint[], $3::bigint[]) v(conversation_id, seq, person_id)"
        " join participants p on p.conversation_id = v.conversation_id and p.person_id = v.person_id"
        "   and p.left_at is null and p.joined_seq < v.seq"
        " join messages q on q.conversation_id = v.conversation_id and q.seq = v.seq and q.kind <> 'notice'",
        *(list(column) for column in zip(*answers, strict=True)),
    ) if answers else []  # fmt: skip
    return {(row["conversation_id"], row["seq"], row["person_id"]): row for row in rows}


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
