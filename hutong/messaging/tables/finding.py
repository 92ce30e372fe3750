"""How what was said is found."""

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Index, Table, Text, text

from hutong.core.tables import metadata

# The folded words of each message, written after its acknowledgement: an index, which can be made anew at any time.
message_words = Table(
    "message_words",
    metadata,
    Column("conversation_id", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("company_id", BigInteger, nullable=False),
    Column("sender_id", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("sent_at", DateTime(timezone=True), nullable=False),
    Column("words", Text, nullable=False),
    # The newest first: a frequent word is found at once.
    Index("message_words_sent_at_idx", "company_id", "sent_at", "conversation_id", "seq"),
    Index("message_words_sender_id_idx", "company_id", "sender_id", "sent_at", "conversation_id", "seq"),
    # All single characters and pairs: a rare word is found at once.
    Index("message_words_grams_idx", text("message_grams(words)"), postgresql_using="gin"),
)

# Up to where a conversation's words are in message_words. Its row is the lock of whoever writes there.
indexed_conversations = Table(
    "indexed_conversations",
    metadata,
    Column("conversation_id", BigInteger, ForeignKey("conversations.id"), primary_key=True, autoincrement=False),
    Column("indexed_seq", BigInteger, nullable=False),
)
