"""room for read marks beside each participant, and participants in the order of joining"""

from alembic import op

revision = "2026_11_25_03"
down_revision = "2026_11_25_01"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.execute("alter table participants set (fillfactor = 80)")
    op.execute(
        "create index participants_joined_idx on participants (conversation_id, joined_at, person_id)"
        " where left_at is null"
    )
