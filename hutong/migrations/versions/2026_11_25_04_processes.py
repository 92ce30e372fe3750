"""processes: who serves, and was seen when"""

from alembic import op

revision = "2026_11_25_04"
down_revision = "2026_11_25_03"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.execute(
        """create table processes (
            id bigint primary key, name text not null, roles text not null, started_at timestamptz not null,
            seen_at timestamptz not null)"""
    )
