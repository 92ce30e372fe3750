"""messages forwarded as one"""

from alembic import op

revision = "2026_11_25_11"
down_revision = "2026_11_25_08"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for statement in STATEMENTS:
        op.execute(statement)


STATEMENTS = [
    """alter table messages drop constraint messages_kind_check,
        add constraint messages_kind_check check (kind in ('text', 'image', 'file', 'merged', 'notice'))""",
    "create index messages_merged_idx on messages (conversation_id, seq) where kind = 'merged'",
    """create table bundles (
        id bigint primary key, company_id bigint not null, unique_key text not null, items jsonb not null,
        bundle_ids bigint[] not null, file_ids bigint[] not null,
        constraint bundles_company_id_unique_key_key unique (company_id, unique_key),
        constraint bundles_company_id_fkey foreign key (company_id) references companies (id))""",
]
