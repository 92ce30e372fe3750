"""announcement channels: an audience by rule, and what those who read have read"""

from alembic import op

revision = "2026_11_25_05"
down_revision = "2026_11_25_04"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for statement in STATEMENTS:
        op.execute(statement)


STATEMENTS = [
    """alter table conversations drop constraint conversations_kind_check,
        add constraint conversations_kind_check check (kind in ('direct', 'group', 'customer', 'channel'))""",
    """create table channel_audiences (
        company_id bigint not null, conversation_id bigint not null, department_id bigint, ended_xid xid8,
        constraint channel_audiences_conversation_id_department_id_key
            unique nulls not distinct (conversation_id, department_id),
        constraint channel_audiences_conversation_id_fkey foreign key (conversation_id) references conversations (id),
        constraint channel_audiences_department_id_fkey foreign key (department_id) references departments (id))""",
    "create index channel_audiences_company_id_department_id_idx on channel_audiences (company_id, department_id)",
    "create index channel_audiences_department_id_idx on channel_audiences (department_id)",
    """create table channel_readers (
        conversation_id bigint not null, person_id bigint not null, read_seq bigint not null,
        read_at timestamptz not null, changed_xid xid8 not null,
        primary key (conversation_id, person_id),
        constraint channel_readers_conversation_id_fkey foreign key (conversation_id) references conversations (id),
        constraint channel_readers_person_id_fkey foreign key (person_id) references people (id))""",
    "create index channel_readers_person_id_idx on channel_readers (person_id)",
    "alter table members add column moved_xid xid8 not null default '0'",
]
