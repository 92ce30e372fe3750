"""What is said, and what becomes of it."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID

from hutong.core.tables import metadata

messages = Table(
    "messages",
    metadata,
    Column("conversation_id", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("company_id", BigInteger, nullable=False),
    Column("sender_id", BigInteger, nullable=False),
    Column("client_id", UUID(as_uuid=True), nullable=False),
    Column(
        "kind",
        Text,
        CheckConstraint(
            "kind in ('text', 'image', 'file', 'voice', 'card', 'location', 'merged', 'notice')", name="kind"
        ),
        nullable=False,
    ),
    Column("body", Text, nullable=False),
    Column("file_id", BigInteger),
    Column("notice", JSONB),
    Column("sent_at", DateTime(timezone=True), nullable=False),
    Column("reply_to_seq", BigInteger),
    # What it holds beside its words: content.py.
    Column("content", JSONB),
    # The conversation's count of changes at this message's last one; 0: as it was said.
    Column("revision", BigInteger, nullable=False, server_default="0"),
    Column("edited_at", DateTime(timezone=True)),
    Column("recalled_at", DateTime(timezone=True)),
    # What it is said about, in a group that talks about several things: conversations.py.
    Column("topic_id", BigInteger),
    UniqueConstraint("conversation_id", "sender_id", "client_id"),
    Index("messages_file_idx", "conversation_id", "file_id", postgresql_where="file_id is not null"),
    Index("messages_card_idx", "conversation_id", "seq", postgresql_where="kind = 'card'"),
    Index("messages_merged_idx", "conversation_id", "seq", postgresql_where="kind = 'merged'"),
    # What a conversation's page of pictures, files and links looks up.
    Index(
        "messages_shared_idx",
        "conversation_id",
        "kind",
        "seq",
        postgresql_where="kind in ('image', 'file') and recalled_at is null",
    ),
    Index(
        "messages_links_idx",
        "conversation_id",
        "seq",
        postgresql_where="kind = 'text' and (body like '%http%' or body like '%www.%')",
    ),
    Index("messages_topic_idx", "conversation_id", "topic_id", "seq", postgresql_where="topic_id is not null"),
    Index("messages_file_id_idx", "file_id", postgresql_where="file_id is not null"),
    Index(
        "messages_bundle_idx",
        text("((content -> 'merged'::text) ->> 'bundle_id'::text)::bigint"),
        postgresql_where="kind = 'merged'",
    ),
    Index("messages_revision_idx", "conversation_id", "revision", postgresql_where="revision > 0"),
)

# The words before each edit; `revision` is that of the edit, `said_at` when these words were said.
message_versions = Table(
    "message_versions",
    metadata,
    Column("conversation_id", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("revision", BigInteger, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    Column("said_at", DateTime(timezone=True), nullable=False),
)

message_reactions = Table(
    "message_reactions",
    metadata,
    Column("conversation_id", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("emoji", Text, primary_key=True),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("reacted_at", DateTime(timezone=True), nullable=False),
)

# Put up for all in the conversation.
message_pins = Table(
    "message_pins",
    metadata,
    Column("conversation_id", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("by_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("pinned_at", DateTime(timezone=True), nullable=False),
)

# `person_id` 0 calls on everybody in the conversation. Looked up by who is called on, so it comes first.
message_mentions = Table(
    "message_mentions",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("conversation_id", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
)

# Messages that were forwarded as one, as they stood then; never changed. Whoever may read a message that carries the
# bundle may read it, what it contains, and their files.
bundles = Table(
    "bundles",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("company_id", BigInteger, ForeignKey("companies.id"), nullable=False),
    # Who forwarded them with which client id: a repetition finds what is there.
    Column("unique_key", Text, nullable=False),
    Column("items", JSONB, nullable=False),
    # At any depth, so that one look answers who may read.
    Column("bundle_ids", ARRAY(BigInteger), nullable=False),
    Column("file_ids", ARRAY(BigInteger), nullable=False),
    UniqueConstraint("company_id", "unique_key"),
    Index("bundles_file_ids_idx", "file_ids", postgresql_using="gin"),
    Index("bundles_bundle_ids_idx", "bundle_ids", postgresql_using="gin"),
)

heard_voices = Table(
    "heard_voices",
    metadata,
    Column("person_id", BigInteger, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("conversation_id", BigInteger, ForeignKey("conversations.id"), primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("heard_at", DateTime(timezone=True), nullable=False),
    Index("heard_voices_conversation_id_idx", "conversation_id", "seq"),
)

# Who was asked to look at a message now; once each. `is_pushed`: those who reach people by other ways have it.
nudges = Table(
    "nudges",
    metadata,
    Column("conversation_id", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("company_id", BigInteger, ForeignKey("companies.id"), nullable=False),
    Column("by_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("nudged_at", DateTime(timezone=True), nullable=False),
    Column("confirmed_at", DateTime(timezone=True)),
    Column("is_pushed", Boolean, nullable=False),
    Index("nudges_waiting_idx", "person_id", "nudged_at", postgresql_where=text("confirmed_at is null")),
    Index("nudges_by_id_idx", "by_id", "nudged_at"),
    Index("nudges_unpushed_idx", "nudged_at", postgresql_where=text("not is_pushed")),
)

# What pages said of themselves when somebody of the company linked to them. "asked": somebody asks now, and if not by
# `expires_at`, they were cut off; until then the others hold with what is here, also with that there is nothing.
link_previews = Table(
    "link_previews",
    metadata,
    Column("company_id", BigInteger, ForeignKey("companies.id"), primary_key=True, autoincrement=False),
    Column("url", Text, primary_key=True),
    Column("state", Text, CheckConstraint("state in ('asked', 'found', 'nothing')", name="state"), nullable=False),
    Column("preview", JSONB),
    Column("picture_id", BigInteger, ForeignKey("files.id")),
    Column("expires_at", DateTime(timezone=True), nullable=False),
)

# A company that never switched anything has no row: previews are on.
link_preview_settings = Table(
    "link_preview_settings",
    metadata,
    Column("company_id", BigInteger, ForeignKey("companies.id"), primary_key=True, autoincrement=False),
    Column("is_on", Boolean, nullable=False),
)
