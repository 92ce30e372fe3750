"""The tables of what is said later, of what is asked for now, and of what goes."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID

from hutong.core.tables import metadata

# Words that wait for their time, and are crossed out when they were said. Whoever says them takes a row by setting
# `taken_until`; they are said under `client_id`, which the door knows again should they die of it.
scheduled_messages = Table(
    "scheduled_messages",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("company_id", BigInteger, ForeignKey("companies.id"), nullable=False),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("conversation_id", BigInteger, ForeignKey("conversations.id"), nullable=False),
    Column("client_id", UUID(as_uuid=True), nullable=False),
    Column("body", Text, nullable=False),
    Column("reply_to_seq", BigInteger),
    Column("mentions", JSONB),
    Column("send_at", DateTime(timezone=True), nullable=False),
    # When to try: later than `send_at` after a failure that is nobody's fault.
    Column("due_at", DateTime(timezone=True), nullable=False),
    Column("taken_until", DateTime(timezone=True)),
    Column("failures", Integer, nullable=False),
    # Why it could not be said; it waits for its author.
    Column("stopped_code", Text),
    Column("made_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("person_id", "client_id"),
    Index("scheduled_messages_due_at_idx", "due_at", "id", postgresql_where=text("stopped_code is null")),
)

# Who was asked to look at a message now; once each. `is_pushed`: those who reach people by other ways have it.
nudges = Table(
    "nudges",
    metadata,
    Column("conversation_id", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("company_id", BigInteger, ForeignKey("companies.id"), nullable=False),
    Column("by_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("nudged_at", DateTime(timezone=True), nullable=False),
    Column("confirmed_at", DateTime(timezone=True)),
    Column("is_pushed", Boolean, nullable=False),
    Index("nudges_waiting_idx", "person_id", "nudged_at", postgresql_where=text("confirmed_at is null")),
    Index("nudges_by_id_idx", "by_id", "nudged_at"),
    Index("nudges_unpushed_idx", "nudged_at", postgresql_where=text("not is_pushed")),
)

# How many days what was said is kept; null: for ever.
retention = Table(
    "retention",
    metadata,
    Column("company_id", BigInteger, ForeignKey("companies.id"), primary_key=True, autoincrement=False),
    Column("staff_days", Integer),
    Column("customer_days", Integer),
    Column("changed_by_id", BigInteger, ForeignKey("people.id")),
    Column("changed_at", DateTime(timezone=True)),
)

# Files and bundles that a message which was removed had carried: they go when nothing else does.
released = Table(
    "released",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("company_id", BigInteger, ForeignKey("companies.id"), nullable=False),
    Column("kind", Text, CheckConstraint("kind in ('bundle', 'file')", name="kind"), nullable=False),
    Column("released_at", DateTime(timezone=True), nullable=False),
    Index("released_released_at_idx", "released_at"),
)
