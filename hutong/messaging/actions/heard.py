"""Having listened to what somebody spoke: told to one's own devices, and to nobody else."""

from collections.abc import Sequence

from hutong.core import clock, live
from hutong.core.actor import Actor
from hutong.core.db import Tx
from hutong.core.errors import NotFound
from hutong.messaging import policy
from hutong.messaging.events import VoiceHeard
from hutong.messaging.store import changes, heard


async def mark_voice_heard(tx: Tx, actor: Actor, conversation_id: int, seq: int) -> None:
    """May be repeated. Raises NotFound for what is no spoken message that the actor may hear."""
    participation = await policy.access_conversation(tx, actor, conversation_id)
    said = await changes.find_said(tx, conversation_id, seq)
    if said is None or said["kind"] != "voice" or seq <= participation["joined_seq"]:
        raise NotFound
    # One's own one knows, and what was taken back is no longer there to be heard.
    if said["sender_id"] == actor.person_id or said["recalled_at"] is not None:
        return
    if await heard.put_heard(tx, actor.person_id, conversation_id, seq, clock.now()):
        event = VoiceHeard(conversation_id=str(conversation_id), seq=seq)
        tx.tell(live.person_channel(actor.person_id), event)


async def list_heard_voices(tx: Tx, actor: Actor, conversation_id: int, seqs: Sequence[int]) -> list[int]:
    """Those of the places at which the actor has listened."""
    await policy.access_conversation(tx, actor, conversation_id)
    return await heard.list_heard(tx, actor.person_id, conversation_id, seqs)
