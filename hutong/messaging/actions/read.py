"""Reading and typing: small signs to the others."""

from hutong.core import clock, live
from hutong.core.actor import Actor
from hutong.core.db import Tx
from hutong.messaging import policy
from hutong.messaging.events import PersonTyping, ReadMoved
from hutong.messaging.store import channels, participants


async def mark_read(tx: Tx, actor: Actor, conversation_id: int, seq: int) -> None:
    """Everything up to `seq` has been seen. A mark never goes back and never past the last message."""
    found = await policy.access_conversation(tx, actor, conversation_id)
    if found["is_by_rule"]:
        moved = await channels.move_mark(tx, conversation_id, actor.person_id, seq, clock.now())
    else:
        moved = await participants.move_read_mark(tx, conversation_id, actor.person_id, seq)
    if moved is not None:
        # Half a million need not hear that somebody read an announcement: only the reader's own devices do.
        is_channel = found["kind"] == "channel"
        tx.tell(
            live.person_channel(actor.person_id) if is_channel else live.conversation_channel(conversation_id),
            ReadMoved(conversation_id=str(conversation_id), person_id=str(actor.person_id), seq=moved),
        )


async def tell_typing(tx: Tx, actor: Actor, conversation_id: int) -> None:
    """Fleeting: nothing is kept of it. An announcement is not awaited."""
    found = await policy.access_conversation(tx, actor, conversation_id)
    if found["kind"] != "channel":
        tx.tell(
            live.conversation_channel(conversation_id),
            PersonTyping(conversation_id=str(conversation_id), person_id=str(actor.person_id)),
        )
