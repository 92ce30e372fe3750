"""Members: their cards, the people of a department, finding somebody."""

from collections.abc import Mapping, Sequence

from hutong.core.db import Row, Tx
from hutong.directory.model.cards import Addresses, Member, MemberCard, Membership

# The names of a member's main department from the top, and whether the member heads it.
_MAIN = (
    " left join lateral (select dm.is_head, (select string_agg(a.name, '/' order by s.place)"
    "   from unnest(d.path) with ordinality s(id, place) join departments a on a.id = s.id) as path"
    "   from department_members dm join departments d on d.id = dm.department_id"
    "   where dm.person_id = m.person_id and dm.is_main limit 1) main on true"
)
_LINE = "m.person_id, p.name, m.account, m.title, main.path, p.is_active"


def _member(row: Row) -> Member:
    return Member(
        id=str(row["person_id"]),
        name=row["name"],
        account=row["account"],
        title=row["title"],
        department=row["path"],
        is_head=bool(row["is_head"]),
        is_active=row["is_active"],
    )


async def list_members(tx: Tx, company_id: int, person_ids: Sequence[int]) -> dict[int, Member]:
    """Lines by id, inactive members included."""
    rows = await tx.fetch(
        f"select {_LINE}, main.is_head from members m join people p on p.id = m.person_id {_MAIN}"
        " where m.company_id = $1 and m.person_id = any($2::bigint[])",
        company_id, list(person_ids),
    )  # fmt: skip
    return {row["person_id"]: _member(row) for row in rows}


async def list_department_members(
    tx: Tx, company_id: int, department_id: int, after: tuple[bool, str, int] | None, limit: int
) -> list[tuple[Member, tuple[bool, str, int]]]:
    """Active members of exactly this department with the key that each is sorted by: heads first, then by pinyin."""
    no_head, pinyin, person_id = after or (False, "", 0)
    rows = await tx.fetch(
        "with page as (select m.person_id, m.pinyin, dm.is_head from department_members dm"
        "  join members m on m.person_id = dm.person_id join people p on p.id = m.person_id and p.is_active"
        "  where dm.department_id = $2 and (not dm.is_head, m.pinyin, m.person_id) > ($3, $4, $5)"
        "  order by not dm.is_head, m.pinyin, m.person_id limit $6)"
        f" select {_LINE}, page.is_head, m.pinyin from page join members m using (person_id)"
        f" join people p on p.id = m.person_id {_MAIN} where m.company_id = $1"
        " order by not page.is_head, m.pinyin, m.person_id",
        company_id, department_id, no_head, pinyin, person_id, limit,
    )  # fmt: skip
    return [(_member(row), (not row["is_head"], row["pinyin"], row["person_id"])) for row in rows]


async def search_members(
    tx: Tx, company_id: int, ranges: Sequence[tuple[str, str]], limit: int, among: Sequence[int] | None
) -> list[Member]:
    """Active members with a key in one of the ranges [from, to); whole words before beginnings, beginnings before the
    inside of a name. `among`: only these."""
    rows = await tx.fetch(
        # Ranges of the primary key, never LIKE: a generic plan could not use an index for that. The limit in the order
        # of keys keeps exact ones, and a letter that begins the keys of everybody costs no more than a rare name.
        "with hits as (select k.person_id, min(k.rank) as rank from unnest($2::text[], $3::text[]) r(low, high)"
        "  cross join lateral (select person_id, rank + case when key = r.low then 0 else 10 end as rank"
        "   from member_keys where company_id = $1 and key >= r.low and key < r.high"
        "   and ($5::bigint[] is null or person_id = any($5)) order by key limit 1000) k"
        "  group by k.person_id),"
        " best as (select h.person_id, h.rank from hits h join members m using (person_id)"
        "  join people p on p.id = h.person_id and p.is_active order by h.rank, m.pinyin, h.person_id limit $4)"
        f" select {_LINE}, main.is_head from best join members m using (person_id)"
        f" join people p on p.id = m.person_id {_MAIN} order by best.rank, m.pinyin, m.person_id",
        company_id, [low for low, _ in ranges], [high for _, high in ranges], limit,
        None if among is None else list(among),
    )  # fmt: skip
    return [_member(row) for row in rows]


async def find_card(tx: Tx, company_id: int, person_id: int) -> MemberCard | None:
    row = await tx.fetchrow(
        f"select {_LINE}, main.is_head, m.alias, m.gender, m.phone, m.landline, m.personal_email, m.work_email,"
        f" m.address from members m join people p on p.id = m.person_id {_MAIN}"
        " where m.company_id = $1 and m.person_id = $2",
        company_id, person_id,
    )  # fmt: skip
    if row is None:
        return None
    return MemberCard(
        id=str(person_id),
        name=row["name"],
        account=row["account"],
        title=row["title"],
        department=row["path"],
        is_head=bool(row["is_head"]),
        is_active=row["is_active"],
        alias=row["alias"],
        gender=row["gender"],
        phone=row["phone"],
        landline=row["landline"],
        personal_email=row["personal_email"],
        work_email=row["work_email"],
        address=row["address"],
        departments=await list_memberships(tx, person_id),
    )


async def list_addresses(tx: Tx, person_ids: Sequence[int]) -> dict[int, Addresses]:
    """Of those who are active."""
    rows = await tx.fetch(
        "select m.person_id, coalesce(m.work_email, m.personal_email) as mail, m.phone from members m"
        " join people p on p.id = m.person_id and p.is_active where m.person_id = any($1::bigint[])",
        list(person_ids),
    )
    return {row["person_id"]: Addresses(mail=row["mail"], phone=row["phone"]) for row in rows}


async def list_memberships(tx: Tx, person_id: int) -> list[Membership]:
    rows = await tx.fetch(
        "select d.id, dm.is_head, (select string_agg(a.name, '/' order by s.place)"
        "  from unnest(d.path) with ordinality s(id, place) join departments a on a.id = s.id) as path"
        " from department_members dm join departments d on d.id = dm.department_id"
        " where dm.person_id = $1 order by dm.position",
        person_id,
    )
    return [Membership(id=str(row["id"]), path=row["path"], is_head=row["is_head"]) for row in rows]


async def list_active(tx: Tx, company_id: int, person_ids: Sequence[int]) -> list[int]:
    rows = await tx.fetch(
        "select m.person_id from members m join people p on p.id = m.person_id and p.is_active"
        " where m.company_id = $1 and m.person_id = any($2::bigint[])",
        company_id, list(person_ids),
    )  # fmt: skip
    return [row["person_id"] for row in rows]


async def count_members(tx: Tx, company_id: int) -> int:
    """Active ones."""
    count: int = await tx.fetchval(
        "select count(*) from members m join people p on p.id = m.person_id and p.is_active where m.company_id = $1",
        company_id,
    )
    return count


async def replace_keys(tx: Tx, company_id: int, keys: Mapping[int, Mapping[str, int]], *, are_new: bool) -> None:
    """What these people are found by, in place of what it was."""
    if not are_new:
        await tx.execute("delete from member_keys where person_id = any($1::bigint[])", list(keys))
    await tx.copy(
        "member_keys",
        ["company_id", "key", "person_id", "rank"],
        [(company_id, key, person_id, rank) for person_id, ranks in keys.items() for key, rank in ranks.items()],
    )
