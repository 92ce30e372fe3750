"""Words that wait for their time."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from hutong.core.db import Row, Tx

_COLUMNS = (
    "id, company_id, person_id, conversation_id, client_id, body, reply_to_seq, mentions, send_at, taken_until,"
    " failures, stopped_code"
)


async def lock_person(tx: Tx, person_id: int) -> int:
    """One after the other, each of a person's devices; how many wait for them."""
    await tx.execute("select pg_advisory_xact_lock(hashtextextended('scheduled', $1))", person_id)
    count: int = await tx.fetchval("select count(*) from scheduled_messages where person_id = $1", person_id)
    return count


async def insert_scheduled(
    tx: Tx, id_: int, company_id: int, person_id: int, conversation_id: int, client_id: UUID, body: str,
    reply_to_seq: int | None, mentions: msgspec.Struct | None, send_at: datetime, now: datetime,
) -> None:  # fmt: skip
    await tx.execute(
        "insert into scheduled_messages (id, company_id, person_id, conversation_id, client_id, body, reply_to_seq,"
        " mentions, send_at, due_at, failures, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 0, $10)",
        id_, company_id, person_id, conversation_id, client_id, body, reply_to_seq, mentions, send_at, now,
    )  # fmt: skip


async def find_by_client_id(tx: Tx, person_id: int, client_id: UUID) -> Row | None:
    return await tx.fetchrow(
        f"select {_COLUMNS} from scheduled_messages where person_id = $1 and client_id = $2", person_id, client_id
    )


async def lock_scheduled(tx: Tx, person_id: int, id_: int) -> Row | None:
    """One of a person's own, locked against the job."""
    return await tx.fetchrow(
        f"select {_COLUMNS} from scheduled_messages where person_id = $1 and id = $2 for update", person_id, id_
    )


async def list_scheduled(tx: Tx, person_id: int) -> list[Row]:
    return await tx.fetch(
        f"select {_COLUMNS} from scheduled_messages where person_id = $1 order by send_at, id", person_id
    )


async def change_scheduled(tx: Tx, id_: int, body: str, mentions: msgspec.Struct | None, send_at: datetime) -> None:
    """It waits anew, whatever stopped it."""
    await tx.execute(
        "update scheduled_messages set body = $2, mentions = $3, send_at = $4, due_at = $4, taken_until = null,"
        " failures = 0, stopped_code = null where id = $1",
        id_, body, mentions, send_at,
    )  # fmt: skip


async def take_due(tx: Tx, now: datetime, until: datetime, limit: int) -> list[Row]:
    """Those whose time has come and that nobody has in hand, in the order of their times."""
    rows = await tx.fetch(
        "update scheduled_messages s set taken_until = $2"
        " where id in (select id from scheduled_messages where stopped_code is null and due_at <= $1"
        "   and (taken_until is null or taken_until <= $1) order by due_at, id limit $3 for update skip locked)"
        f" returning {_COLUMNS}",
        now, until, limit,
    )  # fmt: skip
    return sorted(rows, key=lambda row: (row["send_at"], row["id"]))


async def take(tx: Tx, id_: int, until: datetime) -> Row:
    row = await tx.fetchrow(
        f"update scheduled_messages set taken_until = $2 where id = $1 returning {_COLUMNS}", id_, until
    )
    assert row is not None
    return row


async def lock_taken(tx: Tx, taken: Sequence[tuple[int, datetime]]) -> set[int]:
    """Those that whoever took them until then still has in hand: not taken by another since, nor changed."""
    rows = await tx.fetch(
        "select s.id from scheduled_messages s join unnest($1::bigint[], $2::timestamptz[]) as t(id, until)"
        " on t.id = s.id and t.until = s.taken_until order by s.id for update of s",
        *map(list, zip(*taken, strict=True)),
    )
    return {row["id"] for row in rows}


async def delete_scheduled(tx: Tx, ids: Sequence[int]) -> None:
    await tx.execute("delete from scheduled_messages where id = any($1::bigint[])", list(ids))


async def stop_scheduled(tx: Tx, id_: int, code: str) -> None:
    await tx.execute("update scheduled_messages set stopped_code = $2, taken_until = null where id = $1", id_, code)


async def rest(tx: Tx, id_: int, due_at: datetime) -> None:
    """Not now: nothing is wrong with what is to be said."""
    await tx.execute(
        "update scheduled_messages set failures = failures + 1, due_at = $2, taken_until = null where id = $1",
        id_, due_at,
    )  # fmt: skip


async def was_said(tx: Tx, row: Row) -> bool:
    """Whether it stands in its conversation already: whoever said it died before it was crossed out."""
    return bool(
        await tx.fetchval(
            "select exists (select from messages where conversation_id = $1 and sender_id = $2 and client_id = $3)",
            row["conversation_id"], row["person_id"], row["client_id"],
        )
    )  # fmt: skip
