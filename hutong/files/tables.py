from sqlalchemy import BigInteger, Boolean, Column, DateTime, ForeignKey, Index, Integer, LargeBinary, Table, Text, Uuid

from hutong.core.tables import metadata

files = Table(
    "files",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("company_id", BigInteger, ForeignKey("companies.id"), nullable=False),
    Column("owner_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("sha256", LargeBinary, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("width", Integer),
    Column("height", Integer),
    # Of sound and video, where it is known.
    Column("duration_ms", Integer),
    # video, sound, pdf; null for pictures and for what is only saved.
    Column("shown_as", Text),
    Column("created_at", DateTime(timezone=True), nullable=False),
    # When a message first carried it; null: an upload that may still be removed.
    Column("used_at", DateTime(timezone=True)),
    Index("files_unused_idx", "created_at", postgresql_where="used_at is null"),
    # How much a person sent within a day.
    Index("files_owner_id_created_at_idx", "owner_id", "created_at"),
)

# Files that come in pieces. Their bytes wait in DATA/incoming until all are there.
uploads = Table(
    "uploads",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("company_id", BigInteger, ForeignKey("companies.id"), nullable=False),
    Column("owner_id", BigInteger, ForeignKey("people.id"), nullable=False),
    # What customers send is bounded by what all of them send.
    Column("of_contact", Boolean, nullable=False),
    # Made by the sender once for each upload, so that beginning it again gives the same one.
    Column("client_id", Uuid),
    Column("size", BigInteger, nullable=False),
    # So many are synced to the disk.
    Column("received", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("touched_at", DateTime(timezone=True), nullable=False),
    # What was made of it: whoever did not hear the answer asks again.
    Column("file_id", BigInteger, ForeignKey("files.id", ondelete="CASCADE")),
    Index("uploads_owner_id_client_id_key", "owner_id", "client_id", unique=True),
    Index("uploads_of_contacts_idx", "touched_at", postgresql_where="of_contact and received > 0"),
    Index("uploads_touched_at_idx", "touched_at"),
    Index("uploads_file_id_idx", "file_id", postgresql_where="file_id is not null"),
)
