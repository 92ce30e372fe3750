"""name cards of colleagues as messages"""

from alembic import op

revision = "2026_11_25_20"
down_revision = "2026_11_25_19"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for statement in STATEMENTS:
        op.execute(statement)


STATEMENTS = [
    """alter table messages drop constraint messages_kind_check,
        add constraint messages_kind_check check (kind in ('text', 'image', 'file', 'card', 'merged', 'notice'))""",
    "create index messages_card_idx on messages (conversation_id, seq) where kind = 'card'",
]
