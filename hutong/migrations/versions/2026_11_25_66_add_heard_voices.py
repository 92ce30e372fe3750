"""which spoken messages somebody has listened to"""

from alembic import op

revision = "2026_11_25_66"
down_revision = "2026_11_25_65"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for statement in STATEMENTS:
        op.execute(statement)


STATEMENTS = [
    """create table heard_voices (
        person_id bigint not null references people, conversation_id bigint not null references conversations,
        seq bigint not null, heard_at timestamptz not null, primary key (person_id, conversation_id, seq))""",
]
