"""The directory over HTTP: the tree, members, the roster."""

from typing import Annotated

import msgspec
from litestar import get, post
from litestar.params import Parameter

from hutong.core import ids
from hutong.core.actor import Actor
from hutong.core.db import Database
from hutong.core.errors import TooLarge
from hutong.core.http import BEFORE_PASSWORD_CHANGE, AnyRequest, admin_only, language_of, signed_in_member
from hutong.directory.actions import members, reading, rosters
from hutong.directory.model.adding import NewMember, entry_of
from hutong.directory.model.cards import Department, DepartmentCard, InvitationCard, Me, Member, MemberCard
from hutong.directory.model.errors import MAX_FILE_BYTES
from hutong.directory.model.report import RosterImported, RosterPlan, describe_plan

Limit = Annotated[int, Parameter(ge=1, le=200)]
Found = Annotated[int, Parameter(ge=1, le=reading.MAX_FOUND)]
Query = Annotated[str, Parameter(max_length=200)]
Cursor = Annotated[str | None, Parameter(max_length=1_000)]


class DepartmentList(msgspec.Struct, kw_only=True):
    items: list[Department]


class MemberList(msgspec.Struct, kw_only=True):
    items: list[Member]


class MemberPage(msgspec.Struct, kw_only=True):
    items: list[Member]
    next_cursor: str | None


@get("/api/me", tags=["session"], summary="Who I am", guards=[signed_in_member], opt=BEFORE_PASSWORD_CHANGE)
async def get_me(actor: Actor, db: Database) -> Me:
    async with db.begin() as tx:
        return await reading.show_me(tx, actor)


@get("/api/invitations/{token:str}", tags=["session"], summary="Whom an invitation is for")
async def get_invitation(token: str, db: Database) -> InvitationCard:
    async with db.begin() as tx:
        return await reading.show_invitation(tx, token)


@get("/api/departments", tags=["directory"], summary="The departments under a node, or the top ones",
     guards=[signed_in_member])  # fmt: skip
async def get_departments(actor: Actor, db: Database, parent_id: str | None = None) -> DepartmentList:
    async with db.begin() as tx:
        node = ids.parse(parent_id) if parent_id else None
        return DepartmentList(items=await reading.list_departments(tx, actor, node))


@get("/api/departments/{department_id:str}", tags=["directory"], summary="A department and the way to it",
     guards=[signed_in_member])  # fmt: skip
async def get_department(department_id: str, actor: Actor, db: Database) -> DepartmentCard:
    async with db.begin() as tx:
        return await reading.show_department(tx, actor, ids.parse(department_id))


@get("/api/departments/{department_id:str}/members", tags=["directory"], summary="Those directly in a department",
     guards=[signed_in_member])  # fmt: skip
async def get_department_members(
    department_id: str, actor: Actor, db: Database, limit: Limit = 50, cursor: Cursor = None
) -> MemberPage:
    async with db.begin() as tx:
        items, next_cursor = await reading.list_department_members(
            tx, actor, ids.parse(department_id), cursor=cursor, limit=limit
        )
    return MemberPage(items=items, next_cursor=next_cursor)


@get("/api/members", tags=["members"], summary="Find members by name, pinyin, initials, account or phone tail",
     guards=[signed_in_member])  # fmt: skip
async def get_members(actor: Actor, db: Database, q: Query = "", limit: Found = 20) -> MemberList:
    async with db.begin() as tx:
        return MemberList(items=await reading.find_members(tx, actor, q, limit=limit))


@get("/api/members/{member_id:str}", tags=["members"], summary="A member's card", guards=[signed_in_member])
async def get_member(member_id: str, actor: Actor, db: Database) -> MemberCard:
    async with db.begin() as tx:
        return await reading.show_member(tx, actor, ids.parse(member_id))


@post("/api/members", tags=["members"], summary="Add a member by hand", guards=[admin_only])
async def post_member(request: AnyRequest, data: NewMember, actor: Actor, db: Database) -> MemberCard:
    entry = entry_of(data, language_of(request))
    async with db.begin() as tx:
        member_id = await members.add_member(tx, actor, actor.company_id, entry)
        return await reading.show_member(tx, actor, member_id)


@post("/api/roster/preview", tags=["roster"], summary="What importing this file (the body) would do",
      guards=[admin_only], request_max_body_size=None, status_code=200)  # fmt: skip
async def post_roster_preview(
    request: AnyRequest, actor: Actor, db: Database, filename: Query = "", removes_missing: bool = True
) -> RosterPlan:
    roster = await rosters.read_roster(await _read_body(request))
    # One snapshot for all that is compared; nothing is locked, for nothing changes.
    async with db.begin("repeatable_read") as tx:
        plan = await rosters.plan_roster(tx, actor, actor.company_id, roster, removes_missing=removes_missing)
    return describe_plan(plan, language_of(request))


@post("/api/roster/import", tags=["roster"], summary="Import the same file as previewed",
      guards=[admin_only], request_max_body_size=None, status_code=200)  # fmt: skip
async def post_roster_import(
    request: AnyRequest,
    actor: Actor,
    db: Database,
    plan: Query,
    filename: Query = "",
    removes_missing: bool = True,
    confirm_removal: bool = False,
) -> RosterImported:
    roster = await rosters.read_roster(await _read_body(request))
    async with db.begin() as tx:
        return await rosters.import_roster(
            tx,
            actor,
            actor.company_id,
            roster,
            plan_digest=plan,
            removes_missing=removes_missing,
            confirms_removal=confirm_removal,
        )


async def _read_body(request: AnyRequest) -> bytes:
    """The whole file, given up as soon as it is longer than a roster may be."""
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > MAX_FILE_BYTES:
            raise TooLarge(limit="30 MB")
    return bytes(content)


handlers = [
    get_me,
    get_invitation,
    get_departments,
    get_department,
    get_department_members,
    get_members,
    get_member,
    post_member,
    post_roster_preview,
    post_roster_import,
]
