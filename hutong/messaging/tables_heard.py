"""Which spoken messages somebody has listened to."""

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Index, Table

from hutong.core.tables import metadata

heard_voices = Table(
    "heard_voices",
    metadata,
    Column("person_id", BigInteger, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("conversation_id", BigInteger, ForeignKey("conversations.id"), primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("heard_at", DateTime(timezone=True), nullable=False),
    Index("heard_voices_conversation_id_idx", "conversation_id", "seq"),
)
