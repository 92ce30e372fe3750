"""Announcement channels: whom each is for, who hears which, how far those who read have read.

A hearer is somebody whom the rule lets in and who is no participant: publishers are participants like any other.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from hutong.core.db import Row, Tx
from hutong.directory import Placement
from hutong.messaging.store.messages import QUOTED, SAID

# What lets somebody of company $1 in whose departments, with all above them, are $2.
_RULE = "a.company_id = $1 and (a.department_id is null or a.department_id = any($2::bigint[]))"


async def set_audience(
    tx: Tx, company_id: int, conversation_id: int, department_ids: Sequence[int], *, is_everybody: bool
) -> None:
    """In place of the rule that was; what ends is kept as ended."""
    wanted: list[int | None] = [None] if is_everybody else list(department_ids)
    await tx.execute(
        "update channel_audiences set ended_xid = pg_current_xact_id() where conversation_id = $1"
        " and ended_xid is null and not exists (select from unnest($2::bigint[]) w(id)"
        "   where w.id is not distinct from department_id)",
        conversation_id, wanted,
    )  # fmt: skip
    await tx.execute(
        "insert into channel_audiences (company_id, conversation_id, department_id)"
        " select $1, $2, id from unnest($3::bigint[]) t(id)"
        " on conflict (conversation_id, department_id) do update set ended_xid = null",
        company_id, conversation_id, wanted,
    )  # fmt: skip


async def list_audiences(tx: Tx, conversation_ids: Sequence[int]) -> dict[int, frozenset[int] | None]:
    """The departments that each channel is for; None: everybody."""
    rows = await tx.fetch(
        "select conversation_id, department_id from channel_audiences"
        " where conversation_id = any($1::bigint[]) and ended_xid is null",
        list(conversation_ids),
    )
    named: dict[int, set[int | None]] = defaultdict(set)
    for row in rows:
        named[row["conversation_id"]].add(row["department_id"])
    return {
        id_: None if None in departments else frozenset(d for d in departments if d is not None)
        for id_, departments in named.items()
    }


async def find_hearing(
    tx: Tx, company_id: int, department_ids: Sequence[int], conversation_id: int, person_id: int
) -> Row | None:
    """In the shape of a participation; None when the rule does not let this person in. All that was said is theirs."""
    return await tx.fetchrow(
        "select 0::bigint as joined_seq, coalesce(r.read_seq, 0) as read_seq, 'channel' as kind, true as is_by_rule"
        " from (select) one left join channel_readers r on r.conversation_id = $3 and r.person_id = $4"
        f" where exists (select from channel_audiences a where {_RULE} and a.conversation_id = $3"
        "   and a.ended_xid is null)",
        company_id, list(department_ids), conversation_id, person_id,
    )  # fmt: skip


async def list_heard_ids(tx: Tx, placements: Mapping[int, Placement]) -> dict[int, list[int]]:
    """The channels that each of these people hears by rule, publisher or not."""
    if not placements:
        return {}
    people = [(person_id, place) for person_id, place in placements.items()]
    below = [(person_id, place.company_id, id_) for person_id, place in people for id_ in place.department_ids]
    rows = await tx.fetch(
        "select v.person_id, a.conversation_id from unnest($1::bigint[], $2::bigint[]) v(person_id, company_id)"
        " join channel_audiences a on a.company_id = v.company_id and a.department_id is null and a.ended_xid is null"
        " union select v.person_id, a.conversation_id"
        " from unnest($3::bigint[], $4::bigint[], $5::bigint[]) v(person_id, company_id, department_id)"
        " join channel_audiences a on a.company_id = v.company_id and a.department_id = v.department_id"
        "   and a.ended_xid is null",
        [person_id for person_id, _ in people], [place.company_id for _, place in people],
        [row[0] for row in below], [row[1] for row in below], [row[2] for row in below],
    )  # fmt: skip
    heard: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        heard[row["person_id"]].append(row["conversation_id"])
    return heard


async def list_heard_views(
    tx: Tx,
    person_id: int,
    placement: Placement,
    now: datetime,
    *,
    since_xid: int | None = None,
    conversation_id: int | None = None,
    limit: int = 1000,
) -> list[Row]:
    """The channels that a person hears, as `conversations.list_views` gives those they take part in.

    With `since_xid` those only in which something changed (see `conversations.list_changed_ids`), and as left those
    whose rule let the person in until then. Publishers find theirs among their participations.
    """
    return await tx.fetch(
        "with heard as (select a.conversation_id as id, bool_or(a.ended_xid is null) as hears"
        f"  from channel_audiences a where {_RULE} and (a.ended_xid is null or a.ended_xid >= $4::text::xid8)"
        "  and ($5::bigint is null or a.conversation_id = $5) group by a.conversation_id)"
        " select c.id, c.company_id, c.kind, c.name, c.owner_id, c.participant_count, c.last_seq, c.last_revision,"
        " c.last_active_at,"
        " c.first_seq, $3::bigint as person_id, 0::bigint as joined_seq,"
        " greatest(coalesce(r.read_seq, 0), c.first_seq - 1) as read_seq,"
        " case when not heard.hears then $7::timestamptz end as left_at, false as can_publish,"
        f" null::bigint as mention_seq, {SAID}"
        " from heard join conversations c on c.id = heard.id"
        " left join channel_readers r on r.conversation_id = c.id and r.person_id = $3"
        " left join messages m on m.conversation_id = c.id and m.seq = c.last_seq and heard.hears"
        f"{QUOTED}"
        " where not exists (select from participants p where p.conversation_id = c.id and p.person_id = $3"
        "   and p.left_at is null)"
        " and ($4 is null or c.changed_xid >= $4::text::xid8 or r.changed_xid >= $4::text::xid8)"
        " order by c.last_active_at desc, c.id desc limit $6",
        placement.company_id, placement.department_ids, person_id,
        None if since_xid is None else str(since_xid), conversation_id, limit, now,
    )  # fmt: skip


async def move_marks(tx: Tx, marks: Sequence[tuple[int, int, int]], now: datetime) -> list[Row]:
    """Those of the hearers' (conversation, person, seq) that moved, with the new read_seq. Never back, never past the
    last message. In the order of the keys: two processes that move the same ones wait for each other in no circle."""
    return await tx.fetch(
        "insert into channel_readers as r (conversation_id, person_id, read_seq, read_at, changed_xid)"
        " select c.id, m.person_id, least(m.seq, c.last_seq), $4, pg_current_xact_id()"
        " from unnest($1::bigint[], $2::bigint[], $3::bigint[]) m(conversation_id, person_id, seq)"
        " join conversations c on c.id = m.conversation_id where least(m.seq, c.last_seq) > 0 order by 1, 2"
        " on conflict (conversation_id, person_id) do update set read_seq = excluded.read_seq,"
        "   read_at = excluded.read_at, changed_xid = excluded.changed_xid where r.read_seq < excluded.read_seq"
        " returning conversation_id, person_id, read_seq",
        *(list(column) for column in zip(*marks, strict=True)), now,
    ) if marks else []  # fmt: skip


async def take_marks_along(tx: Tx, conversation_id: int, person_ids: Sequence[int]) -> None:
    """Hearers who have become publishers go on where they were: a mark stands in one place only."""
    await tx.execute(
        "with gone as (delete from channel_readers where conversation_id = $1 and person_id = any($2::bigint[])"
        "   returning person_id, read_seq)"
        " update participants p set read_seq = greatest(p.read_seq, gone.read_seq) from gone"
        " where p.conversation_id = $1 and p.person_id = gone.person_id",
        conversation_id, list(person_ids),
    )  # fmt: skip


async def leave_marks_behind(tx: Tx, conversation_id: int, person_ids: Sequence[int], now: datetime) -> None:
    """Publishers who are none any more, and may still hear, go on where they were."""
    await tx.execute(
        "insert into channel_readers (conversation_id, person_id, read_seq, read_at, changed_xid)"
        " select $1, person_id, read_seq, $3, pg_current_xact_id() from participants"
        " where conversation_id = $1 and person_id = any($2::bigint[]) and read_seq > 0"
        " on conflict (conversation_id, person_id) do update set read_seq = excluded.read_seq",
        conversation_id, list(person_ids), now,
    )  # fmt: skip


async def find_channel(tx: Tx, company_id: int, conversation_id: int) -> Row | None:
    return await tx.fetchrow(
        "select id, name, owner_id, last_seq from conversations"
        " where id = $2 and company_id = $1 and kind = 'channel'",
        company_id, conversation_id,
    )  # fmt: skip


# Who has read up to $2, without its author $4: hearers, and those publishers that are among $3.
_HEARERS = (
    "select person_id, read_at from channel_readers where conversation_id = $1 and read_seq >= $2 and person_id <> $4"
)
_PUBLISHERS = (
    "select person_id, null::timestamptz from participants where conversation_id = $1 and left_at is null"
    " and read_seq >= $2 and person_id = any($3::bigint[]) and person_id <> $4"
)


async def count_readers(tx: Tx, conversation_id: int, seq: int, publisher_ids: Sequence[int], author_id: int) -> int:
    count: int = await tx.fetchval(
        f"select count(*) from ({_HEARERS} union all {_PUBLISHERS}) r",
        conversation_id, seq, list(publisher_ids), author_id,
    )  # fmt: skip
    return count


async def list_readers(
    tx: Tx, conversation_id: int, seq: int, publisher_ids: Sequence[int], author_id: int, after_id: int, limit: int
) -> list[Row]:
    """(person_id, read_at: when that person last read on, unknown of a publisher), by person."""
    # A page of each and then of both: a page costs a page, however many have read.
    page = " and person_id > $5 order by person_id limit $6"
    return await tx.fetch(
        f"({_HEARERS}{page}) union all ({_PUBLISHERS}{page}) order by person_id limit $6",
        conversation_id, seq, list(publisher_ids), author_id, after_id, limit,
    )  # fmt: skip
