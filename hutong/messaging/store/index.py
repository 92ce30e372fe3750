"""The words of messages: how far they are written, and writing them."""

from collections.abc import Sequence

from hutong.core.db import Row, Tx

_UNINDEXED = (
    " from conversations c left join indexed_conversations i on i.conversation_id = c.id"
    " where c.last_seq > coalesce(i.indexed_seq, 0)"
)

# A message m, and which messages it holds that were forwarded as one.
_SAID = (
    "m.conversation_id, m.seq, m.company_id, m.sender_id, m.kind, m.body, m.file_id, m.sent_at,"
    " (m.content->'merged'->>'bundle_id')::bigint as bundle_id"
)


async def list_behind(tx: Tx, limit: int) -> list[int]:
    """Conversations with words that are not indexed; those most behind first."""
    rows = await tx.fetch(
        f"select c.id {_UNINDEXED} order by c.last_seq - coalesce(i.indexed_seq, 0) desc limit $1", limit
    )
    return [row["id"] for row in rows]


async def count_behind(tx: Tx) -> int:
    """How many messages are not indexed yet."""
    count: int = await tx.fetchval(
        f"select coalesce(sum(c.last_seq - coalesce(i.indexed_seq, 0)), 0)::bigint {_UNINDEXED}"
    )
    return count


async def begin(tx: Tx, conversation_ids: Sequence[int]) -> None:
    """A row for each, in the order of the ids: two processes that begin the same ones wait in no circle."""
    await tx.execute(
        "insert into indexed_conversations (conversation_id, indexed_seq)"
        " select c.id, 0 from conversations c where c.id = any($1::bigint[])"
        "   and not exists (select from indexed_conversations i where i.conversation_id = c.id) order by c.id"
        " on conflict do nothing",
        list(conversation_ids),
    )


async def take(tx: Tx, conversation_ids: Sequence[int]) -> list[tuple[int, int]]:
    """(conversation, indexed_seq), locked; what another process has at work is left out."""
    rows = await tx.fetch(
        "select conversation_id, indexed_seq from indexed_conversations where conversation_id = any($1::bigint[])"
        " order by conversation_id for update skip locked",
        list(conversation_ids),
    )
    return [(row["conversation_id"], row["indexed_seq"]) for row in rows]


async def lock(tx: Tx, conversation_id: int) -> int:
    """Up to where it is indexed. An indexer at work there is waited for, and none begins before the commit."""
    await begin(tx, [conversation_id])
    seq: int | None = await tx.fetchval(
        "select indexed_seq from indexed_conversations where conversation_id = $1 for update", conversation_id
    )
    return seq or 0


async def list_new(tx: Tx, taken: Sequence[tuple[int, int]], limit: int) -> list[Row]:
    """What was said after each (conversation, seq), together at most `limit`, in order."""
    return await tx.fetch(
        f"select {_SAID} from unnest($1::bigint[], $2::bigint[]) t(id, seq)"
        " cross join lateral (select * from messages where conversation_id = t.id and seq > t.seq"
        "   order by seq limit $3) m limit $3",
        [id_ for id_, _ in taken], [seq for _, seq in taken], limit,
    )  # fmt: skip


async def list_one(tx: Tx, conversation_id: int, seq: int) -> list[Row]:
    return await tx.fetch(
        f"select {_SAID} from messages m where m.conversation_id = $1 and m.seq = $2",
        conversation_id, seq,
    )  # fmt: skip


async def list_bundle_words(tx: Tx, bundle_ids: Sequence[int]) -> dict[int, str]:
    """What was said in each, and in those that it contains, with the names of files."""
    rows = await tx.fetch(
        "select b.id, string_agg(concat_ws(' ', item->>'text', item->'file'->>'name'), ' ')"
        "   filter (where item->>'kind' <> 'voice') as words from bundles b"
        " join bundles inner_ on inner_.id = b.id or inner_.id = any(b.bundle_ids)"
        " cross join lateral jsonb_array_elements(inner_.items) item where b.id = any($1::bigint[]) group by b.id",
        list(bundle_ids),
    )  # fmt: skip
    return {row["id"]: row["words"] for row in rows}


async def write_words(tx: Tx, rows: Sequence[tuple[Row, str]]) -> None:
    await tx.copy(
        "message_words",
        ["conversation_id", "seq", "company_id", "sender_id", "kind", "sent_at", "words"],
        [
            (r["conversation_id"], r["seq"], r["company_id"], r["sender_id"], r["kind"], r["sent_at"], words)
            for r, words in rows
        ],
    )


async def move_marks(tx: Tx, marks: dict[int, int]) -> None:
    await tx.execute(
        "update indexed_conversations i set indexed_seq = t.seq from unnest($1::bigint[], $2::bigint[]) t(id, seq)"
        " where i.conversation_id = t.id",
        list(marks), list(marks.values()),
    )  # fmt: skip


async def delete_words(tx: Tx, conversation_id: int, seq: int) -> None:
    await tx.execute("delete from message_words where conversation_id = $1 and seq = $2", conversation_id, seq)
