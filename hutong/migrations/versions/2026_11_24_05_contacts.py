"""contact ways, who follows whom, first messages"""

from alembic import op

revision = "2026_11_24_05"
down_revision = "2026_11_24_04"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for statement in STATEMENTS:
        op.execute(statement)


STATEMENTS = [
    """create table contact_ways (
        id bigint primary key, company_id bigint not null, member_id bigint not null, token text not null,
        is_personal boolean not null, created_at timestamptz not null,
        constraint contact_ways_token_key unique (token),
        constraint contact_ways_company_id_fkey foreign key (company_id) references companies (id),
        constraint contact_ways_member_id_fkey foreign key (member_id) references people (id))""",
    "create unique index contact_ways_personal_key on contact_ways (member_id) where is_personal",
    """create table contact_owners (
        member_id bigint not null, contact_id bigint not null, company_id bigint not null,
        conversation_id bigint not null, contact_way_id bigint not null, remark text,
        followed_at timestamptz not null,
        primary key (member_id, contact_id),
        constraint contact_owners_member_id_fkey foreign key (member_id) references people (id),
        constraint contact_owners_contact_id_fkey foreign key (contact_id) references people (id),
        constraint contact_owners_conversation_id_fkey foreign key (conversation_id) references conversations (id),
        constraint contact_owners_contact_way_id_fkey foreign key (contact_way_id) references contact_ways (id))""",
    "create index contact_owners_contact_id_idx on contact_owners (contact_id)",
    "create index contact_owners_followed_idx on contact_owners (member_id, followed_at, contact_id)",
    """create table walk_ins (
        company_id bigint not null, client_id uuid not null, contact_id bigint not null, address text not null,
        walked_in_at timestamptz not null,
        primary key (company_id, client_id),
        constraint walk_ins_contact_id_key unique (contact_id),
        constraint walk_ins_company_id_fkey foreign key (company_id) references companies (id))""",
    "create index walk_ins_address_idx on walk_ins (address, walked_in_at)",
]
