"""uploads: begun once for each client id, and counted by whose they are"""

from alembic import op

revision = "2026_11_25_67"
down_revision = "2026_11_25_66"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for statement in STATEMENTS:
        op.execute(statement)


STATEMENTS = [
    "alter table uploads add column of_contact boolean not null default false, add column client_id uuid",
    """update uploads set of_contact = true
        from people where people.id = uploads.owner_id and people.kind = 'contact'""",
    "alter table uploads alter column of_contact drop default",
    "create unique index uploads_owner_id_client_id_key on uploads (owner_id, client_id)",
    "drop index uploads_owner_id_idx",
    "create index uploads_of_contacts_idx on uploads (touched_at) where of_contact and received > 0",
    "create index files_owner_id_created_at_idx on files (owner_id, created_at)",
    "drop index files_owner_id_idx",
]
