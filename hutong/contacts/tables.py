from sqlalchemy import BigInteger, Boolean, Column, DateTime, ForeignKey, Index, Table, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import UUID

from hutong.core.tables import metadata

contact_ways = Table(
    "contact_ways",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("company_id", BigInteger, ForeignKey("companies.id"), nullable=False),
    Column("member_id", BigInteger, ForeignKey("people.id"), nullable=False),
    # Public by nature: it is printed and passed on. It opens a door, it proves nothing.
    Column("token", Text, nullable=False, unique=True),
    Column("is_personal", Boolean, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    # The one link that is a member's own.
    Index("contact_ways_personal_key", "member_id", unique=True, postgresql_where="is_personal"),
)

contact_owners = Table(
    "contact_owners",
    metadata,
    Column("member_id", BigInteger, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("contact_id", BigInteger, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("company_id", BigInteger, nullable=False),
    Column("conversation_id", BigInteger, ForeignKey("conversations.id"), nullable=False),
    Column("contact_way_id", BigInteger, ForeignKey("contact_ways.id"), nullable=False),
    Column("remark", Text),
    Column("followed_at", DateTime(timezone=True), nullable=False),
    Index("contact_owners_contact_id_idx", "contact_id"),
    Index("contact_owners_followed_idx", "member_id", "followed_at", "contact_id"),
)

# Whose first message it was: a first message said twice, because its answer was lost, makes one customer.
walk_ins = Table(
    "walk_ins",
    metadata,
    Column("company_id", BigInteger, ForeignKey("companies.id"), primary_key=True, autoincrement=False),
    # model.walk_in_key: the message's client id and the browser's proof in one.
    Column("client_id", UUID(as_uuid=True), primary_key=True),
    Column("contact_id", BigInteger, nullable=False),
    Column("address", Text, nullable=False),
    Column("walked_in_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("contact_id"),
    Index("walk_ins_address_idx", "address", "walked_in_at"),
)
