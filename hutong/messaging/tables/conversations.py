"""Who talks where, and what holds there."""

from sqlalchemy import (
    BigInteger,
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
from sqlalchemy.dialects.postgresql import ARRAY, UUID

from hutong.core.tables import Xid8, metadata

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

# What is talked about in a group, apart from the rest of it. A message names its topic (`messages.topic_id`); how many
# they are, and the last of them, are looked up there, so that saying something writes nothing here.
topics = Table(
    "topics",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("company_id", BigInteger, ForeignKey("companies.id"), nullable=False),
    Column("conversation_id", BigInteger, ForeignKey("conversations.id"), nullable=False),
    Column("name", Text, nullable=False),
    # The name as names are compared: of those that are open, each is another one.
    Column("name_key", Text, nullable=False),
    Column("opened_by_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("opened_at", DateTime(timezone=True), nullable=False),
    Column("client_id", UUID(as_uuid=True), nullable=False),
    Column("closed_by_id", BigInteger, ForeignKey("people.id")),
    Column("closed_at", DateTime(timezone=True)),
    Column("revision", BigInteger, nullable=False),
    UniqueConstraint("conversation_id", "opened_by_id", "client_id"),
    Index("topics_open_idx", "conversation_id", "name_key", unique=True, postgresql_where="closed_at is null"),
    Index("topics_closed_idx", "conversation_id", "closed_at", "id", postgresql_where="closed_at is not null"),
)
