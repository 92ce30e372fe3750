"""How groups govern themselves. Every write here stands under the conversation's lock."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import UNSET

from hutong.core.db import Row, Tx
from hutong.messaging.governing import AS_BEGUN, Group, GroupNotice

_COLUMNS = "revision, deputy_ids, who_invites, who_mentions_all, who_edits, who_pins"
# Its beginning is what everybody is told of it.
_TOLD = f"{_COLUMNS}, notice_seq, left(notice_text, 200) as notice_text"


async def find_group(tx: Tx, conversation_id: int) -> Group:
    return (await list_groups(tx, [conversation_id])).get(conversation_id, AS_BEGUN)


async def list_groups(tx: Tx, conversation_ids: Sequence[int]) -> dict[int, Group]:
    """Those that are not as they began."""
    if not conversation_ids:
        return {}
    rows = await tx.fetch(
        f"select conversation_id, {_TOLD} from groups where conversation_id = any($1::bigint[])",
        list(conversation_ids),
    )
    return {row["conversation_id"]: _group(row) for row in rows}


async def save_group(tx: Tx, conversation_id: int, group: Group) -> Group:
    """The group as it is now, with its new revision."""
    row = await tx.fetchrow(
        f"insert into groups (conversation_id, {_COLUMNS}) values ($1, 1, $2, $3, $4, $5, $6)"
        " on conflict (conversation_id) do update set revision = groups.revision + 1,"
        "   deputy_ids = excluded.deputy_ids, who_invites = excluded.who_invites,"
        "   who_mentions_all = excluded.who_mentions_all, who_edits = excluded.who_edits,"
        "   who_pins = excluded.who_pins"
        f" returning {_TOLD}",
        conversation_id, [int(id_) for id_ in group.deputy_ids], group.who_invites, group.who_mentions_all,
        group.who_edits, group.who_pins,
    )  # fmt: skip
    assert row is not None
    await _touch(tx, conversation_id)
    return _group(row)


async def save_notice(
    tx: Tx, conversation_id: int, *, text: str | None, seq: int | None, by_id: int | None, at: datetime | None
) -> Group:
    """The group as it is now, with its new revision. None: it has nothing to tell."""
    row = await tx.fetchrow(
        f"insert into groups (conversation_id, {_COLUMNS}, notice_text, notice_seq, notice_by_id, notice_at)"
        " values ($1, 1, '{}', $6, $7, $8, $9, $2, $3, $4, $5)"
        " on conflict (conversation_id) do update set revision = groups.revision + 1,"
        "   notice_text = excluded.notice_text, notice_seq = excluded.notice_seq,"
        "   notice_by_id = excluded.notice_by_id, notice_at = excluded.notice_at"
        f" returning {_TOLD}",
        conversation_id, text, seq, by_id, at, AS_BEGUN.who_invites, AS_BEGUN.who_mentions_all, AS_BEGUN.who_edits,
        AS_BEGUN.who_pins,
    )  # fmt: skip
    assert row is not None
    await _touch(tx, conversation_id)
    return _group(row)


async def find_notice(tx: Tx, conversation_id: int) -> Row | None:
    """(notice_seq, notice_text, notice_by_id, notice_at), if the group has something to tell."""
    return await tx.fetchrow(
        "select notice_seq, notice_text, notice_by_id, notice_at from groups"
        " where conversation_id = $1 and notice_text is not null",
        conversation_id,
    )


async def _touch(tx: Tx, conversation_id: int) -> None:
    """For whoever catches up."""
    await tx.execute("update conversations set changed_xid = pg_current_xact_id() where id = $1", conversation_id)


def _group(row: Row) -> Group:
    return Group(
        revision=row["revision"],
        deputy_ids=[str(id_) for id_ in row["deputy_ids"]],
        who_invites=row["who_invites"],
        who_mentions_all=row["who_mentions_all"],
        who_edits=row["who_edits"],
        who_pins=row["who_pins"],
        notice=GroupNotice(seq=row["notice_seq"], text=row["notice_text"]) if row["notice_text"] else UNSET,
    )
