from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, DateTime, ForeignKey, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from hutong.core.tables import metadata

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
