"""what a group has to tell everybody in it, and up to which of these notices a person has looked"""

from alembic import op

revision = "2026_11_25_19"
down_revision = "2026_11_25_18"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for statement in STATEMENTS:
        op.execute(statement)


STATEMENTS = [
    """alter table groups add column notice_text text, add column notice_seq bigint,
        add column notice_by_id bigint references people, add column notice_at timestamptz""",
    "alter table conversation_settings add column seen_notice_seq bigint not null default 0",
]
