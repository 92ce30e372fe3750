"""messages that a person keeps for themselves"""

from alembic import op

revision = "2026_11_25_30"
down_revision = "2026_11_25_22"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for statement in STATEMENTS:
        op.execute(statement)


STATEMENTS = [
    """create table stars (
        person_id bigint not null references people, conversation_id bigint not null references conversations,
        seq bigint not null, starred_at timestamptz not null, primary key (person_id, conversation_id, seq))""",
    "create index stars_starred_at_idx on stars (person_id, starred_at, conversation_id, seq)",
]
