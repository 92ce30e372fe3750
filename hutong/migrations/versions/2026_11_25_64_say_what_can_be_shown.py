"""files: video, sound and PDF, which can be shown in place"""

from alembic import op

revision = "2026_11_25_64"
down_revision = "2026_11_25_63"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for statement in STATEMENTS:
        op.execute(statement)


STATEMENTS = ["alter table files add column shown_as text"]
