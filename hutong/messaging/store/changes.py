"""What happens to messages after they were said. Every write here stands under the conversation's lock."""

from collections.abc import Sequence
from datetime import datetime

from hutong.core.db import Row, Tx


async def find_said(tx: Tx, conversation_id: int, seq: int) -> Row | None:
    return await tx.fetchrow(
        "select seq, sender_id, kind, body, sent_at, edited_at, recalled_at, topic_id from messages"
        " where conversation_id = $1 and seq = $2 and kind <> 'notice'",
        conversation_id, seq,
    )  # fmt: skip


async def next_revision(tx: Tx, conversation_id: int) -> int:
    revision: int = await tx.fetchval(
        "update conversations set last_revision = last_revision + 1, changed_xid = pg_current_xact_id()"
        " where id = $1 returning last_revision",
        conversation_id,
    )
    return revision


async def touch_message(tx: Tx, conversation_id: int, seq: int, revision: int) -> None:
    await tx.execute(
        "update messages set revision = $3 where conversation_id = $1 and seq = $2", conversation_id, seq, revision
    )


async def replace_text(tx: Tx, conversation_id: int, seq: int, revision: int, body: str, now: datetime) -> None:
    """The words that were are kept as a version, with the time at which they were said."""
    await tx.execute(
        "insert into message_versions (conversation_id, seq, revision, body, said_at)"
        " select conversation_id, seq, $3, body, coalesce(edited_at, sent_at) from messages"
        " where conversation_id = $1 and seq = $2",
        conversation_id, seq, revision,
    )  # fmt: skip
    await tx.execute(
        "update messages set body = $4, edited_at = $5, revision = $3 where conversation_id = $1 and seq = $2",
        conversation_id, seq, revision, body, now,
    )  # fmt: skip


async def recall_message(tx: Tx, conversation_id: int, seq: int, revision: int, now: datetime) -> None:
    """The place stays. Words, former words, reactions and a pin are gone for good; the file belongs to no message any
    more."""
    for table in ("message_versions", "message_reactions", "message_pins"):
        await tx.execute(f"delete from {table} where conversation_id = $1 and seq = $2", conversation_id, seq)
    await tx.execute(
        "update messages set body = '', file_id = null, content = null, recalled_at = $4, revision = $3"
        " where conversation_id = $1 and seq = $2",
        conversation_id, seq, revision, now,
    )  # fmt: skip


async def list_versions(tx: Tx, conversation_id: int, seq: int) -> list[Row]:
    """(body, said_at) that edits replaced, the first first."""
    return await tx.fetch(
        "select body, said_at from message_versions where conversation_id = $1 and seq = $2 order by revision",
        conversation_id, seq,
    )  # fmt: skip


async def list_emoji(tx: Tx, conversation_id: int, seq: int) -> set[str]:
    rows = await tx.fetch(
        "select distinct emoji from message_reactions where conversation_id = $1 and seq = $2", conversation_id, seq
    )
    return {row["emoji"] for row in rows}


async def add_reaction(tx: Tx, conversation_id: int, seq: int, emoji: str, person_id: int, now: datetime) -> bool:
    """Whether it is new."""
    return bool(
        await tx.execute(
            "insert into message_reactions (conversation_id, seq, emoji, person_id, reacted_at)"
            " values ($1, $2, $3, $4, $5) on conflict do nothing",
            conversation_id, seq, emoji, person_id, now,
        )
    )  # fmt: skip


async def remove_reaction(tx: Tx, conversation_id: int, seq: int, emoji: str, person_id: int) -> bool:
    """Whether it was there."""
    return bool(
        await tx.execute(
            "delete from message_reactions where conversation_id = $1 and seq = $2 and emoji = $3 and person_id = $4",
            conversation_id, seq, emoji, person_id,
        )
    )  # fmt: skip


async def list_reactions(tx: Tx, keys: Sequence[tuple[int, int]], most: int) -> list[Row]:
    """(conversation_id, seq, emoji, count, person_ids: the first `most`), the emoji that came first first."""
    return await tx.fetch(
        "select r.conversation_id, r.seq, r.emoji, count(*) as count,"
        " (array_agg(r.person_id order by r.reacted_at, r.person_id))[1:$3] as person_ids"
        " from unnest($1::bigint[], $2::bigint[]) k(conversation_id, seq)"
        " join message_reactions r on r.conversation_id = k.conversation_id and r.seq = k.seq"
        " group by 1, 2, 3 order by 1, 2, min(r.reacted_at), 3",
        [key[0] for key in keys], [key[1] for key in keys], most,
    ) if keys else []  # fmt: skip
