"""What a person keeps for themself about a conversation: heard by their own devices and by nobody else."""

from hutong.core import live
from hutong.core.actor import Actor
from hutong.core.db import Row, Tx
from hutong.messaging import keeping, policy
from hutong.messaging.events import SettingsChanged
from hutong.messaging.keeping import ConversationSettings, SettingsChange
from hutong.messaging.store import conversations, settings


async def change_settings(tx: Tx, actor: Actor, conversation_id: int, change: SettingsChange) -> ConversationSettings:
    """What is left out stays, what is so already changes nothing."""
    await policy.access_conversation(tx, actor, conversation_id)
    row = await settings.lock_settings(tx, actor.person_id, conversation_id)
    was = settings_out(row)
    wanted = keeping.apply_change(was, change, last_seq=await conversations.find_last_seq(tx, conversation_id))
    if wanted == was:
        return was
    now = settings_out(
        await settings.update_settings(
            tx,
            actor.person_id,
            conversation_id,
            is_muted=wanted.is_muted,
            is_pinned=wanted.is_pinned,
            archived_seq=wanted.archived_seq,
            is_marked_unread=wanted.is_marked_unread,
            seen_notice_seq=wanted.seen_notice_seq,
        )
    )
    tx.tell(live.person_channel(actor.person_id), SettingsChanged(settings=now))
    return now


async def list_settings(tx: Tx, person_id: int, since_xid: int | None) -> list[ConversationSettings]:
    return [settings_out(row) for row in await settings.list_settings(tx, person_id, since_xid)]


def settings_out(row: Row) -> ConversationSettings:
    return ConversationSettings(
        conversation_id=str(row["conversation_id"]),
        revision=row["revision"],
        is_muted=row["is_muted"],
        is_pinned=row["is_pinned"],
        archived_seq=row["archived_seq"],
        is_marked_unread=row["is_marked_unread"],
        seen_notice_seq=row["seen_notice_seq"],
    )
