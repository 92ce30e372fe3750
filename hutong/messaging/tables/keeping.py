"""What a person keeps for themself, and what waits for its time."""

from sqlalchemy import (
    BigInteger,
    Boolean,
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

from hutong.core.tables import Xid8, metadata

# What a person keeps for themself. Also of those who hear a channel by rule; of nobody who never changed anything.
conversation_settings = Table(
    "conversation_settings",
    metadata,
    Column("person_id", BigInteger, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("conversation_id", BigInteger, ForeignKey("conversations.id"), primary_key=True, autoincrement=False),
    Column("is_muted", Boolean, nullable=False),
    Column("is_pinned", Boolean, nullable=False),
    # Archived as long as nothing was said after this, or it is muted.
    Column("archived_seq", BigInteger),
    Column("is_marked_unread", Boolean, nullable=False),
    # Up to which of the group's notices this person has looked.
    Column("seen_notice_seq", BigInteger, nullable=False, server_default="0"),
    Column("revision", BigInteger, nullable=False),
    Column("changed_xid", Xid8, nullable=False),
)

# What is half-written; empty once it is sent or deleted.
# Messages that a person keeps for themselves. Who may not read one any more is not shown it.
stars = Table(
    "stars",
    metadata,
    Column("person_id", BigInteger, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("conversation_id", BigInteger, ForeignKey("conversations.id"), primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("starred_at", DateTime(timezone=True), nullable=False),
    Index("stars_conversation_id_idx", "conversation_id", "seq"),
    Index("stars_starred_at_idx", "person_id", "starred_at", "conversation_id", "seq"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("person_id", BigInteger, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("conversation_id", BigInteger, ForeignKey("conversations.id"), primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    Column("reply_to_seq", BigInteger),
    Column("mentions", JSONB),
    Column("typed_at", DateTime(timezone=True), nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("changed_xid", Xid8, nullable=False),
    postgresql_with={"fillfactor": "50"},
)

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
