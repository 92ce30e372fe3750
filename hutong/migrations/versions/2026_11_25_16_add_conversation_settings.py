"""what a person keeps for themself about a conversation: do not disturb, on top, archived, marked as unread"""

from alembic import op

revision = "2026_11_25_16"
down_revision = "2026_11_25_15"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for statement in STATEMENTS:
        op.execute(statement)


# A table of its own: whoever hears a channel by rule is no participant, and has settings all the same; and a read mark
# rewrites no more than it did. Only who ever changed something has a row.
STATEMENTS = [
    """create table conversation_settings (
        person_id bigint not null references people, conversation_id bigint not null references conversations,
        is_muted boolean not null, is_pinned boolean not null, archived_seq bigint, is_marked_unread boolean not null,
        revision bigint not null, changed_xid xid8 not null,
        primary key (person_id, conversation_id))""",
]
