"""Whom messages call on, so that a conversation can say that it waits for somebody."""

from collections.abc import Sequence

from hutong.core.db import Row, Tx

# Stands for everybody in the conversation; no person has this id.
EVERYBODY = 0

# The newest message among the unread of participant p in conversation c that calls on them.
MENTION_SEQ = (
    "case when c.last_seq > p.read_seq then (select max(mm.seq) from message_mentions mm"
    f"  where mm.person_id in (p.person_id, {EVERYBODY}) and mm.conversation_id = c.id"
    "   and mm.seq > greatest(p.read_seq, p.joined_seq)) end as mention_seq"
)


async def list_present(tx: Tx, keys: Sequence[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """Of the (conversation, person) those who are in it, with their names; not where only two talk, nor in channels."""
    rows = await tx.fetch(
        "select v.conversation_id, v.person_id, w.name"
        " from unnest($1::bigint[], $2::bigint[]) v(conversation_id, person_id)"
        " join participants p on p.conversation_id = v.conversation_id and p.person_id = v.person_id"
        "   and p.left_at is null"
        " join conversations c on c.id = v.conversation_id and c.kind in ('group', 'customer')"
        " join people w on w.id = v.person_id",
        [key[0] for key in keys], [key[1] for key in keys],
    )  # fmt: skip
    return {(row["conversation_id"], row["person_id"]): row["name"] for row in rows}


async def list_groups(tx: Tx, conversation_ids: Sequence[int]) -> dict[int, Row]:
    """Those that are groups: owner_id, participant_count."""
    rows = await tx.fetch(
        "select id, owner_id, participant_count from conversations where id = any($1::bigint[]) and kind = 'group'",
        list(conversation_ids),
    )
    return {row["id"]: row for row in rows}


async def insert_mentions(tx: Tx, rows: Sequence[tuple[int, int, int]]) -> None:
    """(person or EVERYBODY, conversation, seq) each."""
    await tx.execute(
        "insert into message_mentions (person_id, conversation_id, seq)"
        " select * from unnest($1::bigint[], $2::bigint[], $3::bigint[])",
        *(list(column) for column in zip(*rows, strict=True)),
    )
