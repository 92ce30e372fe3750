"""pictures, files and links of a conversation, found without reading all that was said"""

from alembic import op

revision = "2026_11_25_36"
down_revision = "2026_11_25_35"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for statement in STATEMENTS:
        op.execute(statement)


STATEMENTS = [
    """create index messages_shared_idx on messages (conversation_id, kind, seq)
        where kind in ('image', 'file') and recalled_at is null""",
    """create index messages_links_idx on messages (conversation_id, seq)
        where kind = 'text' and (body like '%http%' or body like '%www.%')""",
]
