"""How far people have read: many marks moved at once, and who has read what was said."""

from collections.abc import Sequence

from hutong.core.db import Row, Tx


async def lock_marks(tx: Tx, keys: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Lock these (conversation, person) where they are participants; those that are locked now.

    What a send or another change holds is skipped: who waits for nobody stands in no circle of waiting.
    """
    rows = await tx.fetch(
        "select p.conversation_id, p.person_id from unnest($1::bigint[], $2::bigint[]) k(conversation_id, person_id)"
        " join participants p on p.conversation_id = k.conversation_id and p.person_id = k.person_id"
        " where p.left_at is null order by p.conversation_id, p.person_id for no key update of p skip locked",
        [key[0] for key in keys], [key[1] for key in keys],
    )  # fmt: skip
    return {(row["conversation_id"], row["person_id"]) for row in rows}


async def move_marks(tx: Tx, marks: Sequence[tuple[int, int, int]]) -> list[Row]:
    """Those of the (conversation, person, seq) that moved, with the new read_seq and the conversation's kind and
    participant_count. Never back, never past the last message. The rows are locked already."""
    return await tx.fetch(
        "update participants p set read_seq = least(m.seq, c.last_seq), changed_xid = pg_current_xact_id()"
        " from unnest($1::bigint[], $2::bigint[], $3::bigint[]) m(conversation_id, person_id, seq)"
        " join conversations c on c.id = m.conversation_id"
        " where p.conversation_id = m.conversation_id and p.person_id = m.person_id"
        " and p.read_seq < least(m.seq, c.last_seq)"
        " returning p.conversation_id, p.person_id, p.read_seq, c.kind, c.participant_count",
        *(list(column) for column in zip(*marks, strict=True)),
    ) if marks else []  # fmt: skip


async def list_participations(tx: Tx, keys: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Which of the (conversation, person) are participants, locked or not."""
    rows = await tx.fetch(
        "select p.conversation_id, p.person_id from unnest($1::bigint[], $2::bigint[]) k(conversation_id, person_id)"
        " join participants p on p.conversation_id = k.conversation_id and p.person_id = k.person_id"
        " where p.left_at is null",
        [key[0] for key in keys], [key[1] for key in keys],
    )  # fmt: skip
    return {(row["conversation_id"], row["person_id"]) for row in rows}


async def count_readers(tx: Tx, conversation_id: int, author_id: int, seqs: Sequence[int]) -> list[Row]:
    """(seq, read_count, unread_count) for each of an author's messages, `seqs` ascending.

    Of those who are in it now, without the author, and were when it was said. One pass over the participants whatever
    the number of messages: each falls between two of them with the place where they joined and the place they read to.
    """
    return await tx.fetch(
        "with marks as materialized ("
        "  select width_bucket(joined_seq, $3::bigint[]) as joined, width_bucket(read_seq, $3::bigint[]) as reached,"
        "    count(*) as people from participants"
        "  where conversation_id = $1 and person_id <> $2 and left_at is null group by 1, 2)"
        " select s.seq, coalesce(sum(people) filter (where reached >= n), 0)::bigint as read_count,"
        "   coalesce(sum(people) filter (where reached < n), 0)::bigint as unread_count"
        " from unnest($3::bigint[]) with ordinality s(seq, n) left join marks on joined < n"
        " group by s.seq order by s.seq",
        conversation_id, author_id, list(seqs),
    )  # fmt: skip


async def list_readers(
    tx: Tx, conversation_id: int, author_id: int, seq: int, *, has_read: bool, after: int, limit: int
) -> list[Row]:
    """(person_id, read_seq) of those who have read a message, or have not, in the order of their ids."""
    return await tx.fetch(
        "select person_id, read_seq from participants where conversation_id = $1 and person_id > $5"
        " and person_id <> $2 and left_at is null and joined_seq < $3 and (read_seq >= $3) = $4"
        " order by person_id limit $6",
        conversation_id, author_id, seq, has_read, after, limit,
    )  # fmt: skip
