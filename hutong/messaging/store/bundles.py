"""Messages that were forwarded as one."""

from collections.abc import Sequence

from hutong.core.db import Row, Tx


async def insert_bundle(
    tx: Tx, bundle_id: int, company_id: int, unique_key: str, items: str, bundle_ids: Sequence[int],
    file_ids: Sequence[int],
) -> int:  # fmt: skip
    """Its id; that of the first one under this key, if there is one."""
    inserted: int | None = await tx.fetchval(
        "insert into bundles (id, company_id, unique_key, items, bundle_ids, file_ids)"
        " values ($1, $2, $3, $4::text::jsonb, $5, $6) on conflict (company_id, unique_key) do nothing returning id",
        bundle_id, company_id, unique_key, items, list(bundle_ids), list(file_ids),
    )  # fmt: skip
    if inserted is not None:
        return inserted
    first: int = await tx.fetchval(
        "select id from bundles where company_id = $1 and unique_key = $2", company_id, unique_key
    )
    return first


async def list_bundles(tx: Tx, company_id: int, bundle_ids: Sequence[int]) -> list[Row]:
    """(id, bundle_ids, file_ids) each: what they contain at any depth."""
    return await tx.fetch(
        "select id, bundle_ids, file_ids from bundles where company_id = $1 and id = any($2::bigint[])",
        company_id, list(bundle_ids),
    )  # fmt: skip


# The bundles b that messages after $2 in the conversation $1 carry.
_CARRIED = (
    " from messages m join bundles b on b.id = (m.content->'merged'->>'bundle_id')::bigint"
    " where m.conversation_id = $1 and m.seq > $2 and m.kind = 'merged' and m.content is not null"
)


async def find_items(tx: Tx, conversation_id: int, after_seq: int, bundle_id: int) -> Row | None:
    """(items) of a bundle that a message after `after_seq` carries, be it inside another one."""
    return await tx.fetchrow(
        f"select items from bundles where id = $3 and exists (select{_CARRIED}"
        "  and (b.id = $3 or $3 = any(b.bundle_ids)))",
        conversation_id, after_seq, bundle_id,
    )  # fmt: skip


async def carries_file(tx: Tx, conversation_id: int, file_id: int, after_seq: int) -> bool:
    """Whether a file stands in a bundle that a message after `after_seq` carries."""
    return bool(
        await tx.fetchval(
            f"select exists (select{_CARRIED} and $3 = any(b.file_ids))", conversation_id, after_seq, file_id
        )
    )
