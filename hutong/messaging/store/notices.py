"""What waits for people who are not looking."""

from collections.abc import Sequence
from datetime import datetime

from hutong.core.db import Row, Tx
from hutong.messaging.store.mentions import EVERYBODY

# Of a person with read mark `floor` in conversation c: message m calls on them.
_CALLED = (
    "exists (select from message_mentions mm where mm.conversation_id = c.id and mm.seq > v.floor"
    f"   and mm.person_id in (v.person_id, {EVERYBODY}))"
)
# Does the person of v want to hear of c? Whatever lets somebody turn a conversation down stands here, and only here.
_WANTED = (
    "(not exists (select from conversation_settings s where s.person_id = v.person_id and s.conversation_id = c.id"
    f"   and s.is_muted) or {_CALLED})"
)


async def list_marks(tx: Tx, person_ids: Sequence[int], conversation_ids: Sequence[int] | None) -> list[Row]:
    """(person_id, conversation_id, floor: what they have read or was before them) where something lies above it.

    None: in all their conversations.
    """
    return await tx.fetch(
        "select p.person_id, c.id as conversation_id, greatest(p.read_seq, p.joined_seq, c.first_seq - 1) as floor"
        " from participants p join conversations c on c.id = p.conversation_id"
        " where p.person_id = any($1::bigint[]) and p.left_at is null"
        " and ($2::bigint[] is null or p.conversation_id = any($2))"
        " and c.last_seq > greatest(p.read_seq, p.joined_seq, c.first_seq - 1)",
        list(person_ids), None if conversation_ids is None else list(conversation_ids),
    )  # fmt: skip


async def has_channel(tx: Tx, conversation_ids: Sequence[int]) -> bool:
    return bool(
        await tx.fetchval(
            "select exists (select from conversations where id = any($1::bigint[]) and kind = 'channel')",
            list(conversation_ids),
        )
    )


async def list_heard_marks(tx: Tx, hearings: Sequence[tuple[int, int]]) -> list[Row]:
    """The same for the (person, channel) of hearers; publishers have theirs as participants."""
    return await tx.fetch(
        "select v.person_id, c.id as conversation_id, greatest(coalesce(r.read_seq, 0), c.first_seq - 1) as floor"
        " from unnest($1::bigint[], $2::bigint[]) v(person_id, conversation_id)"
        " join conversations c on c.id = v.conversation_id"
        " left join channel_readers r on r.conversation_id = c.id and r.person_id = v.person_id"
        " where c.last_seq > greatest(coalesce(r.read_seq, 0), c.first_seq - 1)"
        " and not exists (select from participants p"
        "   where p.conversation_id = c.id and p.person_id = v.person_id and p.left_at is null)",
        [person_id for person_id, _ in hearings], [id_ for _, id_ in hearings],
    )  # fmt: skip


async def list_newest(tx: Tx, marks: Sequence[Row], said_before: datetime) -> list[Row]:
    """For each mark the newest message above it that somebody said by then, where the person wants to hear of it."""
    return await tx.fetch(
        "select v.person_id, c.id as conversation_id, c.company_id, c.kind, m.seq, m.sender_id, w.name as sender_name,"
        f" m.kind as message_kind, left(m.body, 300) as body, m.sent_at, c.last_seq - v.floor as unread_count,"
        f" {_CALLED} as is_called,"
        " coalesce(c.name, (select string_agg(o.name, '、') from (select f.name from participants p"
        "   join people f on f.id = p.person_id where p.conversation_id = c.id and p.left_at is null"
        "   and p.person_id <> v.person_id order by p.joined_at, p.person_id limit 6) o)) as name"
        " from unnest($1::bigint[], $2::bigint[], $3::bigint[]) v(person_id, conversation_id, floor)"
        " join conversations c on c.id = v.conversation_id"
        " cross join lateral (select * from messages m where m.conversation_id = c.id and m.seq > v.floor"
        "   and m.sent_at <= $4 and m.kind <> 'notice' and m.recalled_at is null and m.sender_id <> v.person_id"
        "   order by m.seq desc limit 1) m"
        " join people w on w.id = m.sender_id"
        f" where {_WANTED} order by m.sent_at desc",
        [mark["person_id"] for mark in marks], [mark["conversation_id"] for mark in marks],
        [mark["floor"] for mark in marks], said_before,
    )  # fmt: skip


async def list_changed_since(tx: Tx, xid: int) -> tuple[list[int], int]:
    """Conversations that transactions changed which a snapshot with this xmin could not see, and the xmin of now.

    A look at all conversations: for what was missed, not for every second.
    """
    rows = await tx.fetch("select id from conversations where changed_xid >= $1::text::xid8", str(xid))
    return [row["id"] for row in rows], await find_horizon(tx)


async def find_horizon(tx: Tx) -> int:
    """Every transaction that this snapshot could not see has an id not below this one."""
    return int(await tx.fetchval("select pg_snapshot_xmin(pg_current_snapshot())::text"))
