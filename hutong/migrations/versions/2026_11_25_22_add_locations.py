"""positions as messages"""

from alembic import op

revision = "2026_11_25_22"
down_revision = "2026_11_25_21"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.execute(
        "alter table messages drop constraint messages_kind_check,"
        " add constraint messages_kind_check"
        "   check (kind in ('text', 'image', 'file', 'voice', 'card', 'location', 'merged', 'notice'))"
    )
