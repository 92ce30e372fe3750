"""who is to be told by mail or text message of what stays unread"""

from alembic import op

revision = "2026_11_25_15"
down_revision = "2026_11_25_14"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.execute(
        "create table digests (person_id bigint not null primary key references people,"
        " carrier text not null, after_minutes integer not null, language text not null,"
        " told_until timestamptz not null, due_at timestamptz not null, failures integer not null,"
        " constraint digests_carrier_check check (carrier in ('mail', 'sms')))"
    )
    op.execute("create index digests_due_at_idx on digests (due_at)")
