"""How long what was said is kept, and what goes with it."""

from sqlalchemy import BigInteger, CheckConstraint, Column, DateTime, ForeignKey, Index, Integer, Table, Text

from hutong.core.tables import metadata

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
