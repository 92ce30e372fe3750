"""Looking around: the tree as it is opened, a department's people, somebody by name."""

from collections.abc import Sequence

from hutong import identity
from hutong.core.actor import Actor
from hutong.core.db import Tx
from hutong.core.paging import make_cursor, read_cursor
from hutong.directory import policy
from hutong.directory.model import finding
from hutong.directory.model.cards import (
    Addresses,
    CompanyCard,
    Department,
    DepartmentCard,
    InvitationCard,
    Me,
    Member,
    MemberCard,
)
from hutong.directory.model.roster import logins_of
from hutong.directory.store import departments, members

MAX_FOUND = 50


async def list_departments(tx: Tx, actor: Actor, parent_id: int | None) -> list[Department]:
    if parent_id is not None:
        await policy.access_department(tx, actor, parent_id)
    return await departments.list_children(tx, actor.company_id, parent_id)


async def show_department(tx: Tx, actor: Actor, department_id: int) -> DepartmentCard:
    department = await policy.access_department(tx, actor, department_id)
    return DepartmentCard(
        id=department.id,
        name=department.name,
        parent_id=department.parent_id,
        member_count=department.member_count,
        has_children=department.has_children,
        path=await departments.list_path(tx, department_id),
    )


async def list_department_members(
    tx: Tx, actor: Actor, department_id: int, *, cursor: str | None, limit: int
) -> tuple[list[Member], str | None]:
    """A page of those directly in the department, heads first, then by pinyin; and where the next page begins."""
    after = read_cursor(cursor, tuple[bool, str, int]) if cursor else None
    await policy.access_department(tx, actor, department_id)
    page = await members.list_department_members(tx, actor.company_id, department_id, after, limit + 1)
    shown = page[:limit]
    return [member for member, _ in shown], make_cursor(*shown[-1][1]) if len(page) > limit else None


async def find_members(
    tx: Tx, actor: Actor, query: str, *, limit: int, among: Sequence[int] | None = None
) -> list[Member]:
    """By name, pinyin, initials, account or phone tail; the closest first. `among`: only these people."""
    ranges = finding.ranges_of(query)
    if not ranges:
        return []
    return await members.search_members(tx, actor.company_id, ranges, min(limit, MAX_FOUND), among)


async def show_member(tx: Tx, actor: Actor, person_id: int) -> MemberCard:
    return await policy.access_member(tx, actor, person_id)


async def show_me(tx: Tx, actor: Actor) -> Me:
    card = await policy.access_member(tx, actor, actor.person_id)
    account = await identity.describe_account(tx, actor)
    return Me(
        id=card.id,
        name=card.name,
        account=card.account,
        phone=card.phone,
        title=card.title,
        is_admin=account.is_admin,
        must_change_password=account.must_change_password,
        company=CompanyCard(slug=account.company.slug, name=account.company.name),
        departments=card.departments,
    )


async def show_invitation(tx: Tx, token: str) -> InvitationCard:
    """Raises InvitationNotFound."""
    company, person_id = await identity.read_invitation(tx, token)
    member = (await members.list_members(tx, company.id, [person_id]))[person_id]
    return InvitationCard(
        company=CompanyCard(slug=company.slug, name=company.name), name=member.name, account=member.account
    )


async def list_cards(tx: Tx, company_id: int, person_ids: Sequence[int]) -> dict[int, Member]:
    """Name, title, main department and whether active, by id; who is absent is no member of this company."""
    return await members.list_members(tx, company_id, person_ids)


async def find_title(tx: Tx, company_id: int, person_id: int) -> str | None:
    """What a member is, as consumers may read it."""
    member = (await members.list_members(tx, company_id, [person_id])).get(person_id)
    return member.title if member else None


async def list_active_members(tx: Tx, company_id: int, person_ids: Sequence[int]) -> list[int]:
    """Those of the ids that are active members of the company."""
    return await members.list_active(tx, company_id, person_ids)


async def count_members(tx: Tx, company_id: int) -> int:
    """How many active members the company has."""
    return await members.count_members(tx, company_id)


async def find_member_by_account(tx: Tx, company_id: int, account: str) -> int | None:
    """The member with this account, whatever its case, active or not."""
    login = logins_of(account.strip(), None)[0]
    holders = await identity.find_login_holders(tx, company_id, [login])
    return holders.get(login)


async def list_addresses(tx: Tx, person_ids: Sequence[int]) -> dict[int, Addresses]:
    """Where those of these who are active members are reached outside the network; the mail of their work first."""
    return await members.list_addresses(tx, person_ids)
