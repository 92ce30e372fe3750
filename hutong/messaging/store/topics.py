"""Topics of groups. Every write here stands under the conversation's lock."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from hutong.core.db import Row, Tx
from hutong.messaging.topics import MOST_COUNTED

_COLUMNS = "id, conversation_id, name, opened_by_id, opened_at, closed_by_id, closed_at, revision"
# A topic t with what is in it after $2. The limit keeps a list of the busiest topics as quick as any.
_LISTED = (
    "select t.*, (select count(*) from (select from messages m where m.conversation_id = t.conversation_id"
    f"   and m.topic_id = t.id and m.seq > $2 limit {MOST_COUNTED}) c) as message_count,"
    " coalesce(l.seq, 0) as last_seq, coalesce(l.sent_at, t.opened_at) as last_active_at"
    " from topics t left join lateral (select m.seq, m.sent_at from messages m"
    "   where m.conversation_id = t.conversation_id and m.topic_id = t.id and m.seq > $2"
    "   order by m.seq desc limit 1) l on true where t.conversation_id = $1"
)


async def insert_topic(
    tx: Tx, topic_id: int, company_id: int, conversation_id: int, name: str, name_key: str, by_id: int,
    client_id: UUID, now: datetime,
) -> None:  # fmt: skip
    await tx.execute(
        "insert into topics (id, company_id, conversation_id, name, name_key, opened_by_id, opened_at, client_id,"
        " revision) values ($1, $2, $3, $4, $5, $6, $7, $8, 1)",
        topic_id, company_id, conversation_id, name, name_key, by_id, now, client_id,
    )  # fmt: skip


async def find_by_client_id(tx: Tx, conversation_id: int, person_id: int, client_id: UUID) -> Row | None:
    return await tx.fetchrow(
        f"select {_COLUMNS} from topics where conversation_id = $1 and opened_by_id = $2 and client_id = $3",
        conversation_id, person_id, client_id,
    )  # fmt: skip


async def find_topic(tx: Tx, conversation_id: int, topic_id: int) -> Row | None:
    return await tx.fetchrow(
        f"select {_COLUMNS} from topics where conversation_id = $1 and id = $2", conversation_id, topic_id
    )


async def list_named(tx: Tx, messages: Sequence[Row]) -> list[Row]:
    """The topics that these messages belong to, or that they tell of."""
    named = {int(row["notice"]["topic_id"]) for row in messages if row["notice"] and "topic_id" in row["notice"]}
    wanted = named | {row["topic_id"] for row in messages} - {None}
    return await tx.fetch(
        f"select {_COLUMNS} from topics where id = any($1::bigint[]) order by id", sorted(wanted)
    ) if wanted else []  # fmt: skip


async def find_listed(tx: Tx, conversation_id: int, low: int, topic_id: int) -> Row | None:
    """With what was said in it above `low`."""
    return await tx.fetchrow(f"{_LISTED} and t.id = $3", conversation_id, low, topic_id)


async def list_open(tx: Tx, conversation_id: int, low: int) -> list[Row]:
    """All of them; where something was said last, first."""
    return await tx.fetch(
        f"{_LISTED} and t.closed_at is null order by last_active_at desc, t.id desc", conversation_id, low
    )


async def list_closed(tx: Tx, conversation_id: int, low: int, before: tuple[datetime, int], limit: int) -> list[Row]:
    """The last closed first."""
    return await tx.fetch(
        f"{_LISTED} and (t.closed_at, t.id) < ($3, $4::bigint) order by t.closed_at desc, t.id desc limit $5",
        conversation_id, low, *before, limit,
    )  # fmt: skip


async def is_open_name(tx: Tx, conversation_id: int, name_key: str, *, beside: int) -> bool:
    """Whether another topic than `beside` is open under that name."""
    return bool(
        await tx.fetchval(
            "select exists (select from topics where conversation_id = $1 and name_key = $2 and closed_at is null"
            " and id <> $3)",
            conversation_id, name_key, beside,
        )
    )  # fmt: skip


async def count_open(tx: Tx, conversation_id: int) -> int:
    count: int = await tx.fetchval(
        "select count(*) from topics where conversation_id = $1 and closed_at is null", conversation_id
    )
    return count


async def rename_topic(tx: Tx, topic_id: int, name: str, name_key: str) -> None:
    await tx.execute(
        "update topics set name = $2, name_key = $3, revision = revision + 1 where id = $1", topic_id, name, name_key
    )


async def close_topic(tx: Tx, topic_id: int, by_id: int | None, at: datetime | None) -> None:
    """None: it is open again."""
    await tx.execute(
        "update topics set closed_by_id = $2, closed_at = $3, revision = revision + 1 where id = $1",
        topic_id, by_id, at,
    )  # fmt: skip


async def put_message(tx: Tx, conversation_id: int, seq: int, topic_id: int, revision: int) -> None:
    await tx.execute(
        "update messages set topic_id = $3, revision = $4 where conversation_id = $1 and seq = $2",
        conversation_id, seq, topic_id, revision,
    )  # fmt: skip
