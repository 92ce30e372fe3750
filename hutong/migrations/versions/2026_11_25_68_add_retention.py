"""how long what was said is kept"""

from alembic import op

revision = "2026_11_25_68"
down_revision = "2026_11_25_67"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for statement in STATEMENTS:
        op.execute(statement)


STATEMENTS = [
    # The first place that is left of a conversation; those before it were removed.
    "alter table conversations add column first_seq bigint not null default 1",
    """create table retention (
        company_id bigint primary key references companies, staff_days integer, customer_days integer,
        changed_by_id bigint references people, changed_at timestamptz)""",
    """create table released (
        id bigint primary key, company_id bigint not null references companies, kind text not null,
        released_at timestamptz not null, constraint released_kind_check check (kind in ('bundle', 'file')))""",
    "create index released_released_at_idx on released (released_at)",
    # Found by what carries a file, a bundle, a star or a mark, when that goes.
    "create index messages_file_id_idx on messages (file_id) where file_id is not null",
    """create index messages_bundle_idx on messages (((content->'merged'->>'bundle_id')::bigint))
        where kind = 'merged'""",
    "create index bundles_file_ids_idx on bundles using gin (file_ids)",
    "create index bundles_bundle_ids_idx on bundles using gin (bundle_ids)",
    "create index stars_conversation_id_idx on stars (conversation_id, seq)",
    "create index heard_voices_conversation_id_idx on heard_voices (conversation_id, seq)",
    # Places follow the clock, so the first one that is not older than `kept_since` is found by halving. `high`: one
    # beyond the last.
    """create function first_kept_seq(conversation bigint, low bigint, high bigint, kept_since timestamptz)
      returns bigint language plpgsql stable as $$
      declare middle bigint; said_at timestamptz;
      begin
        while low < high loop
          middle := (low + high) / 2;
          select m.sent_at into said_at from messages m where m.conversation_id = conversation and m.seq = middle;
          if said_at < kept_since then low := middle + 1; else high := middle; end if;
        end loop;
        return low;
      end $$""",
]
