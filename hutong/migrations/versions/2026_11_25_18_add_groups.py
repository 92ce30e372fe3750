"""groups that govern themselves: deputies, who may invite, call on everybody and rename, and who waits to be let in"""

from alembic import op

revision = "2026_11_25_18"
down_revision = "2026_11_25_17"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for statement in STATEMENTS:
        op.execute(statement)


# A table of its own: every send rewrites the row of its conversation, which holds no more than it must. A group that
# never changed anything has no row.
STATEMENTS = [
    """create table groups (
        conversation_id bigint primary key references conversations, revision bigint not null,
        deputy_ids bigint[] not null,
        who_invites text not null check (who_invites in ('everybody', 'approval', 'managers')),
        who_mentions_all text not null check (who_mentions_all in ('everybody', 'managers')),
        who_edits text not null check (who_edits in ('everybody', 'managers')))""",
    """create table join_requests (
        id bigint primary key, company_id bigint not null references companies,
        conversation_id bigint not null references conversations, person_id bigint not null references people,
        by_id bigint not null references people, asked_at timestamptz not null,
        state text not null check (state in ('waiting', 'accepted', 'refused', 'lapsed')),
        decided_by_id bigint references people, decided_at timestamptz)""",
    """create unique index join_requests_waiting_idx on join_requests (conversation_id, person_id)
        where state = 'waiting'""",
    "create index join_requests_asked_at_idx on join_requests (company_id, asked_at, id) where state = 'waiting'",
]
