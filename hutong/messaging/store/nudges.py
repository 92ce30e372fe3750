"""Who was asked to look at which message, and who has confirmed."""

from collections.abc import Sequence
from datetime import datetime

from hutong.core.db import Row, Tx


async def lock_quota(tx: Tx, person_id: int, since: datetime) -> int:
    """How many a person has asked since then; their next deed of this kind waits for this one."""
    await tx.execute("select pg_advisory_xact_lock(hashtextextended('nudges', $1))", person_id)
    count: int = await tx.fetchval("select count(*) from nudges where by_id = $1 and nudged_at > $2", person_id, since)
    return count


async def list_askable(
    tx: Tx, conversation_id: int, seq: int, author_id: int, person_ids: Sequence[int] | None, limit: int
) -> list[int]:
    """Who takes part and was there, has not read it, and was not asked about it; members only, among these or all."""
    rows = await tx.fetch(
        "select p.person_id from participants p join people w on w.id = p.person_id"
        " where p.conversation_id = $1 and p.left_at is null and p.person_id <> $3 and p.joined_seq < $2"
        " and p.read_seq < $2 and w.kind = 'member' and w.is_active"
        " and ($4::bigint[] is null or p.person_id = any($4)) and not exists (select from nudges n"
        "   where n.conversation_id = $1 and n.seq = $2 and n.person_id = p.person_id)"
        " order by p.person_id limit $5",
        conversation_id, seq, author_id, None if person_ids is None else list(person_ids), limit,
    )  # fmt: skip
    return [row["person_id"] for row in rows]


async def insert_nudges(
    tx: Tx, company_id: int, conversation_id: int, seq: int, by_id: int, person_ids: Sequence[int], now: datetime
) -> None:
    await tx.execute(
        "insert into nudges (company_id, conversation_id, seq, person_id, by_id, nudged_at, is_pushed)"
        " select $1, $2, $3, id, $4, $6, false from unnest($5::bigint[]) t(id)",
        company_id, conversation_id, seq, by_id, list(person_ids), now,
    )  # fmt: skip


async def confirm(tx: Tx, conversation_id: int, seq: int, person_id: int, now: datetime) -> int | None:
    """Who had asked, where it was not confirmed before; None otherwise."""
    by_id: int | None = await tx.fetchval(
        "update nudges set confirmed_at = $4 where conversation_id = $1 and seq = $2 and person_id = $3"
        " and confirmed_at is null returning by_id",
        conversation_id, seq, person_id, now,
    )  # fmt: skip
    return by_id


async def was_asked(tx: Tx, conversation_id: int, seq: int, person_id: int) -> bool:
    return bool(
        await tx.fetchval(
            "select exists (select from nudges where conversation_id = $1 and seq = $2 and person_id = $3)",
            conversation_id, seq, person_id,
        )
    )  # fmt: skip


async def list_waiting(tx: Tx, person_id: int, limit: int) -> list[tuple[int, int]]:
    """(conversation, seq) of what waits for a person's confirmation and is theirs to read, the latest first."""
    rows = await tx.fetch(
        "select n.conversation_id, n.seq from nudges n"
        " join participants p on p.conversation_id = n.conversation_id and p.person_id = n.person_id"
        "   and p.left_at is null and p.joined_seq < n.seq"
        " join messages m on m.conversation_id = n.conversation_id and m.seq = n.seq and m.recalled_at is null"
        " where n.person_id = $1 and n.confirmed_at is null order by n.nudged_at desc, n.seq desc limit $2",
        person_id, limit,
    )  # fmt: skip
    return [(row["conversation_id"], row["seq"]) for row in rows]


async def list_asked(tx: Tx, conversation_id: int, seq: int) -> list[Row]:
    """(person_id, confirmed_at), who has not confirmed first."""
    return await tx.fetch(
        "select person_id, confirmed_at from nudges where conversation_id = $1 and seq = $2"
        " order by confirmed_at is not null, confirmed_at, person_id",
        conversation_id, seq,
    )  # fmt: skip


async def list_nudged(tx: Tx, keys: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those of the (conversation, seq) about which somebody was asked."""
    rows = await tx.fetch(
        "select k.conversation_id, k.seq from unnest($1::bigint[], $2::bigint[]) k(conversation_id, seq)"
        " where exists (select from nudges n where n.conversation_id = k.conversation_id and n.seq = k.seq)",
        [key[0] for key in keys], [key[1] for key in keys],
    ) if keys else []  # fmt: skip
    return {(row["conversation_id"], row["seq"]) for row in rows}


# -- telling those who are not looking -----------------------------------------------------------------------------


async def take_unpushed(tx: Tx, limit: int) -> list[Row]:
    """(person_id, conversation_id, seq, nudged_at) that nobody has handed on yet; handed on with this transaction."""
    return await tx.fetch(
        "update nudges n set is_pushed = true from (select conversation_id, seq, person_id from nudges"
        "   where not is_pushed limit $1 for update skip locked) due"
        " where n.conversation_id = due.conversation_id and n.seq = due.seq and n.person_id = due.person_id"
        " returning n.person_id, n.conversation_id, n.seq, n.nudged_at",
        limit,
    )


async def find_waiting(tx: Tx, person_id: int, conversation_id: int, seq: int) -> Row | None:
    """What a notification says of it, as long as it waits and is this person's to read."""
    return await tx.fetchrow(
        "select w.name as sender_name, c.kind, m.kind as message_kind, left(m.body, 300) as body,"
        " coalesce(c.name, w.name) as name from nudges n"
        " join participants p on p.conversation_id = n.conversation_id and p.person_id = n.person_id"
        "   and p.left_at is null and p.joined_seq < n.seq"
        " join messages m on m.conversation_id = n.conversation_id and m.seq = n.seq and m.recalled_at is null"
        " join conversations c on c.id = n.conversation_id join people w on w.id = n.by_id"
        " where n.person_id = $1 and n.conversation_id = $2 and n.seq = $3 and n.confirmed_at is null",
        person_id, conversation_id, seq,
    )  # fmt: skip
