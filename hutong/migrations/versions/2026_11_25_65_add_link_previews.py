"""what the pages say of themselves that messages link to, and who wants to know"""

from alembic import op

revision = "2026_11_25_65"
down_revision = "2026_11_25_64"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for statement in STATEMENTS:
        op.execute(statement)


STATEMENTS = [
    """create table link_previews (
        company_id bigint not null references companies, url text not null,
        state text not null check (state in ('asked', 'found', 'nothing')),
        preview jsonb, picture_id bigint references files, expires_at timestamptz not null,
        primary key (company_id, url))""",
    """create table link_preview_settings (
        company_id bigint primary key references companies, is_on boolean not null)""",
]
