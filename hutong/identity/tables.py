from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from hutong.core.tables import metadata


def _id(name: str, target: str | None = None, *, primary_key: bool = False, nullable: bool = False) -> Column[int]:
    constraints = [ForeignKey(target)] if target else []
    return Column(name, BigInteger, *constraints, primary_key=primary_key, nullable=nullable, autoincrement=False)


def _moment(name: str, *, nullable: bool = False) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


companies = Table(
    "companies",
    metadata,
    _id("id", primary_key=True),
    Column("slug", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("hosts", ARRAY(Text), nullable=False),
    _moment("created_at"),
)

people = Table(
    "people",
    metadata,
    _id("id", primary_key=True),
    _id("company_id", "companies.id"),
    Column("kind", Text, CheckConstraint("kind in ('member', 'contact')", name="kind"), nullable=False),
    Column("name", Text, nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("is_admin", Boolean, nullable=False),
    _moment("created_at"),
    Index("people_company_id_idx", "company_id"),
)

logins = Table(
    "logins",
    metadata,
    _id("company_id", "companies.id", primary_key=True),
    Column("name", Text, primary_key=True),
    _id("person_id", "people.id"),
    Index("logins_person_id_idx", "person_id"),
)

passwords = Table(
    "passwords",
    metadata,
    _id("person_id", "people.id", primary_key=True),
    Column("hash", Text, nullable=False),
    Column("must_change", Boolean, nullable=False),
    _moment("changed_at"),
)

sessions = Table(
    "sessions",
    metadata,
    _id("id", primary_key=True),
    Column("token_digest", LargeBinary, nullable=False, unique=True),
    _id("company_id", "companies.id"),
    _id("person_id", "people.id"),
    Column("user_agent", Text, nullable=False),
    Column("address", Text, nullable=False),
    _moment("created_at"),
    _moment("last_seen_at"),
    _moment("expires_at"),
    Index("sessions_person_id_idx", "person_id"),
)

invitations = Table(
    "invitations",
    metadata,
    Column("token_digest", LargeBinary, primary_key=True),
    _id("company_id", "companies.id"),
    _id("person_id", "people.id"),
    _moment("created_at"),
    _moment("expires_at"),
    _moment("used_at", nullable=True),
    Index("invitations_person_id_idx", "person_id"),
)

recovery_links = Table(
    "recovery_links",
    metadata,
    _id("person_id", "people.id", primary_key=True),
    Column("token_digest", LargeBinary, nullable=False, unique=True),
    # What the person was doing when asking for the link; the room that made it reads it back.
    Column("purpose", Text, nullable=False),
    _moment("created_at"),
    _moment("expires_at"),
)

sign_in_attempts = Table(
    "sign_in_attempts",
    metadata,
    _id("id", primary_key=True),
    _id("company_id"),
    Column("login", Text, nullable=False),
    Column("address", Text, nullable=False),
    _moment("attempted_at"),
    Index("sign_in_attempts_login_idx", "company_id", "login", "attempted_at"),
    Index("sign_in_attempts_address_idx", "address", "attempted_at"),
)
