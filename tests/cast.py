"""The cast. Lanting Motors 蓝汀汽车: Lin sells, Zhao runs the store and the system, Chen is in R&D. Ms Wu drives one
of its cars. Hengda Seats 恒达座椅 supplies it; Sun administers it and must never see any of Lanting."""

from typing import NamedTuple

from hutong import directory, identity
from hutong.core import clock
from hutong.core.db import Database
from hutong.directory import NewMember
from hutong.identity import Device, store
from hutong.identity.actions import passwords, sessions
from hutong.identity.model import MEMBER_SESSION

# Everybody's, so that it is hashed once.
PASSWORD = "Sunny-Lane-42"


class Role(NamedTuple):
    """Somebody as the template database has them; `token` is of a session they have."""

    id: str
    name: str
    account: str
    company: str
    token: str


LANTING = {
    "lin": NewMember(
        name="林晓", account="linxiao", phone="13800000001", title="销售顾问", department="销售部/杭州门店"
    ),
    "zhao": NewMember(
        name="赵敏", account="zhaomin", phone="13800000002", title="店长", department="销售部/杭州门店", is_head=True
    ),
    "chen": NewMember(name="陈默", account="chenmo", phone="13800000003", title="工程师", department="研发部/座舱"),
}
HENGDA = {"sun": NewMember(name="孙悦", account="sunyue", phone="13800000004", title="商务经理", department="商务部")}
ADMINISTRATORS = {"zhao", "sun"}


async def found_companies(db: Database) -> dict[str, Role]:
    """Both companies with their people, all with the same password and signed in on one device."""
    hash_ = await passwords.make_hash(PASSWORD)
    cast: dict[str, Role] = {}
    for slug, name, members in (("lanting", "蓝汀汽车", LANTING), ("hengda", "恒达座椅", HENGDA)):
        async with db.begin() as tx:
            company = await identity.create_company(tx, slug, name)
            for who, member in members.items():
                entry = directory.entry_of(member)
                person_id = await directory.add_member(tx, None, company.id, entry, is_admin=who in ADMINISTRATORS)
                await store.set_password(tx, person_id, hash_, must_change=False, changed_at=clock.now())
                device = Device(user_agent="the cast", address="127.0.0.1")
                token, _ = await sessions.start_session(tx, company.id, person_id, device, MEMBER_SESSION)
                cast[who] = Role(str(person_id), member.name, member.account, slug, token)
    return cast
