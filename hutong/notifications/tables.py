from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Table, Text, Time

from hutong.core.tables import metadata

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
