"""browsers that can be reached while nobody looks, and what is pushed to them"""

from alembic import op

revision = "2026_11_25_14"
down_revision = "2026_11_25_13"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for statement in STATEMENTS:
        op.execute(statement)


STATEMENTS = [
    """create table push_keys (
        id integer not null primary key, private_key bytea not null, made_at timestamptz not null,
        constraint push_keys_id_check check (id = 1))""",
    # The session's: whoever signs out, or is signed out, takes it along.
    """create table push_subscriptions (
        session_id bigint not null primary key references sessions on delete cascade,
        company_id bigint not null, person_id bigint not null references people,
        endpoint text not null unique, p256dh bytea not null, auth bytea not null, language text not null,
        failures integer not null, rests_until timestamptz not null, subscribed_at timestamptz not null)""",
    "create index push_subscriptions_person_id_idx on push_subscriptions (person_id)",
    """create table pushes (
        session_id bigint not null references push_subscriptions on delete cascade, conversation_id bigint not null,
        seq bigint not null, pushed_seq bigint not null, said_at timestamptz not null, due_at timestamptz not null,
        primary key (session_id, conversation_id))""",
    "create index pushes_due_at_idx on pushes (due_at) where pushed_seq < seq",
    """create table push_positions (
        id integer not null primary key, xid xid8 not null, constraint push_positions_id_check check (id = 1))""",
]
