"""From an empty database to a company that works."""

import secrets
from importlib.resources import files as resources

import msgspec

from hutong import contacts, directory, identity
from hutong.core.actor import Actor
from hutong.core.db import Database, Tx
from hutong.demo import story
from hutong.directory import NewMember, Progress
from hutong.identity import Company

SLUG, NAME = "lanting", "蓝汀汽车"

# Who signs in, by a department of the roster: the one who sells, the one who listens, the one who builds.
_ROLES = (
    "蓝汀汽车/杭州总部/市场与销售中心/直营门店部",
    "蓝汀汽车/杭州总部/用户运营中心/车友社群部",
    "蓝汀汽车/上海研究院/智能研发中心/智能座舱部",
)
_ADMIN = NewMember(
    name="沈知夏", account="admin", department="蓝汀汽车/杭州总部/用户运营中心/用户服务部", title="系统管理员"
)


class Access(msgspec.Struct, kw_only=True):
    """One who can sign in."""

    account: str
    password: str
    name: str
    department: str


class DemoFacts(msgspec.Struct, kw_only=True):
    """What demo.json says."""

    base_url: str
    admin: Access
    members: list[Access]
    contact_way_url: str


async def has_company(db: Database) -> bool:
    async with db.begin() as tx:
        return await identity.find_company(tx, slug=SLUG) is not None


async def build(db: Database, base_url: str, progress: Progress) -> DemoFacts:
    """One transaction: a demo that was interrupted is no demo, and the next start begins anew."""
    content = resources("hutong.demo").joinpath("roster-10k.csv").read_bytes()
    roster = await directory.read_roster(content, progress)
    passwords = [f"lanting-{secrets.token_hex(3)}" for _ in range(4)]
    hashes = [await identity.make_hash(password) for password in passwords]
    async with db.begin() as tx:
        company = await identity.create_company(tx, SLUG, NAME)
        await directory.import_roster(tx, None, company.id, roster, plan_digest=None, progress=progress)
        admin_id = await directory.add_member(tx, None, company.id, directory.entry_of(_ADMIN), is_admin=True)
        member_ids = [await _pick(tx, company, roster, path) for path in _ROLES]
        everybody = [admin_id, *member_ids]
        for person_id, hash_ in zip(everybody, hashes, strict=True):
            await identity.set_password(tx, person_id, hash_)
        actors = [
            Actor(kind="member", company_id=company.id, person_id=person_id, session_id=0) for person_id in everybody
        ]
        way = await contacts.open_own_way(tx, actors[1])
        await story.tell(tx, actors, way.token)
        cards = await directory.list_cards(tx, company.id, everybody)
    access = [
        Access(
            account=cards[person_id].account,
            password=password,
            name=cards[person_id].name,
            department=cards[person_id].department or "",
        )
        for person_id, password in zip(everybody, passwords, strict=True)
    ]
    return DemoFacts(
        base_url=base_url,
        admin=access[0],
        members=access[1:],
        contact_way_url=contacts.way_url(base_url, way.token),
    )


async def _pick(tx: Tx, company: Company, roster: directory.Roster, department: str) -> int:
    """The first of the department in the roster."""
    path = tuple(department.split("/"))
    account = next(entry.account for entry in roster.entries if path in entry.departments)
    found = await identity.find_login_holders(tx, company.id, [account.lower()])
    return found[account.lower()]
