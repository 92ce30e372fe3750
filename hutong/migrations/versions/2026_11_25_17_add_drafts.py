"""drafts that follow a person to another device"""

from alembic import op

revision = "2026_11_25_17"
down_revision = "2026_11_25_16"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for statement in STATEMENTS:
        op.execute(statement)


# What was sent or deleted leaves an empty row, whose revision says that this is later than what a device still holds.
# Typing writes: half-empty pages and no index on what changes keep each write a HOT update.
STATEMENTS = [
    """create table drafts (
        person_id bigint not null references people, conversation_id bigint not null references conversations,
        body text not null, reply_to_seq bigint, mentions jsonb, typed_at timestamptz not null,
        revision bigint not null, changed_xid xid8 not null,
        primary key (person_id, conversation_id)) with (fillfactor = 50)""",
]
