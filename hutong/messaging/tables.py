from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID

from hutong.core.tables import Xid8, metadata
from hutong.messaging import tables_heard, tables_later  # noqa: F401  what was heard, comes later or goes away: there

conversations = Table(
    "conversations",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("company_id", BigInteger, ForeignKey("companies.id"), nullable=False),
    Column(
        "kind",
        Text,
        CheckConstraint("kind in ('direct', 'group', 'customer', 'channel')", name="kind"),
        nullable=False,
    ),
    Column("name", Text),
    Column("owner_id", BigInteger, ForeignKey("people.id")),
    # Two people have one direct conversation, however often it is asked for: "low:high" of their ids.
    # A group asked for twice with one client id is one group: "creator:client_id".
    Column("unique_key", Text),
    Column("participant_count", Integer, nullable=False),
    Column("last_seq", BigInteger, nullable=False),
    # The first place that is left: what was said before is older than the company keeps it.
    Column("first_seq", BigInteger, nullable=False, server_default="1"),
    # How often something said here was changed afterwards.
    Column("last_revision", BigInteger, nullable=False, server_default="0"),
    Column("last_active_at", DateTime(timezone=True), nullable=False),
    Column("changed_xid", Xid8, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("company_id", "unique_key"),
    # Half-empty pages, and no index on what a send writes: every send is a HOT update.
    postgresql_with={"fillfactor": "50"},
)

participants = Table(
    "participants",
    metadata,
    Column("conversation_id", BigInteger, ForeignKey("conversations.id"), primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("joined_at", DateTime(timezone=True), nullable=False),
    # What was said up to here is not theirs to read.
    Column("joined_seq", BigInteger, nullable=False),
    Column("read_seq", BigInteger, nullable=False),
    Column("left_at", DateTime(timezone=True)),
    Column("changed_xid", Xid8, nullable=False),
    Index("participants_person_id_idx", "person_id"),
    # The first to join are the faces of a conversation, were it one of 10,000.
    Index("participants_joined_idx", "conversation_id", "joined_at", "person_id", postgresql_where="left_at is null"),
    # Room on each page, and no index on what a read mark writes: moving one is a HOT update.
    postgresql_with={"fillfactor": "80"},
)

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
    # What it is said about, in a group that talks about several things: topic_tables.py.
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

# `person_id` 0 calls on everybody in the conversation. Looked up by who is called on, so it comes first.
message_mentions = Table(
    "message_mentions",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("conversation_id", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
)

# Whom a channel is for: a department with everything below it, or (null) everybody. Those who may publish are its
# participants.
channel_audiences = Table(
    "channel_audiences",
    metadata,
    Column("company_id", BigInteger, nullable=False),
    Column("conversation_id", BigInteger, ForeignKey("conversations.id"), nullable=False),
    Column("department_id", BigInteger, ForeignKey("departments.id")),
    # No longer part of the rule; kept, so that who comes back later learns that the channel is theirs no more.
    Column("ended_xid", Xid8),
    UniqueConstraint("conversation_id", "department_id", postgresql_nulls_not_distinct=True),
    Index("channel_audiences_company_id_department_id_idx", "company_id", "department_id"),
    Index("channel_audiences_department_id_idx", "department_id"),
)

# Rows of those who read, of nobody else. Publishers have their mark as participants.
channel_readers = Table(
    "channel_readers",
    metadata,
    Column("conversation_id", BigInteger, ForeignKey("conversations.id"), primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("read_seq", BigInteger, nullable=False),
    Column("read_at", DateTime(timezone=True), nullable=False),
    Column("changed_xid", Xid8, nullable=False),
    Index("channel_readers_person_id_idx", "person_id"),
)

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

# What a person keeps for themself. Also of those who hear a channel by rule; of nobody who never changed anything.
conversation_settings = Table(
    "conversation_settings",
    metadata,
    Column("person_id", BigInteger, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("conversation_id", BigInteger, ForeignKey("conversations.id"), primary_key=True, autoincrement=False),
    Column("is_muted", Boolean, nullable=False),
    Column("is_pinned", Boolean, nullable=False),
    # Archived as long as nothing was said after this, or it is muted.
    Column("archived_seq", BigInteger),
    Column("is_marked_unread", Boolean, nullable=False),
    # Up to which of the group's notices this person has looked.
    Column("seen_notice_seq", BigInteger, nullable=False, server_default="0"),
    Column("revision", BigInteger, nullable=False),
    Column("changed_xid", Xid8, nullable=False),
)

# What is half-written; empty once it is sent or deleted.
# Messages that a person keeps for themselves. Who may not read one any more is not shown it.
stars = Table(
    "stars",
    metadata,
    Column("person_id", BigInteger, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("conversation_id", BigInteger, ForeignKey("conversations.id"), primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("starred_at", DateTime(timezone=True), nullable=False),
    Index("stars_conversation_id_idx", "conversation_id", "seq"),
    Index("stars_starred_at_idx", "person_id", "starred_at", "conversation_id", "seq"),
)
drafts = Table(
    "drafts",
    metadata,
    Column("person_id", BigInteger, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("conversation_id", BigInteger, ForeignKey("conversations.id"), primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    Column("reply_to_seq", BigInteger),
    Column("mentions", JSONB),
    Column("typed_at", DateTime(timezone=True), nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("changed_xid", Xid8, nullable=False),
    postgresql_with={"fillfactor": "50"},
)

# How a group governs itself. A group that never changed anything has no row, and is as `governing.AS_BEGUN`.
groups = Table(
    "groups",
    metadata,
    Column("conversation_id", BigInteger, ForeignKey("conversations.id"), primary_key=True, autoincrement=False),
    Column("revision", BigInteger, nullable=False),
    # Participants all of them: who leaves, or becomes the owner, is none any more.
    Column("deputy_ids", ARRAY(BigInteger), nullable=False),
    Column(
        "who_invites",
        Text,
        CheckConstraint("who_invites in ('everybody', 'approval', 'managers')", name="who_invites"),
        nullable=False,
    ),
    Column(
        "who_mentions_all",
        Text,
        CheckConstraint("who_mentions_all in ('everybody', 'managers')", name="who_mentions_all"),
        nullable=False,
    ),
    Column(
        "who_edits", Text, CheckConstraint("who_edits in ('everybody', 'managers')", name="who_edits"), nullable=False
    ),
    Column(
        "who_pins",
        Text,
        CheckConstraint("who_pins in ('everybody', 'managers')", name="who_pins"),
        nullable=False,
        server_default="everybody",
    ),
    # What the group has to tell; null where it has nothing. `notice_seq` is the message that told of it.
    Column("notice_text", Text),
    Column("notice_seq", BigInteger),
    Column("notice_by_id", BigInteger, ForeignKey("people.id")),
    Column("notice_at", DateTime(timezone=True)),
)

# Who was proposed for a group by somebody who may not let them in; kept with how it was decided.
join_requests = Table(
    "join_requests",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("company_id", BigInteger, ForeignKey("companies.id"), nullable=False),
    Column("conversation_id", BigInteger, ForeignKey("conversations.id"), nullable=False),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("by_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column(
        "state",
        Text,
        CheckConstraint("state in ('waiting', 'accepted', 'refused', 'lapsed')", name="state"),
        nullable=False,
    ),
    Column("decided_by_id", BigInteger, ForeignKey("people.id")),
    Column("decided_at", DateTime(timezone=True)),
    # Whoever waits already is not asked for again.
    Index(
        "join_requests_waiting_idx",
        "conversation_id",
        "person_id",
        unique=True,
        postgresql_where=text("state = 'waiting'"),
    ),
    Index("join_requests_asked_at_idx", "company_id", "asked_at", "id", postgresql_where=text("state = 'waiting'")),
)
