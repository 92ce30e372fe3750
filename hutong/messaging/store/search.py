"""Finding what was said. Rights are part of every query here.

Three plans, since none is quick for every word: among the newest (a frequent word), one message after the other
(whoever can read little), and by pairs of characters (a rare word).
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from hutong.core.db import Row, Tx
from hutong.messaging.store.messages import QUOTED, SAID

# How many of the newest say how frequent something is.
_NEWEST = 5_000
Place = tuple[datetime, int, int]


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks, and for what. `heard_ids` are the channels whose rule lets the person in."""

    company_id: int
    person_id: int
    heard_ids: list[int]
    grams: list[str]
    patterns: list[str]
    conversation_id: int | None
    sender_id: int | None
    kind: str | None
    from_at: datetime | None
    to_at: datetime | None
    before: Place | None


# What the person may read: taking part now, from after joining; or all of a channel that is heard.
_VISIBLE = (
    "visible as materialized (select p.conversation_id, p.joined_seq from participants p"
    "   where p.person_id = $2 and p.left_at is null and ($5::bigint is null or p.conversation_id = $5)"
    " union all select h.id, 0 from unnest($3::bigint[]) h(id) where ($5::bigint is null or h.id = $5)"
    "   and not exists (select from participants p where p.conversation_id = h.id and p.person_id = $2"
    "     and p.left_at is null))"
)
_SPAN = (
    "w.company_id = $1 and w.sent_at >= coalesce($8, '-infinity'::timestamptz)"
    " and w.sent_at < coalesce($9, 'infinity'::timestamptz)"
)
# Within one conversation its own order holds: clocks of several processes may differ by a little.
_WITHIN_ONE = f"{_SPAN} and w.conversation_id = $5 and ($10::timestamptz is null or $11::bigint <> $5 or w.seq < $12)"
_WITHIN_ALL = (
    f"{_SPAN} and (w.sent_at, w.conversation_id, w.seq)"
    " < (coalesce($10, 'infinity'::timestamptz), $11::bigint, $12::bigint)"
)
_MATCHES = (
    "w.seq > v.joined_seq and w.words like all($4::text[])"
    " and ($6::bigint is null or w.sender_id = $6) and ($7::text is null or w.kind = $7)"
)
_ORDER_ONE = "seq desc"
_ORDER_ALL = "sent_at desc, conversation_id desc, seq desc"


def _arguments(wanted: Wanted) -> tuple[object, ...]:
    before = wanted.before or (None, 0, 0)
    return (
        wanted.company_id, wanted.person_id, wanted.heard_ids, wanted.patterns, wanted.conversation_id,
        wanted.sender_id, wanted.kind, wanted.from_at, wanted.to_at, *before,
    )  # fmt: skip


def _scope(wanted: Wanted) -> tuple[str, str]:
    """(what is asked for without words and rights, its order)"""
    if wanted.conversation_id is not None:
        return _WITHIN_ONE, _ORDER_ONE
    return _WITHIN_ALL, _ORDER_ALL


async def plan_anew(tx: Tx) -> None:
    """What is quick depends on what is asked for: a plan kept for all would sort the whole of a large conversation."""
    await tx.execute("set local plan_cache_mode = force_custom_plan")


async def find_among_newest(tx: Tx, wanted: Wanted, limit: int, most: int) -> tuple[list[Row], bool]:
    """(conversation_id, seq, sent_at) among the `most` newest of the conversation, the sender or the company, and
    whether these were all."""
    within, order = _scope(wanted)
    # Also said of the rows to read, so that the index of each sender's messages can give them.
    within += "" if wanted.sender_id is None else " and w.sender_id = $6"
    rows = await tx.fetch(
        f"with {_VISIBLE}, newest as materialized (select * from message_words w where {within}"
        f"   order by {order} limit {most}),"
        " hits as (select w.conversation_id, w.seq, w.sent_at from newest w"
        f"   join visible v on v.conversation_id = w.conversation_id where {_MATCHES} order by {order} limit $13)"
        " select r.count, h.* from (select count(*) from newest) r left join hits h on true"
        f" order by {order}",
        *_arguments(wanted), limit,
    )  # fmt: skip
    return [row for row in rows if row["seq"] is not None], rows[0]["count"] < most


async def count_visible(tx: Tx, wanted: Wanted) -> int:
    """How many messages the person may read where the search goes."""
    count: int = await tx.fetchval(
        "select coalesce(sum(c.last_seq - coalesce(p.joined_seq, 0)), 0)::bigint from conversations c"
        " left join participants p on p.conversation_id = c.id and p.person_id = $1 and p.left_at is null"
        " where c.id in (select conversation_id from participants where person_id = $1 and left_at is null"
        "   union all select unnest($2::bigint[])) and ($3::bigint is null or c.id = $3)",
        wanted.person_id, wanted.heard_ids, wanted.conversation_id,
    )  # fmt: skip
    return count


async def estimate_alike(tx: Tx, wanted: Wanted) -> int:
    """About how many messages of everybody hold the words: as many in a hundred as of the newest."""
    count: int = await tx.fetchval(
        "select (coalesce(avg((w.words like all($2::text[]))::int), 0)"
        "   * greatest(0, (select reltuples from pg_class where oid = 'message_words'::regclass)))::bigint"
        " from (select words from message_words where company_id = $1"
        f"   order by {_ORDER_ALL} limit {_NEWEST}) w",
        wanted.company_id, wanted.patterns,
    )  # fmt: skip
    return count


async def find_one_by_one(tx: Tx, wanted: Wanted, limit: int) -> list[Row]:
    # The offset keeps the lateral part as it is: a walk along the primary key of each conversation.
    within, order = _scope(wanted)
    return await tx.fetch(
        f"with {_VISIBLE} select w.conversation_id, w.seq, w.sent_at from visible v cross join lateral"
        "  (select * from message_words w where w.conversation_id = v.conversation_id and w.seq > v.joined_seq"
        f"   offset 0) w where {within} and {_MATCHES} order by {order} limit $13",
        *_arguments(wanted), limit,
    )  # fmt: skip


async def find_by_grams(tx: Tx, wanted: Wanted, limit: int) -> list[Row]:
    # Materialized, so that neither the order nor what is visible is a reason to walk through everything.
    within, order = _scope(wanted)
    return await tx.fetch(
        f"with {_VISIBLE}, alike as materialized (select w.* from message_words w"
        "   where message_grams(w.words) @> $14::text[] and w.words like all($4::text[]))"
        " select w.conversation_id, w.seq, w.sent_at from alike w"
        f" join visible v on v.conversation_id = w.conversation_id where {within} and {_MATCHES}"
        f" order by {order} limit $13",
        *_arguments(wanted), limit, wanted.grams,
    )  # fmt: skip


async def list_found(tx: Tx, places: Sequence[tuple[int, int]]) -> list[Row]:
    """The messages at (conversation, seq), in this order; without what was recalled in this moment."""
    return await tx.fetch(
        f"select m.conversation_id, {SAID} from unnest($1::bigint[], $2::bigint[]) with ordinality t(id, place, n)"
        f" join messages m on m.conversation_id = t.id and m.seq = t.place{QUOTED}"
        " where m.recalled_at is null order by t.n",
        [id_ for id_, _ in places], [seq for _, seq in places],
    )  # fmt: skip


async def list_names(tx: Tx, conversation_ids: Sequence[int]) -> list[Row]:
    return await tx.fetch(
        "select id, kind, name from conversations where id = any($1::bigint[])", list(conversation_ids)
    )
