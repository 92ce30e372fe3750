"""What is shown of departments and members."""

import msgspec

from hutong.directory.model.fields import Gender


class Department(msgspec.Struct, frozen=True, kw_only=True):
    """`member_count` is of the whole subtree, everybody once."""

    id: str
    name: str
    parent_id: str | None
    member_count: int
    has_children: bool


class PathStep(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str


class DepartmentCard(Department, frozen=True, kw_only=True):
    """`path` leads from the top to the department itself."""

    path: list[PathStep]


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A line in a list. `department` is the main one; in the list of a department `is_head` is about that one."""

    id: str
    name: str
    account: str
    title: str | None
    department: str | None
    is_head: bool
    is_active: bool
    avatar_url: str | None = None


class Membership(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    path: str
    is_head: bool


class MemberCard(Member, frozen=True, kw_only=True):
    """All of a member; the main department is the first."""

    alias: str | None
    gender: Gender | None
    phone: str | None
    landline: str | None
    personal_email: str | None
    work_email: str | None
    address: str | None
    departments: list[Membership]


class CompanyCard(msgspec.Struct, frozen=True, kw_only=True):
    slug: str
    name: str


class Me(msgspec.Struct, frozen=True, kw_only=True):
    """The signed-in member."""

    id: str
    name: str
    account: str
    phone: str | None
    title: str | None
    is_admin: bool
    must_change_password: bool
    company: CompanyCard
    departments: list[Membership]


class InvitationCard(msgspec.Struct, frozen=True, kw_only=True):
    """Whom an invitation is for, shown to whoever holds the link."""

    company: CompanyCard
    name: str
    account: str


class Addresses(msgspec.Struct, frozen=True, kw_only=True):
    """Where a member is reached outside the network."""

    mail: str | None
    phone: str | None
