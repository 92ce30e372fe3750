from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Index, Table, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import UUID

from hutong.core.tables import metadata

# What is talked about in a group, apart from the rest of it. A message names its topic (`messages.topic_id`); how many
# they are, and the last of them, are looked up there, so that saying something writes nothing here.
topics = Table(
    "topics",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("company_id", BigInteger, ForeignKey("companies.id"), nullable=False),
    Column("conversation_id", BigInteger, ForeignKey("conversations.id"), nullable=False),
    Column("name", Text, nullable=False),
    # The name as names are compared: of those that are open, each is another one.
    Column("name_key", Text, nullable=False),
    Column("opened_by_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("opened_at", DateTime(timezone=True), nullable=False),
    Column("client_id", UUID(as_uuid=True), nullable=False),
    Column("closed_by_id", BigInteger, ForeignKey("people.id")),
    Column("closed_at", DateTime(timezone=True)),
    Column("revision", BigInteger, nullable=False),
    UniqueConstraint("conversation_id", "opened_by_id", "client_id"),
    Index("topics_open_idx", "conversation_id", "name_key", unique=True, postgresql_where="closed_at is null"),
    Index("topics_closed_idx", "conversation_id", "closed_at", "id", postgresql_where="closed_at is not null"),
)
