"""Putting messages up for all in a conversation: a change of the message like any other, told as the whole of it."""

from hutong import identity
from hutong.core import clock
from hutong.core.actor import Actor
from hutong.core.db import Row, Tx
from hutong.messaging import policy
from hutong.messaging.actions.changes import access_said, tell_changed
from hutong.messaging.actions.messages import find_message, messages_out
from hutong.messaging.errors import MessageRecalled, TooManyPins
from hutong.messaging.model import MAX_PINS, Message, PinnedMessages
from hutong.messaging.store import changes, conversations, messages, pins


async def pin_message(tx: Tx, actor: Actor, conversation_id: int, seq: int) -> Message:
    """Pinned twice is pinned; whoever was first stays named."""
    said = await _access_said(tx, actor, conversation_id, seq)
    if said["recalled_at"] is not None:
        raise MessageRecalled
    if not await pins.add_pin(tx, conversation_id, seq, actor.person_id, clock.now()):
        return await find_message(tx, actor.company_id, conversation_id, seq)
    if await pins.count_pins(tx, conversation_id) > MAX_PINS:
        raise TooManyPins(most=MAX_PINS)
    return await _keep(tx, actor, conversation_id, seq)


async def unpin_message(tx: Tx, actor: Actor, conversation_id: int, seq: int) -> Message:
    """Whoever may pin may take down what others pinned; what is not pinned stays so."""
    await _access_said(tx, actor, conversation_id, seq)
    if not await pins.remove_pin(tx, conversation_id, seq):
        return await find_message(tx, actor.company_id, conversation_id, seq)
    return await _keep(tx, actor, conversation_id, seq)


async def _access_said(tx: Tx, actor: Actor, conversation_id: int, seq: int) -> Row:
    await policy.check_may_pin(tx, actor, conversation_id)
    return await access_said(tx, actor, conversation_id, seq)


async def _keep(tx: Tx, actor: Actor, conversation_id: int, seq: int) -> Message:
    await changes.touch_message(tx, conversation_id, seq, await changes.next_revision(tx, conversation_id))
    return await tell_changed(tx, actor, conversation_id, seq)


async def list_pinned(tx: Tx, actor: Actor, conversation_id: int) -> PinnedMessages:
    """All of them that the actor may read, the latest first."""
    participation = await policy.access_conversation(tx, actor, conversation_id)
    # Before the messages: what changes meanwhile is then heard of as later than this.
    last_revision = await conversations.find_last_revision(tx, conversation_id)
    seqs = await pins.list_pinned_seqs(tx, conversation_id, participation["joined_seq"])
    rows = {row["seq"]: row for row in await messages.list_messages_at(tx, conversation_id, seqs)}
    said = await messages_out(tx, actor.company_id, [(conversation_id, rows[seq]) for seq in seqs])
    people = await identity.list_people(tx, actor.company_id, list({int(message.sender_id) for message in said}))
    return PinnedMessages(items=said, people=list(people.values()), last_revision=last_revision)
