"""Half-written texts follow a person to their other devices. Of two typed apart, the later holds."""

from collections.abc import Sequence
from datetime import timedelta

import msgspec

from hutong.core import clock, live
from hutong.core.actor import Actor
from hutong.core.db import Row, Tx
from hutong.messaging import policy
from hutong.messaging.actions.messages import find_answered
from hutong.messaging.errors import NotPublisher
from hutong.messaging.events import DraftChanged
from hutong.messaging.keeping import DraftMentions, DraftWish, KeptDraft
from hutong.messaging.store import drafts


async def keep_draft(tx: Tx, actor: Actor, conversation_id: int, wish: DraftWish) -> KeptDraft:
    """The draft that holds now: this one, or one that was typed later on another device."""
    if (await policy.access_conversation(tx, actor, conversation_id))["is_by_rule"]:
        raise NotPublisher
    # How long ago by the device's own count: its clock may be wrong by hours, and is never asked.
    typed_at = clock.now() - timedelta(seconds=wish.age_seconds)
    row = await drafts.put_draft(
        tx, actor.person_id, conversation_id, wish.text, wish.reply_to_seq, wish.mentions, typed_at, wish.base_revision
    )
    if row is None:
        row = await drafts.get_draft(tx, actor.person_id, conversation_id)
        return (await _drafts_out(tx, actor, [row]))[0]
    (draft,) = await _drafts_out(tx, actor, [row])
    tx.tell(live.person_channel(actor.person_id), DraftChanged(draft=draft))
    return draft


async def list_drafts(tx: Tx, actor: Actor, since_xid: int | None) -> list[KeptDraft]:
    return await _drafts_out(tx, actor, await drafts.list_drafts(tx, actor.person_id, since_xid))


async def _drafts_out(tx: Tx, actor: Actor, rows: Sequence[Row]) -> list[KeptDraft]:
    """What each answers is shown as long as the person may read it."""
    quotes = await find_answered(tx, actor, rows)
    return [
        KeptDraft(
            conversation_id=str(row["conversation_id"]),
            text=row["body"],
            reply_to=quotes.get((row["conversation_id"], row["reply_to_seq"])),
            mentions=msgspec.convert(row["mentions"], DraftMentions) if row["mentions"] else None,
            typed_at=row["typed_at"],
            revision=row["revision"],
        )
        for row in rows
    ]
