"""asking people to look at a message now"""

from alembic import op

revision = "2026_11_25_62"
down_revision = "2026_11_25_60"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for statement in STATEMENTS:
        op.execute(statement)


STATEMENTS = [
    """create table nudges (
        conversation_id bigint not null, seq bigint not null, person_id bigint not null references people,
        company_id bigint not null references companies, by_id bigint not null references people,
        nudged_at timestamptz not null, confirmed_at timestamptz, is_pushed boolean not null,
        primary key (conversation_id, seq, person_id))""",
    "create index nudges_waiting_idx on nudges (person_id, nudged_at) where confirmed_at is null",
    "create index nudges_by_id_idx on nudges (by_id, nudged_at)",
    "create index nudges_unpushed_idx on nudges (nudged_at) where not is_pushed",
    """create table nudge_pushes (
        session_id bigint not null references push_subscriptions on delete cascade, conversation_id bigint not null,
        seq bigint not null, said_at timestamptz not null, due_at timestamptz not null,
        primary key (session_id, conversation_id, seq))""",
    "create index nudge_pushes_due_at_idx on nudge_pushes (due_at)",
]
