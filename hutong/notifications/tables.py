from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    Time,
)

from hutong.core.tables import Xid8, metadata

# Who never chose anything has no row. The quiet hours are all there or not at all.
notification_settings = Table(
    "notification_settings",
    metadata,
    Column("person_id", BigInteger, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("has_sound", Boolean, nullable=False),
    Column("shows_text", Boolean, nullable=False),
    Column("quiet_begins", Time),
    Column("quiet_ends", Time),
    Column("time_zone", Text),
)

# The one key by which push services know this network; made when it is first needed.
push_keys = Table(
    "push_keys",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="id"), primary_key=True, autoincrement=False),
    Column("private_key", LargeBinary, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
)

# A browser that can be reached while nobody looks. It is its session's: whoever signs out takes it along.
push_subscriptions = Table(
    "push_subscriptions",
    metadata,
    Column(
        "session_id", BigInteger, ForeignKey("sessions.id", ondelete="cascade"), primary_key=True, autoincrement=False
    ),
    Column("company_id", BigInteger, nullable=False),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("endpoint", Text, nullable=False, unique=True),
    Column("p256dh", LargeBinary, nullable=False),
    Column("auth", LargeBinary, nullable=False),
    Column("language", Text, nullable=False),
    # In a row; the next attempt is made after `rests_until`.
    Column("failures", Integer, nullable=False),
    Column("rests_until", DateTime(timezone=True), nullable=False),
    Column("subscribed_at", DateTime(timezone=True), nullable=False),
    Index("push_subscriptions_person_id_idx", "person_id"),
)

# What a browser is to be told of a conversation: up to `seq`, said at `said_at`; it was told up to `pushed_seq`.
# Whoever sends takes a row by moving `due_at` on: it comes due again should they die of it.
pushes = Table(
    "pushes",
    metadata,
    Column(
        "session_id",
        BigInteger,
        ForeignKey("push_subscriptions.session_id", ondelete="cascade"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("conversation_id", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False),
    Column("pushed_seq", BigInteger, nullable=False),
    Column("said_at", DateTime(timezone=True), nullable=False),
    Column("due_at", DateTime(timezone=True), nullable=False),
    Index("pushes_due_at_idx", "due_at", postgresql_where="pushed_seq < seq"),
)

# Nudges that a browser is to be told of, whatever its person turned down; gone when it was. Taken like pushes.
nudge_pushes = Table(
    "nudge_pushes",
    metadata,
    Column(
        "session_id",
        BigInteger,
        ForeignKey("push_subscriptions.session_id", ondelete="cascade"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("conversation_id", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("said_at", DateTime(timezone=True), nullable=False),
    Column("due_at", DateTime(timezone=True), nullable=False),
    Index("nudge_pushes_due_at_idx", "due_at"),
)

# Everything that was said in transactions before this one has been looked at.
push_positions = Table(
    "push_positions",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="id"), primary_key=True, autoincrement=False),
    Column("xid", Xid8, nullable=False),
)

# Who wants to be told by mail or text message of what stays unread for so long; everything said up to `told_until` was
# told, or lay there before. Whoever sends takes a row by moving `due_at` on.
digests = Table(
    "digests",
    metadata,
    Column("person_id", BigInteger, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("carrier", Text, CheckConstraint("carrier in ('mail', 'sms')", name="carrier"), nullable=False),
    Column("after_minutes", Integer, nullable=False),
    Column("language", Text, nullable=False),
    Column("told_until", DateTime(timezone=True), nullable=False),
    Column("due_at", DateTime(timezone=True), nullable=False),
    Column("failures", Integer, nullable=False),
    Index("digests_due_at_idx", "due_at"),
)
