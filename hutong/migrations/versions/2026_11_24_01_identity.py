"""companies, people, sessions, audit"""

from alembic import op

revision = "2026_11_24_01"
down_revision = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for statement in STATEMENTS:
        op.execute(statement)


STATEMENTS = [
    """create table audit_events (
        id bigint primary key, company_id bigint not null, actor_id bigint, action text not null, subject_id bigint,
        details jsonb not null, happened_at timestamptz not null)""",
    "create index audit_events_company_id_id_idx on audit_events (company_id, id)",
    """create table companies (
        id bigint primary key, slug text not null, name text not null, hosts text[] not null,
        created_at timestamptz not null, constraint companies_slug_key unique (slug))""",
    """create table people (
        id bigint primary key, company_id bigint not null, kind text not null, name text not null,
        is_active boolean not null, is_admin boolean not null, created_at timestamptz not null,
        constraint people_kind_check check (kind in ('member', 'contact')),
        constraint people_company_id_fkey foreign key (company_id) references companies (id))""",
    "create index people_company_id_idx on people (company_id)",
    """create table logins (
        company_id bigint not null, name text not null, person_id bigint not null,
        primary key (company_id, name),
        constraint logins_company_id_fkey foreign key (company_id) references companies (id),
        constraint logins_person_id_fkey foreign key (person_id) references people (id))""",
    "create index logins_person_id_idx on logins (person_id)",
    """create table passwords (
        person_id bigint primary key, hash text not null, must_change boolean not null, changed_at timestamptz not null,
        constraint passwords_person_id_fkey foreign key (person_id) references people (id))""",
    """create table sessions (
        id bigint primary key, token_digest bytea not null, company_id bigint not null, person_id bigint not null,
        user_agent text not null, address text not null, created_at timestamptz not null,
        last_seen_at timestamptz not null, expires_at timestamptz not null,
        constraint sessions_token_digest_key unique (token_digest),
        constraint sessions_company_id_fkey foreign key (company_id) references companies (id),
        constraint sessions_person_id_fkey foreign key (person_id) references people (id))""",
    "create index sessions_person_id_idx on sessions (person_id)",
    """create table invitations (
        token_digest bytea primary key, company_id bigint not null, person_id bigint not null,
        created_at timestamptz not null, expires_at timestamptz not null, used_at timestamptz,
        constraint invitations_company_id_fkey foreign key (company_id) references companies (id),
        constraint invitations_person_id_fkey foreign key (person_id) references people (id))""",
    "create index invitations_person_id_idx on invitations (person_id)",
    """create table recovery_links (
        person_id bigint primary key, token_digest bytea not null, purpose text not null,
        created_at timestamptz not null, expires_at timestamptz not null,
        constraint recovery_links_token_digest_key unique (token_digest),
        constraint recovery_links_person_id_fkey foreign key (person_id) references people (id))""",
    """create table sign_in_attempts (
        id bigint primary key, company_id bigint not null, login text not null, address text not null,
        attempted_at timestamptz not null)""",
    "create index sign_in_attempts_login_idx on sign_in_attempts (company_id, login, attempted_at)",
    "create index sign_in_attempts_address_idx on sign_in_attempts (address, attempted_at)",
]
