"""files"""

from alembic import op

revision = "2026_11_24_03"
down_revision = "2026_11_24_02"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for statement in STATEMENTS:
        op.execute(statement)


STATEMENTS = [
    """create table files (
        id bigint primary key, company_id bigint not null, owner_id bigint not null, sha256 bytea not null,
        size bigint not null, media_type text not null, name text not null, width integer, height integer,
        created_at timestamptz not null, used_at timestamptz,
        constraint files_company_id_fkey foreign key (company_id) references companies (id),
        constraint files_owner_id_fkey foreign key (owner_id) references people (id))""",
    "create index files_unused_idx on files (created_at) where used_at is null",
    "create index files_owner_id_idx on files (owner_id)",
]
