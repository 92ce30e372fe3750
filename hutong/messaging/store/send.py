"""The SQL that writes messages: many at once, in two statements."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from hutong.core.db import Row, Tx


async def lock_heads(tx: Tx, conversation_ids: Sequence[int], *, waits: bool) -> set[int]:
    """Lock the conversations' rows in the order of their ids; the ids that are locked now.

    The row lock makes the order of seq the order of commit; a sequence would let a reader skip a late commit.
    With `waits=False` what another transaction holds is left for the next batch instead of holding up this one.
    """
    rows = await tx.fetch(
        "select id from conversations where id = any($1::bigint[]) order by id for no key update"
        + ("" if waits else " skip locked"),
        list(conversation_ids),
    )
    return {row["id"] for row in rows}


async def existing(tx: Tx, conversation_ids: Sequence[int]) -> set[int]:
    rows = await tx.fetch("select id from conversations where id = any($1::bigint[])", list(conversation_ids))
    return {row["id"] for row in rows}


# Runs on a fresh snapshot, after lock_heads: it sees every seq and every membership committed under the lock.
# Who speaks has read what was said before: their mark moves along.
# LATERAL … LIMIT 1 keeps the unique index in the plan whatever the tables' sizes.
_WRITE = """
with inp as materialized (
  select t.*, p.person_id is not null as is_participant
  from unnest($1::bigint[], $2::bigint[], $3::uuid[], $4::text[], $5::text[], $6::bigint[], $7::text[])
    with ordinality as t(conversation_id, sender_id, client_id, kind, body, file_id, notice, ord)
  left join participants p
    on p.conversation_id = t.conversation_id and p.person_id = t.sender_id and p.left_at is null
), seen as (
  select i.*, c.company_id, c.last_seq, m.seq as old_seq, m.sent_at as old_sent_at,
    row_number() over (partition by i.conversation_id, i.sender_id, i.client_id order by i.ord) = 1 as is_first
  from inp i join conversations c on c.id = i.conversation_id
  left join lateral (select m.seq, m.sent_at from messages m where m.conversation_id = i.conversation_id
    and m.sender_id = i.sender_id and m.client_id = i.client_id limit 1) m on true
  where i.is_participant
), numbered as materialized (
  select s.*, old_seq is null and is_first as is_new,
    last_seq + count(*) filter (where old_seq is null and is_first)
      over (partition by conversation_id order by ord) as new_seq
  from seen s
), ins as (
  insert into messages (conversation_id, seq, company_id, sender_id, client_id, kind, body, file_id, notice, sent_at)
  select conversation_id, new_seq, company_id, sender_id, client_id, kind, body, file_id, notice::jsonb, $8
  from numbered where is_new
), upd as (
  update conversations c set last_seq = n.top, last_active_at = $8, changed_xid = pg_current_xact_id()
  from (select conversation_id, max(new_seq) as top from numbered where is_new group by conversation_id) n
  where c.id = n.conversation_id
), mark as (
  update participants p set read_seq = n.top, changed_xid = pg_current_xact_id()
  from (select conversation_id, sender_id, max(new_seq) as top from numbered where is_new
    group by conversation_id, sender_id) n
  where p.conversation_id = n.conversation_id and p.person_id = n.sender_id and p.read_seq < n.top
)
select ord, is_new, coalesce(old_sent_at, $8) as sent_at,
  coalesce(old_seq, first_value(new_seq) over (partition by conversation_id, sender_id, client_id order by ord)) as seq
from numbered
"""


async def insert_messages(
    tx: Tx,
    rows: Sequence[tuple[int, int, UUID, str, str, int | None, msgspec.Struct | None]],
    now: datetime,
) -> dict[int, Row]:
    """Write (conversation_id, sender_id, client_id, kind, body, file_id, notice) each, under heads already locked.

    By position: is_new (False for a repeated client id, which keeps its first place), seq, sent_at. Who is missing
    from the answer was no participant.
    """
    columns = list(zip(*rows, strict=True))
    notices = [msgspec.json.encode(notice).decode() if notice else None for notice in columns[6]]
    written = await tx.fetch(_WRITE, *(list(column) for column in columns[:6]), notices, now)
    return {row["ord"] - 1: row for row in written}
