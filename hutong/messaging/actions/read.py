"""Reading and typing: small signs to the others."""

from hutong.core import live
from hutong.core.actor import Actor
from hutong.core.db import Tx
from hutong.messaging import policy
from hutong.messaging.events import PersonTyping, ReadMoved
from hutong.messaging.store import participants


async def mark_read(tx: Tx, actor: Actor, conversation_id: int, seq: int) -> None:
    """Everything up to `seq` has been seen. A mark never goes back and never past the last message."""
    await policy.access_conversation(tx, actor, conversation_id)
    moved = await participants.move_read_mark(tx, conversation_id, actor.person_id, seq)
    if moved is not None:
        tx.tell(
            live.conversation_channel(conversation_id),
            ReadMoved(conversation_id=str(conversation_id), person_id=str(actor.person_id), seq=moved),
        )


async def tell_typing(tx: Tx, actor: Actor, conversation_id: int) -> None:
    """Fleeting: nothing is kept of it."""
    await policy.access_conversation(tx, actor, conversation_id)
    tx.tell(
        live.conversation_channel(conversation_id),
        PersonTyping(conversation_id=str(conversation_id), person_id=str(actor.person_id)),
    )
