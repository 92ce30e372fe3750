"""All SQL of the room."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from hutong.contacts.model import Way
from hutong.core.db import Row, Tx

# -- ways in -------------------------------------------------------------------------------------------------------


async def add_personal_way(tx: Tx, way: Way, now: datetime) -> None:
    """Nothing happens when the member has one."""
    await tx.execute(
        "insert into contact_ways (id, company_id, member_id, token, is_personal, created_at)"
        " values ($1, $2, $3, $4, true, $5) on conflict (member_id) where is_personal do nothing",
        way.id, way.company_id, way.member_id, way.token, now,
    )  # fmt: skip


async def find_personal_way(tx: Tx, member_id: int) -> Way | None:
    row = await tx.fetchrow(
        "select id, company_id, member_id, token from contact_ways where member_id = $1 and is_personal", member_id
    )
    return _way(row) if row else None


async def find_way(tx: Tx, token: str) -> Way | None:
    row = await tx.fetchrow("select id, company_id, member_id, token from contact_ways where token = $1", token)
    return _way(row) if row else None


def _way(row: Row) -> Way:
    return Way(id=row["id"], company_id=row["company_id"], member_id=row["member_id"], token=row["token"])


# -- first messages ------------------------------------------------------------------------------------------------


async def count_walk_ins(tx: Tx, address: str, since: datetime) -> int:
    count: int = await tx.fetchval(
        "select count(*) from walk_ins where address = $1 and walked_in_at > $2", address, since
    )
    return count


async def insert_walk_in(tx: Tx, company_id: int, key: UUID, contact_id: int, address: str, now: datetime) -> bool:
    """False when this first message has been said before; of two at once, the second waits for the first."""
    return await tx.execute(
        "insert into walk_ins (company_id, client_id, contact_id, address, walked_in_at) values ($1, $2, $3, $4, $5)"
        " on conflict (company_id, client_id) do nothing",
        company_id, key, contact_id, address, now,
    ) == 1  # fmt: skip


async def find_walk_in(tx: Tx, company_id: int, key: UUID, since: datetime) -> int | None:
    contact_id: int | None = await tx.fetchval(
        "select contact_id from walk_ins where company_id = $1 and client_id = $2 and walked_in_at > $3",
        company_id, key, since,
    )  # fmt: skip
    return contact_id


# -- who follows whom ----------------------------------------------------------------------------------------------


async def insert_owner(tx: Tx, way: Way, contact_id: int, conversation_id: int, now: datetime) -> bool:
    """False when the member follows this customer already."""
    return await tx.execute(
        "insert into contact_owners (member_id, contact_id, company_id, conversation_id, contact_way_id, followed_at)"
        " values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
        way.member_id, contact_id, way.company_id, conversation_id, way.id, now,
    ) == 1  # fmt: skip


# The customer's name is identity's; searching by it reads that room's table of faces in place.
_OWNED = (
    "select o.member_id, o.contact_id, p.name, o.remark, o.conversation_id, o.followed_at from contact_owners o"
    " join people p on p.id = o.contact_id"
)


async def list_owned(
    tx: Tx, member_id: int, pattern: str | None, before: tuple[datetime, int] | None, limit: int
) -> list[Row]:
    """A member's customers, the newest first. `pattern` is an escaped LIKE pattern for name or remark."""
    return await tx.fetch(
        f"{_OWNED} where o.member_id = $1 and ($2::text is null or p.name ilike $2 or o.remark ilike $2)"
        " and ($3::timestamptz is null or (o.followed_at, o.contact_id) < ($3, $4))"
        " order by o.followed_at desc, o.contact_id desc limit $5",
        member_id, pattern, before[0] if before else None, before[1] if before else None, limit,
    )  # fmt: skip


async def list_owners(tx: Tx, contact_id: int) -> list[Row]:
    """Everybody who follows this customer."""
    return await tx.fetch(f"{_OWNED} where o.contact_id = $1", contact_id)


async def find_owned(tx: Tx, member_id: int, contact_id: int) -> Row | None:
    return await tx.fetchrow(f"{_OWNED} where o.member_id = $1 and o.contact_id = $2", member_id, contact_id)


async def set_remark(tx: Tx, member_id: int, contact_id: int, remark: str | None) -> None:
    await tx.execute(
        "update contact_owners set remark = $3 where member_id = $1 and contact_id = $2", member_id, contact_id, remark
    )


def like_pattern(words: str) -> str:
    escaped: Sequence[str] = [f"\\{c}" if c in "\\%_" else c for c in words]
    return f"%{''.join(escaped)}%"
