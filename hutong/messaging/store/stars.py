"""What a person keeps for themselves, newest star first."""

from datetime import datetime

from hutong.core.db import Row, Tx

Place = tuple[datetime, int, int]


async def put_star(tx: Tx, person_id: int, conversation_id: int, seq: int, now: datetime) -> None:
    await tx.execute(
        "insert into stars (person_id, conversation_id, seq, starred_at) values ($1, $2, $3, $4)"
        " on conflict do nothing",
        person_id, conversation_id, seq, now,
    )  # fmt: skip


async def remove_star(tx: Tx, person_id: int, conversation_id: int, seq: int) -> None:
    await tx.execute(
        "delete from stars where person_id = $1 and conversation_id = $2 and seq = $3", person_id, conversation_id, seq
    )


async def list_stars(tx: Tx, person_id: int, heard_ids: list[int], before: Place | None, limit: int) -> list[Row]:
    """(conversation_id, seq, starred_at) of those that the person may read now: taking part, from after joining, or in
    a channel that is heard; without what was recalled."""
    return await tx.fetch(
        "select s.conversation_id, s.seq, s.starred_at from stars s"
        " join messages m on m.conversation_id = s.conversation_id and m.seq = s.seq and m.recalled_at is null"
        " left join participants p on p.conversation_id = s.conversation_id and p.person_id = $1 and p.left_at is null"
        " where s.person_id = $1 and (s.seq > p.joined_seq or p.person_id is null and s.conversation_id = any($2))"
        "   and (s.starred_at, s.conversation_id, s.seq)"
        "     < (coalesce($3, 'infinity'::timestamptz), $4::bigint, $5::bigint)"
        " order by s.starred_at desc, s.conversation_id desc, s.seq desc limit $6",
        person_id, heard_ids, *(before or (None, 0, 0)), limit,
    )  # fmt: skip
