"""messages pinned for all in a conversation, and who may pin them in a group"""

from alembic import op

revision = "2026_11_25_35"
down_revision = "2026_11_25_30"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for statement in STATEMENTS:
        op.execute(statement)


STATEMENTS = [
    """create table message_pins (
        conversation_id bigint not null, seq bigint not null, by_id bigint not null references people,
        pinned_at timestamptz not null, primary key (conversation_id, seq))""",
    # With a default: the release before knows nothing of it and writes rows, too.
    """alter table groups add column who_pins text not null default 'everybody'
        check (who_pins in ('everybody', 'managers'))""",
]
