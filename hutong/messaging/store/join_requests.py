"""Who waits to be let into a group. Every write here stands under the conversation's lock."""

from collections.abc import Sequence
from datetime import datetime

from hutong.core.db import Row, Tx

_COLUMNS = "id, conversation_id, person_id, by_id, asked_at, state, decided_by_id"


async def insert_requests(
    tx: Tx, company_id: int, conversation_id: int, keys: Sequence[tuple[int, int]], by_id: int, now: datetime
) -> list[Row]:
    """(id, person) each, in order, without whoever is in the group or waits already."""
    rows = await tx.fetch(
        "insert into join_requests (id, company_id, conversation_id, person_id, by_id, asked_at, state)"
        " select v.id, $1, $2, v.person_id, $5, $6, 'waiting' from unnest($3::bigint[], $4::bigint[]) v(id, person_id)"
        " where not exists (select from participants p where p.conversation_id = $2 and p.person_id = v.person_id"
        "   and p.left_at is null) on conflict do nothing"
        f" returning {_COLUMNS}",
        company_id, conversation_id, [key[0] for key in keys], [key[1] for key in keys], by_id, now,
    )  # fmt: skip
    return sorted(rows, key=lambda row: int(row["id"]))


async def list_requests(tx: Tx, conversation_id: int, request_ids: Sequence[int]) -> list[Row]:
    """In the order in which they were asked, waiting or decided."""
    return await tx.fetch(
        f"select {_COLUMNS} from join_requests where conversation_id = $1 and id = any($2::bigint[]) order by id",
        conversation_id, list(request_ids),
    )  # fmt: skip


async def count_waiting(tx: Tx, conversation_id: int) -> int:
    count: int = await tx.fetchval(
        "select count(*) from join_requests where conversation_id = $1 and state = 'waiting'", conversation_id
    )
    return count


async def list_waiting_of(tx: Tx, conversation_id: int, person_ids: Sequence[int]) -> list[int]:
    """The waiting requests for these people."""
    rows = await tx.fetch(
        "select id from join_requests where conversation_id = $1 and person_id = any($2::bigint[])"
        " and state = 'waiting'",
        conversation_id, list(person_ids),
    )  # fmt: skip
    return [row["id"] for row in rows]


async def decide(
    tx: Tx, conversation_id: int, request_ids: Sequence[int], state: str, by_id: int, now: datetime
) -> list[Row]:
    """Those of them that waited, as they are now."""
    rows = await tx.fetch(
        "update join_requests set state = $3, decided_by_id = $4, decided_at = $5"
        " where conversation_id = $1 and id = any($2::bigint[]) and state = 'waiting'"
        f" returning {_COLUMNS}",
        conversation_id, list(request_ids), state, by_id, now,
    )  # fmt: skip
    return sorted(rows, key=lambda row: int(row["id"]))


async def list_waiting(tx: Tx, company_id: int, manager_id: int, limit: int) -> list[Row]:
    """What waits for this person's decision, in all groups that they own or are a deputy of; the oldest first."""
    return await tx.fetch(
        "select r.id, r.conversation_id, r.person_id, r.by_id, r.asked_at, r.state, r.decided_by_id"
        " from join_requests r join conversations c on c.id = r.conversation_id"
        " left join groups g on g.conversation_id = r.conversation_id"
        " where r.company_id = $1 and r.state = 'waiting' and (c.owner_id = $2 or $2 = any(g.deputy_ids))"
        " order by r.asked_at, r.id limit $3",
        company_id, manager_id, limit,
    )  # fmt: skip
