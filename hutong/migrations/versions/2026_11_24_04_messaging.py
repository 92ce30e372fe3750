"""conversations, participants, messages"""

from alembic import op

revision = "2026_11_24_04"
down_revision = "2026_11_24_03"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for statement in STATEMENTS:
        op.execute(statement)


STATEMENTS = [
    """create table conversations (
        id bigint primary key, company_id bigint not null, kind text not null, name text, owner_id bigint,
        unique_key text, participant_count integer not null, last_seq bigint not null,
        last_active_at timestamptz not null, changed_xid xid8 not null, created_at timestamptz not null,
        constraint conversations_kind_check check (kind in ('direct', 'group', 'customer')),
        constraint conversations_company_id_unique_key_key unique (company_id, unique_key),
        constraint conversations_company_id_fkey foreign key (company_id) references companies (id),
        constraint conversations_owner_id_fkey foreign key (owner_id) references people (id))
        with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000)""",
    """create table participants (
        conversation_id bigint not null, person_id bigint not null, joined_at timestamptz not null,
        joined_seq bigint not null, read_seq bigint not null, left_at timestamptz, changed_xid xid8 not null,
        primary key (conversation_id, person_id),
        constraint participants_conversation_id_fkey foreign key (conversation_id) references conversations (id),
        constraint participants_person_id_fkey foreign key (person_id) references people (id))""",
    "create index participants_person_id_idx on participants (person_id)",
    """create table messages (
        conversation_id bigint not null, seq bigint not null, company_id bigint not null, sender_id bigint not null,
        client_id uuid not null, kind text not null, body text not null, file_id bigint, notice jsonb,
        sent_at timestamptz not null,
        primary key (conversation_id, seq),
        constraint messages_conversation_id_sender_id_client_id_key unique (conversation_id, sender_id, client_id),
        constraint messages_kind_check check (kind in ('text', 'image', 'file', 'notice')))""",
    "create index messages_file_idx on messages (conversation_id, file_id) where file_id is not null",
]
