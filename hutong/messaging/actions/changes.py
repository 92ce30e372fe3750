"""What may happen to a message once it is said: its author edits or recalls it, whoever reads it reacts.

Each change takes the conversation's next revision under its lock, and is told as the whole message as it stands then.
"""

from datetime import timedelta

from msgspec import UNSET

from hutong.core import clock, live
from hutong.core.actor import Actor
from hutong.core.db import Row, Tx
from hutong.core.errors import NotFound
from hutong.messaging import linked, model, policy
from hutong.messaging.actions import index
from hutong.messaging.actions.messages import find_message
from hutong.messaging.errors import MessageRecalled, NotForReactions, NotText, NotYours, TooLate, TooManyReactions
from hutong.messaging.events import MessageChanged
from hutong.messaging.model import HEARD_BY_ALL, Message, MessageVersion
from hutong.messaging.store import changes, conversations, participants, previews


async def edit_message(
    tx: Tx, actor: Actor, conversation_id: int, seq: int, text: str, *, within: timedelta
) -> Message:
    """The author says it in other words; what it said before stays readable. The same words change nothing."""
    body = model.check_text(text)
    said = await access_own(tx, actor, conversation_id, seq)
    if said["recalled_at"] is not None:
        raise MessageRecalled
    if said["kind"] != "text":
        raise NotText
    if body == said["body"]:
        return await find_message(tx, actor.company_id, conversation_id, seq)
    _check_age(said, within)
    revision = await changes.next_revision(tx, conversation_id)
    await changes.replace_text(tx, conversation_id, seq, revision, body, clock.now())
    if linked.first_link(body) != linked.first_link(said["body"]):
        await previews.drop(tx, conversation_id, seq)
    await index.reindex(tx, conversation_id, seq)
    return await tell_changed(tx, actor, conversation_id, seq)


async def recall_message(tx: Tx, actor: Actor, conversation_id: int, seq: int, *, within: timedelta) -> Message:
    """The author takes it back: nothing of it remains but its place. Recalled twice is recalled."""
    said = await access_own(tx, actor, conversation_id, seq)
    if said["recalled_at"] is not None:
        return await find_message(tx, actor.company_id, conversation_id, seq)
    _check_age(said, within)
    revision = await changes.next_revision(tx, conversation_id)
    await changes.recall_message(tx, conversation_id, seq, revision, clock.now())
    await index.forget(tx, conversation_id, seq)
    return await tell_changed(tx, actor, conversation_id, seq)


async def react(tx: Tx, actor: Actor, conversation_id: int, seq: int, emoji: str, *, is_wanted: bool) -> Message:
    """The actor's reaction is there, or is not; what is so already changes nothing."""
    model.check_emoji(emoji)
    said = await _access_for_reaction(tx, actor, conversation_id, seq)
    if said["recalled_at"] is not None:
        raise MessageRecalled
    if is_wanted:
        kinds = await changes.list_emoji(tx, conversation_id, seq)
        if emoji not in kinds and len(kinds) >= model.MAX_REACTIONS:
            raise TooManyReactions
        is_changed = await changes.add_reaction(tx, conversation_id, seq, emoji, actor.person_id, clock.now())
    else:
        is_changed = await changes.remove_reaction(tx, conversation_id, seq, emoji, actor.person_id)
    if not is_changed:
        return await find_message(tx, actor.company_id, conversation_id, seq)
    await changes.touch_message(tx, conversation_id, seq, await changes.next_revision(tx, conversation_id))
    return await tell_changed(tx, actor, conversation_id, seq)


async def list_versions(tx: Tx, actor: Actor, conversation_id: int, seq: int) -> list[MessageVersion]:
    """What a message said before its edits, for whoever may read it."""
    participation = await policy.access_conversation(tx, actor, conversation_id)
    if seq <= participation["joined_seq"] or await changes.find_said(tx, conversation_id, seq) is None:
        raise NotFound
    rows = await changes.list_versions(tx, conversation_id, seq)
    return [MessageVersion(text=row["body"], said_at=row["said_at"]) for row in rows]


async def access_said(tx: Tx, actor: Actor, conversation_id: int, seq: int) -> Row:
    """A message that the actor may read, its conversation locked against sends and other changes."""
    participation = await policy.access_conversation(tx, actor, conversation_id)
    return await _lock_said(tx, conversation_id, seq, participation["joined_seq"])


async def _access_for_reaction(tx: Tx, actor: Actor, conversation_id: int, seq: int) -> Row:
    if (await policy.access_conversation(tx, actor, conversation_id))["kind"] == "channel":
        raise NotForReactions
    return await access_said(tx, actor, conversation_id, seq)


async def access_own(tx: Tx, actor: Actor, conversation_id: int, seq: int) -> Row:
    """A message of the actor's own, locked likewise."""
    participation = await policy.access_conversation(tx, actor, conversation_id)
    said = await _lock_said(tx, conversation_id, seq, participation["joined_seq"])
    if said["sender_id"] != actor.person_id or participation["is_by_rule"]:
        raise NotYours
    return said


async def _lock_said(tx: Tx, conversation_id: int, seq: int, joined_seq: int) -> Row:
    await conversations.lock_conversation(tx, conversation_id)
    said = await changes.find_said(tx, conversation_id, seq) if seq > joined_seq else None
    if said is None:
        raise NotFound
    return said


def _check_age(said: Row, within: timedelta) -> None:
    if clock.now() - said["sent_at"] > within:
        raise TooLate(minutes=int(within.total_seconds() // 60))


async def tell_changed(tx: Tx, actor: Actor, conversation_id: int, seq: int) -> Message:
    """To everybody in the conversation, the message as it stands now."""
    message = await find_message(tx, actor.company_id, conversation_id, seq)
    changed = MessageChanged(message=message)
    # What was recalled holds nothing any more.
    if message.recalled_at is not UNSET or not await participants.has_later_joined(tx, conversation_id, seq):
        tx.tell(live.conversation_channel(conversation_id), changed)
        return message
    # Who joined after it was said hears the conversation too, and what was said before is not theirs to read. Each of
    # the others is told by themself: of very many nobody, as with read marks, and they find it when they look.
    readers = await participants.list_earlier_joined(tx, conversation_id, seq, HEARD_BY_ALL + 1)
    for person_id in readers if len(readers) <= HEARD_BY_ALL else [actor.person_id]:
        tx.tell(live.person_channel(person_id), changed)
    return message
