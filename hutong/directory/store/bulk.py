"""The whole directory of a company at once: read to be compared with a roster, written by sets."""

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from hutong.core.db import Row, Tx
from hutong.directory.model.fields import DepartmentPath
from hutong.directory.model.plan import KnownMember, State
from hutong.directory.model.roster import Entry
from hutong.directory.store.departments import list_paths

_COLUMNS = (
    "person_id", "company_id", "account", "alias", "title", "gender", "phone", "landline", "personal_email",
    "work_email", "address", "pinyin", "source",
)  # fmt: skip


async def lock_directory(tx: Tx, company_id: int) -> None:
    """Whoever changes a company's directory does so alone, to the end of the transaction: no two imports interleave,
    the counts of departments are exact. Reading goes on."""
    await tx.execute("select pg_advisory_xact_lock(hashtextextended('directory', $1))", company_id)


class Rows(msgspec.Struct, frozen=True):
    """All that the directory of a company holds, as it came from the tables."""

    paths: dict[DepartmentPath, int]
    places: list[Row]
    members: list[Row]


async def read_rows(tx: Tx, company_id: int) -> Rows:
    places = await tx.fetch(
        "select person_id, department_id, is_head from department_members where company_id = $1"
        " order by person_id, position",
        company_id,
    )
    members = await tx.fetch(
        "select m.*, p.name, p.is_active, p.is_admin from members m join people p on p.id = m.person_id"
        " where m.company_id = $1 order by m.person_id",
        company_id,
    )
    return Rows(await list_paths(tx, company_id), places, members)


def state_of(rows: Rows) -> State:
    """The same in the rules' own words. Computing only, for a thread: ten thousand people hold the loop up."""
    names = {id_: path for path, id_ in rows.paths.items()}
    places: dict[int, list[tuple[DepartmentPath, bool]]] = defaultdict(list)
    for row in rows.places:
        places[row["person_id"]].append((names[row["department_id"]], row["is_head"]))
    return State(members=[_known(row, places[row["person_id"]]) for row in rows.members], departments=rows.paths)


def _known(row: Row, places: list[tuple[DepartmentPath, bool]]) -> KnownMember:
    return KnownMember(
        person_id=row["person_id"],
        name=row["name"],
        account=row["account"],
        departments=tuple(path for path, _ in places),
        heads=tuple(path for path, is_head in places if is_head),
        alias=row["alias"],
        title=row["title"],
        gender=row["gender"],
        phone=row["phone"],
        landline=row["landline"],
        personal_email=row["personal_email"],
        work_email=row["work_email"],
        address=row["address"],
        is_roster=row["source"] == "roster",
        is_active=row["is_active"],
        is_admin=row["is_admin"],
    )


async def insert_members(tx: Tx, company_id: int, rows: Sequence[tuple[int, Entry, str]], *, source: str) -> None:
    """Rows of (person id, entry, pinyin). The people themselves are there already."""
    await tx.copy(
        "members",
        _COLUMNS,
        [
            (
                person_id, company_id, e.account, e.alias, e.title, e.gender, e.phone, e.landline, e.personal_email,
                e.work_email, e.address, pinyin, source,
            )
            for person_id, e, pinyin in rows
        ],
    )  # fmt: skip


async def update_members(tx: Tx, company_id: int, rows: Sequence[tuple[int, Entry, str]]) -> None:
    """Rows of (person id, entry, pinyin) as the roster has them; from now on the roster keeps them."""
    columns = [[person_id for person_id, _, _ in rows]]
    texts = [
        [getattr(entry, field) for _, entry, _ in rows]
        for field in (
            "account", "alias", "title", "gender", "phone", "landline", "personal_email", "work_email", "address",
        )
    ]  # fmt: skip
    await tx.execute(
        "update members m set account = n.account, alias = n.alias, title = n.title, gender = n.gender,"
        " phone = n.phone, landline = n.landline, personal_email = n.personal_email, work_email = n.work_email,"
        " address = n.address, pinyin = n.pinyin, source = 'roster'"
        " from unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],"
        "   $10::text[], $11::text[], $12::text[]) n(person_id, account, alias, title, gender, phone, landline,"
        "   personal_email, work_email, address, pinyin)"
        " where m.company_id = $1 and m.person_id = n.person_id",
        company_id, *columns, *texts, [pinyin for _, _, pinyin in rows],
    )  # fmt: skip


async def replace_memberships(
    tx: Tx, company_id: int, rows: Sequence[tuple[int, Sequence[int], Sequence[int]]], *, are_new: bool
) -> None:
    """Rows of (person id, department ids with the main one first, ids of those that the person heads)."""
    if not are_new:
        await tx.execute(
            "delete from department_members where person_id = any($1::bigint[])",
            [person_id for person_id, _, _ in rows],
        )
    await tx.copy(
        "department_members",
        ["company_id", "department_id", "person_id", "is_head", "is_main", "position"],
        [
            (company_id, department_id, person_id, department_id in heads, place == 0, place)
            for person_id, departments, heads in rows
            for place, department_id in enumerate(departments)
        ],
    )
