"""How groups govern themselves. Every write here stands under the conversation's lock."""

from collections.abc import Sequence

from hutong.core.db import Row, Tx
from hutong.messaging.governing import AS_BEGUN, Group

_COLUMNS = "revision, deputy_ids, who_invites, who_mentions_all, who_edits"


async def find_group(tx: Tx, conversation_id: int) -> Group:
    return (await list_groups(tx, [conversation_id])).get(conversation_id, AS_BEGUN)


async def list_groups(tx: Tx, conversation_ids: Sequence[int]) -> dict[int, Group]:
    """Those that are not as they began."""
    if not conversation_ids:
        return {}
    rows = await tx.fetch(
        f"select conversation_id, {_COLUMNS} from groups where conversation_id = any($1::bigint[])",
        list(conversation_ids),
    )
    return {row["conversation_id"]: _group(row) for row in rows}


async def save_group(tx: Tx, conversation_id: int, group: Group) -> Group:
    """The group as it is now, with its new revision."""
    row = await tx.fetchrow(
        f"insert into groups (conversation_id, {_COLUMNS}) values ($1, 1, $2, $3, $4, $5)"
        " on conflict (conversation_id) do update set revision = groups.revision + 1,"
        "   deputy_ids = excluded.deputy_ids, who_invites = excluded.who_invites,"
        "   who_mentions_all = excluded.who_mentions_all, who_edits = excluded.who_edits"
        f" returning {_COLUMNS}",
        conversation_id, [int(id_) for id_ in group.deputy_ids], group.who_invites, group.who_mentions_all,
        group.who_edits,
    )  # fmt: skip
    assert row is not None
    # For whoever catches up.
    await tx.execute("update conversations set changed_xid = pg_current_xact_id() where id = $1", conversation_id)
    return _group(row)


def _group(row: Row) -> Group:
    return Group(
        revision=row["revision"],
        deputy_ids=[str(id_) for id_ in row["deputy_ids"]],
        who_invites=row["who_invites"],
        who_mentions_all=row["who_mentions_all"],
        who_edits=row["who_edits"],
    )
