"""what people choose to be told, and when it is quiet"""

from alembic import op

revision = "2026_11_25_13"
down_revision = "2026_11_25_12"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.execute(
        "create table notification_settings (person_id bigint not null primary key references people,"
        " has_sound boolean not null, shows_text boolean not null,"
        " quiet_begins time, quiet_ends time, time_zone text)"
    )
