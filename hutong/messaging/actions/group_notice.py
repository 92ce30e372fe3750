"""What a group has to tell everybody in it: written by those who may, seen by each until they have looked."""

from uuid import uuid4

from hutong import identity
from hutong.core import clock, live
from hutong.core.actor import Actor
from hutong.core.db import Tx
from hutong.core.errors import NotFound
from hutong.messaging import model, policy
from hutong.messaging.actions.announce import post_notice
from hutong.messaging.actions.send import write_message
from hutong.messaging.actions.settings import change_settings
from hutong.messaging.actions.views import get_conversation
from hutong.messaging.content import MentionWish
from hutong.messaging.errors import NoticeTooLong
from hutong.messaging.events import GroupChanged
from hutong.messaging.governing import MAX_NOTICE, NoticeWish, WholeNotice
from hutong.messaging.keeping import SettingsChange
from hutong.messaging.model import Conversation, Draft
from hutong.messaging.store import groups


async def write_notice(tx: Tx, actor: Actor, conversation_id: int, wish: NoticeWish, *, everybody: str) -> Conversation:
    """The chat says that there is a new one; or its author says it to everybody, whom they call `everybody`.

    Nothing but white space removes it. What is so already changes nothing, unless everybody is called.
    """
    await policy.access_edited_group(tx, actor, conversation_id)
    text = model.clean_text(wish.text) if model.is_visible(wish.text) else ""
    if len(text) > MAX_NOTICE:
        raise NoticeTooLong(most=MAX_NOTICE)
    was = await groups.find_notice(tx, conversation_id)
    if text == (was["notice_text"] if was else "") and not (text and wish.calls_everybody):
        return await get_conversation(tx, actor, conversation_id)
    if text:
        seq = await _announce(tx, actor, conversation_id, f"@{everybody}\n{text}" if wish.calls_everybody else None)
        group = await groups.save_notice(tx, conversation_id, text=text, seq=seq, by_id=actor.person_id, at=clock.now())
        # Whoever wrote it has read it.
        await change_settings(tx, actor, conversation_id, SettingsChange(seen_notice_seq=seq))
    else:
        await post_notice(tx, actor, conversation_id, "notice_removed")
        group = await groups.save_notice(tx, conversation_id, text=None, seq=None, by_id=None, at=None)
    frame = GroupChanged(conversation_id=str(conversation_id), group=group)
    tx.tell(live.conversation_channel(conversation_id), frame)
    return await get_conversation(tx, actor, conversation_id)


async def _announce(tx: Tx, actor: Actor, conversation_id: int, words: str | None) -> int:
    """Its place in the chat. What calls on everybody is said in its author's own words, so that it is found, answered
    and pushed like any other."""
    if words is None:
        return await post_notice(tx, actor, conversation_id, "notice_written")
    draft = Draft(
        conversation_id=conversation_id, sender_id=actor.person_id, company_id=actor.company_id, client_id=uuid4(),
        kind="text", body=words, mentions=MentionWish(everybody=True),
    )  # fmt: skip
    return (await write_message(tx, draft)).message.seq


async def get_notice(tx: Tx, actor: Actor, conversation_id: int) -> WholeNotice:
    """For whoever is in the group, from their first moment on."""
    await policy.access_conversation(tx, actor, conversation_id)
    row = await groups.find_notice(tx, conversation_id)
    if row is None:
        raise NotFound
    people = await identity.list_people(tx, actor.company_id, [row["notice_by_id"]])
    return WholeNotice(
        seq=row["notice_seq"],
        text=row["notice_text"],
        by=people[row["notice_by_id"]],
        written_at=row["notice_at"],
    )
