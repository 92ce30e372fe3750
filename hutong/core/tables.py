"""The description of every table: for the migration drift check and for composing filters.

Nothing that serves imports this: SQLAlchemy costs a third of a second at each start, and the SQL that runs is plain.
"""

from sqlalchemy import BigInteger, Column, DateTime, Index, MetaData, Table, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import UserDefinedType

# Every room's tables.py registers here.
metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "ix": "%(table_name)s_%(column_0_N_name)s_idx",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "fk": "%(table_name)s_%(column_0_name)s_fkey",
        "ck": "%(table_name)s_%(constraint_name)s_check",
    }
)


class Xid8(UserDefinedType[int]):
    """A transaction id of PostgreSQL: what `since` compares."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        return "xid8"


audit_events = Table(
    "audit_events",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("company_id", BigInteger, nullable=False),
    Column("actor_id", BigInteger),
    Column("action", Text, nullable=False),
    Column("subject_id", BigInteger),
    Column("details", JSONB, nullable=False),
    Column("happened_at", DateTime(timezone=True), nullable=False),
    Index("audit_events_company_id_id_idx", "company_id", "id"),
)

processes = Table(
    "processes",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("seen_at", DateTime(timezone=True), nullable=False),
)
