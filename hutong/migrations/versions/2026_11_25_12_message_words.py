"""the words of messages, for finding them, and how far each conversation's are there"""

from alembic import op

revision = "2026_11_25_12"
down_revision = "2026_11_25_11"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for statement in STATEMENTS:
        op.execute(statement)


STATEMENTS = [
    # string_to_array with null gives the characters in one pass; substr would count from the start each time. Two
    # arrays read side by side give the pairs. What occurs twice stands twice: the index makes one of it, and faster.
    # Its cost is what it is, some thousand comparisons: the planner must prefer the index to calling it.
    # No character classes: they depend on the database's locale, and in C a Chinese character is no letter.
    """create function message_grams(words text) returns text[]
        language sql immutable parallel safe strict cost 5000 as $$
        select array_remove(string_to_array(words, null), ' ') || array(
            select one || other
            from unnest(string_to_array(words, null), (string_to_array(words, null))[2:]) pairs(one, other)
            where one <> ' ' and other <> ' ') $$""",
    """create table message_words (
        conversation_id bigint not null, seq bigint not null, company_id bigint not null, sender_id bigint not null,
        kind text not null, sent_at timestamptz not null, words text not null,
        primary key (conversation_id, seq))""",
    """create index message_words_sent_at_idx on message_words (company_id, sent_at, conversation_id, seq)""",
    """create index message_words_sender_id_idx
        on message_words (company_id, sender_id, sent_at, conversation_id, seq)""",
    "create index message_words_grams_idx on message_words using gin (message_grams(words))",
    """create table indexed_conversations (
        conversation_id bigint not null primary key, indexed_seq bigint not null,
        constraint indexed_conversations_conversation_id_fkey
            foreign key (conversation_id) references conversations (id))""",
]
