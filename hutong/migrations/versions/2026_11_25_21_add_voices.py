"""voice messages, and how long a recording sounds"""

from alembic import op

revision = "2026_11_25_21"
down_revision = "2026_11_25_20"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for statement in STATEMENTS:
        op.execute(statement)


STATEMENTS = [
    "alter table files add column duration_ms integer",
    """alter table messages drop constraint messages_kind_check,
        add constraint messages_kind_check
            check (kind in ('text', 'image', 'file', 'voice', 'card', 'merged', 'notice'))""",
]
