"""topics inside a group, and which one a message belongs to"""

from alembic import op

revision = "2026_11_25_60"
down_revision = "2026_11_25_40"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for statement in STATEMENTS:
        op.execute(statement)


# send_messages as it was (its reasons stand at its first migration), with the topic each message is said in. Whether it
# is open is looked at under the conversation's lock, as closing it stands under it; of what names no topic, nothing is.
# Who speaks in one has, like whom the clock speaks for, read what was said elsewhere only if they had read it anyway.
STATEMENTS = [
    """create table topics (
        id bigint primary key, company_id bigint not null references companies,
        conversation_id bigint not null references conversations, name text not null, name_key text not null,
        opened_by_id bigint not null references people, opened_at timestamptz not null, client_id uuid not null,
        closed_by_id bigint references people, closed_at timestamptz, revision bigint not null,
        unique (conversation_id, opened_by_id, client_id))""",
    "create unique index topics_open_idx on topics (conversation_id, name_key) where closed_at is null",
    "create index topics_closed_idx on topics (conversation_id, closed_at, id) where closed_at is not null",
    "alter table messages add column topic_id bigint",
    "create index messages_topic_idx on messages (conversation_id, topic_id, seq) where topic_id is not null",
    "drop function send_messages",
    """create function send_messages(
        conversation_ids bigint[], sender_ids bigint[], client_ids uuid[], kinds text[], bodies text[],
        file_ids bigint[], notices text[], reply_seqs bigint[], contents text[],
        topic_ids bigint[], said_at timestamptz, waits boolean)
      returns table (place bigint, outcome text, seq bigint, sent_at timestamptz)
      language plpgsql volatile set plan_cache_mode = force_generic_plan as $$
      #variable_conflict use_column
      declare held bigint[];
      begin
        if waits then
          held := array(select id from conversations where id = any(conversation_ids) order by id for no key update);
        else
          held := array(select id from conversations where id = any(conversation_ids) order by id
            for no key update skip locked);
        end if;
        return query
        with wished as materialized (
          select t.*, c.company_id, c.last_seq, c.id is not null and not c.id = any(held) as is_held,
            p.person_id is not null as may_speak, p.read_seq as own_read_seq,
            t.topic_id is not null or t.notice is not null and t.notice::jsonb ? 'topic_id'
              or t.content is not null and t.content::jsonb ? 'is_scheduled' as is_apart,
            case when t.topic_id is not null then coalesce((select case when o.closed_at is null then 'open'
              else 'topic_closed' end from topics o where o.id = t.topic_id
              and o.conversation_id = t.conversation_id), 'topic_unknown') else 'open' end as topic_state
          from unnest(conversation_ids, sender_ids, client_ids, kinds, bodies, file_ids, notices, reply_seqs,
            contents, topic_ids) with ordinality
            as t(conversation_id, sender_id, client_id, kind, body, file_id, notice, reply_to_seq, content, topic_id,
              place)
          left join conversations c on c.id = t.conversation_id
          left join participants p
            on p.conversation_id = t.conversation_id and p.person_id = t.sender_id and p.left_at is null
        ), seen as (
          select w.*, m.seq as old_seq, m.sent_at as old_sent_at,
            1 = row_number() over (partition by w.conversation_id, w.sender_id, w.client_id
              order by w.topic_state <> 'open', w.place) as is_first
          from wished w
          left join lateral (select m.seq, m.sent_at from messages m where m.conversation_id = w.conversation_id
            and m.sender_id = w.sender_id and m.client_id = w.client_id limit 1) m on true
          where w.may_speak and not w.is_held
        ), numbered as materialized (
          select s.*, old_seq is null and is_first and topic_state = 'open' as is_new,
            last_seq + count(*) filter (where old_seq is null and is_first and topic_state = 'open')
              over (partition by conversation_id order by place) as new_seq,
            count(*) filter (where old_seq is null and is_first and topic_state = 'open')
              over (partition by conversation_id, sender_id order by place) as own_count
          from seen s
        ), inserted as (
          insert into messages
            (conversation_id, seq, company_id, sender_id, client_id, kind, body, file_id, notice, reply_to_seq, content,
            topic_id, sent_at)
          select conversation_id, new_seq, company_id, sender_id, client_id, kind, body, file_id, notice::jsonb,
            reply_to_seq, content::jsonb, topic_id, said_at
          from numbered where is_new
        ), headed as (
          update conversations c
          set last_seq = n.top, last_active_at = said_at, changed_xid = pg_current_xact_id()
          from (select conversation_id, max(new_seq) as top from numbered where is_new group by conversation_id) n
          where c.id = n.conversation_id
        ), marked as (
          update participants p set read_seq = n.top, changed_xid = pg_current_xact_id()
          from (select conversation_id, sender_id, max(new_seq) as top from numbered
            where is_new and (not is_apart or own_read_seq >= last_seq and own_count = new_seq - last_seq)
            group by conversation_id, sender_id order by conversation_id, sender_id) n
          where p.conversation_id = n.conversation_id and p.person_id = n.sender_id and p.read_seq < n.top
        )
        select n.place, case when n.is_new then 'new' when n.old_seq is null and n.topic_state <> 'open'
            then n.topic_state else 'repeated' end,
          coalesce(n.old_seq, first_value(n.new_seq)
            over (partition by n.conversation_id, n.sender_id, n.client_id
              order by n.topic_state <> 'open', n.place)),
          coalesce(n.old_sent_at, said_at)
        from numbered n
        union all
        select w.place, case when w.is_held then 'held' else 'refused' end, null, null
        from wished w where w.is_held or not w.may_speak;
      end $$""",
]
