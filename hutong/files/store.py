"""All SQL of the files room."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from hutong.core.db import Row, Tx
from hutong.core.errors import NotFound
from hutong.files import uploading
from hutong.files.filestore import key_of
from hutong.files.model import PICTURE_TYPES, File, Part, StoredFile, file_out
from hutong.files.uploading import OfContacts, Upload

_COLUMNS = "id, company_id, owner_id, sha256, size, media_type, name, width, height, duration_ms, shown_as"


async def insert_file(tx: Tx, file: StoredFile, created_at: datetime) -> None:
    await tx.execute(
        f"insert into files ({_COLUMNS}, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        file.id, file.company_id, file.owner_id, file.sha256, file.size, file.media_type, file.name, file.width,
        file.height, file.duration_ms, file.shown_as, created_at,
    )  # fmt: skip


async def get_file(tx: Tx, company_id: int, file_id: int) -> StoredFile:
    """Raises NotFound, also for another company's. Whether the reader may have it is for the caller to know."""
    row = await tx.fetchrow(f"select {_COLUMNS} from files where id = $1 and company_id = $2", file_id, company_id)
    if row is None:
        raise NotFound
    return _stored(row)


async def list_files(tx: Tx, company_id: int, file_ids: Sequence[int]) -> dict[int, File]:
    """Those of the files that are there, as clients see them."""
    if not file_ids:
        return {}
    rows = await tx.fetch(
        f"select {_COLUMNS} from files where id = any($1) and company_id = $2", list(file_ids), company_id
    )
    return {row["id"]: file_out(_stored(row)) for row in rows}


async def mark_used(
    tx: Tx, company_id: int, owner_id: int, file_id: int, *, now: datetime, unused_since: datetime
) -> StoredFile | None:
    """None when there is no such file of this owner, or when the sweep may be about to take it."""
    row = await tx.fetchrow(
        "update files set used_at = coalesce(used_at, $4)"
        " where id = $1 and company_id = $2 and owner_id = $3 and (used_at is not null or created_at > $5)"
        f" returning {_COLUMNS}",
        file_id, company_id, owner_id, now, unused_since,
    )  # fmt: skip
    return _stored(row) if row else None


async def delete_unused(tx: Tx, unused_since: datetime, limit: int) -> list[int]:
    """Rows of uploads that nobody used. Skips what another sweep holds."""
    rows = await tx.fetch(
        "delete from files where id in (select id from files where used_at is null and created_at <= $1"
        " order by created_at limit $2 for update skip locked) returning id",
        unused_since, limit,
    )  # fmt: skip
    return [row["id"] for row in rows]


async def delete_files(tx: Tx, file_ids: Sequence[int]) -> None:
    await tx.execute("delete from files where id = any($1::bigint[])", list(file_ids))


async def list_known(tx: Tx, file_ids: Sequence[int]) -> set[int]:
    return {row["id"] for row in await tx.fetch("select id from files where id = any($1)", list(file_ids))}


async def list_keys(tx: Tx) -> list[tuple[str, bool]]:
    """The store's keys of all files of every company, and whether a message uses each: for the operator's backup."""
    rows = await tx.fetch(
        "select id, media_type = any($1) as has_thumbnail, used_at is not null as is_used from files order by id",
        list(PICTURE_TYPES),
    )
    parts: tuple[tuple[Part, str], ...] = (("bytes", "id"), ("thumbnail", "has_thumbnail"))
    return [(key_of(row["id"], part), row["is_used"]) for row in rows for part, there in parts if row[there]]


# -- uploads in pieces ---------------------------------------------------------------------------------------------

_UPLOAD = "id, company_id, owner_id, of_contact, client_id, size, received, name, touched_at, file_id"


async def lock_uploads(tx: Tx, owner_id: int) -> None:
    """Until the transaction ends nobody else begins an upload of this person's: two at once would count alike."""
    await tx.execute("select pg_advisory_xact_lock(hashtextextended('uploads', $1))", owner_id)


async def count_unfinished(tx: Tx, owner_id: int) -> int:
    count: int = await tx.fetchval("select count(*) from uploads where owner_id = $1 and file_id is null", owner_id)
    return count


async def sum_awaited(tx: Tx) -> int:
    """How many bytes members announced that have not come."""
    awaited: int = await tx.fetchval(
        "select coalesce(sum(size - received), 0)::bigint from uploads where file_id is null and not of_contact"
    )
    return awaited


async def sum_of_contacts(tx: Tx, since: datetime, *, with_finished: bool) -> OfContacts:
    """Of what never began to come nothing is counted."""
    row = await tx.fetchrow(
        "select coalesce(sum(received), 0)::bigint as held,"
        " coalesce(sum(least(size - received, $2)) filter (where file_id is null), 0)::bigint as ahead"
        " from uploads where of_contact and received > 0 and touched_at > $1 and (file_id is null or $3)",
        since, uploading.CONTACT_AHEAD_BYTES, with_finished,
    )  # fmt: skip
    assert row is not None
    return OfContacts(row["held"], row["ahead"])


async def sum_sent(tx: Tx, owner_id: int, since: datetime) -> int:
    """A person's bytes: the files since then, and what has come of others."""
    sent: int = await tx.fetchval(
        "select ((select coalesce(sum(size), 0) from files where owner_id = $1 and created_at > $2)"
        " + (select coalesce(sum(received), 0) from uploads where owner_id = $1 and file_id is null))::bigint",
        owner_id, since,
    )  # fmt: skip
    return sent


async def find_begun(tx: Tx, owner_id: int, client_id: UUID) -> Upload | None:
    """However old."""
    row = await tx.fetchrow(
        f"select {_UPLOAD} from uploads where owner_id = $1 and client_id = $2", owner_id, client_id
    )
    return Upload(**dict(row)) if row else None


async def find_silent(tx: Tx, owner_id: int, touched_before: datetime) -> int | None:
    """The unfinished one on which nothing came for the longest time."""
    found: int | None = await tx.fetchval(
        "select id from uploads where owner_id = $1 and file_id is null and touched_at <= $2"
        " order by touched_at, id limit 1",
        owner_id, touched_before,
    )  # fmt: skip
    return found


async def insert_upload(tx: Tx, upload: Upload) -> None:
    await tx.execute(
        f"insert into uploads ({_UPLOAD}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        upload.id, upload.company_id, upload.owner_id, upload.of_contact, upload.client_id, upload.size,
        upload.received, upload.name, upload.touched_at, upload.file_id,
    )  # fmt: skip


async def get_upload(tx: Tx, owner_id: int, upload_id: int, touched_since: datetime) -> Upload:
    """Raises NotFound."""
    row = await tx.fetchrow(
        f"select {_UPLOAD} from uploads where id = $1 and owner_id = $2 and touched_at > $3",
        upload_id, owner_id, touched_since,
    )  # fmt: skip
    if row is None:
        raise NotFound
    return Upload(**dict(row))


async def mark_received(tx: Tx, upload_id: int, before: int, received: int, now: datetime) -> bool:
    """False when the upload is gone, or not where the writer left it."""
    changed = await tx.execute(
        "update uploads set received = $3, touched_at = $4 where id = $1 and received = $2 and file_id is null",
        upload_id, before, received, now,
    )  # fmt: skip
    return changed == 1


async def mark_finished(tx: Tx, upload_id: int, file_id: int) -> bool:
    return (
        await tx.execute("update uploads set file_id = $2 where id = $1 and file_id is null", upload_id, file_id) == 1
    )


async def delete_upload(tx: Tx, upload_id: int) -> None:
    """One that has become a file stays: it is counted for a day."""
    await tx.execute("delete from uploads where id = $1 and file_id is null", upload_id)


async def forget_begun(tx: Tx, upload_id: int) -> None:
    """One that has expired, finished or not, before the sweep comes to it."""
    await tx.execute("delete from uploads where id = $1", upload_id)


async def delete_expired_uploads(tx: Tx, touched_since: datetime) -> list[int]:
    rows = await tx.fetch("delete from uploads where touched_at <= $1 returning id", touched_since)
    return [row["id"] for row in rows]


def _stored(row: Row) -> StoredFile:
    return StoredFile(**dict(row))
