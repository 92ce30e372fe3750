"""Tables of the room, for the migration drift check. The SQL stands in store/."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from hutong.core.tables import Xid8, metadata


def _id(name: str, target: str, *, primary_key: bool = False, nullable: bool = False) -> Column[int]:
    return Column(name, BigInteger, ForeignKey(target), primary_key=primary_key, nullable=nullable, autoincrement=False)


departments = Table(
    "departments",
    metadata,
    _id("company_id", "companies.id"),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    _id("parent_id", "departments.id", nullable=True),
    Column("name", Text, nullable=False),
    Column("position", Integer, nullable=False),
    # From the top down to itself: a whole subtree is one indexed condition, path @> array[id].
    Column("path", ARRAY(BigInteger), nullable=False),
    # Active members of the whole subtree, each counted once; kept by the room's verbs, for opening a tree is frequent.
    Column("member_count", Integer, nullable=False),
    UniqueConstraint(
        "company_id", "parent_id", "name", name="departments_name_key", postgresql_nulls_not_distinct=True
    ),
    Index("departments_parent_id_idx", "parent_id"),
    Index("departments_path_idx", "path", postgresql_using="gin"),
)

members = Table(
    "members",
    metadata,
    _id("person_id", "people.id", primary_key=True),
    _id("company_id", "companies.id"),
    Column("account", Text, nullable=False),
    Column("alias", Text),
    Column("title", Text),
    Column("gender", Text, CheckConstraint("gender in ('male', 'female')", name="gender")),
    Column("phone", Text),
    Column("landline", Text),
    Column("personal_email", Text),
    Column("work_email", Text),
    Column("address", Text),
    Column("pinyin", Text, nullable=False),
    Column("source", Text, CheckConstraint("source in ('roster', 'manual')", name="source"), nullable=False),
    # The transaction that last put an existing member elsewhere in the tree, or brought them back into it.
    Column("moved_xid", Xid8, nullable=False, server_default=text("'0'")),
    Index("members_company_id_idx", "company_id"),
)

department_members = Table(
    "department_members",
    metadata,
    _id("company_id", "companies.id"),
    _id("department_id", "departments.id", primary_key=True),
    _id("person_id", "members.person_id", primary_key=True),
    Column("is_head", Boolean, nullable=False),
    Column("is_main", Boolean, nullable=False),
    # The order of one person's departments; 0 is the main one.
    Column("position", SmallInteger, nullable=False),
    Index("department_members_person_id_idx", "person_id"),
)

member_keys = Table(
    "member_keys",
    metadata,
    Column("company_id", BigInteger, primary_key=True, autoincrement=False),
    # Compared by code point whatever the database's collation: a search is a range of keys.
    Column("key", Text(collation="C"), primary_key=True),
    # No foreign key: a hundred thousand checks would be a third of an import, and the keys can be made anew any time.
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("rank", SmallInteger, nullable=False),
    Index("member_keys_person_id_idx", "person_id"),
)
