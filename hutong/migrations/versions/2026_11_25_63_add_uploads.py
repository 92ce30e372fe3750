"""files that come in pieces"""

from alembic import op

revision = "2026_11_25_63"
down_revision = "2026_11_25_62"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for statement in STATEMENTS:
        op.execute(statement)


STATEMENTS = [
    """create table uploads (
        id bigint primary key, company_id bigint not null references companies,
        owner_id bigint not null references people, size bigint not null, received bigint not null, name text not null,
        touched_at timestamptz not null, file_id bigint references files on delete cascade)""",
    "create index uploads_owner_id_idx on uploads (owner_id)",
    "create index uploads_touched_at_idx on uploads (touched_at)",
    "create index uploads_file_id_idx on uploads (file_id) where file_id is not null",
]
