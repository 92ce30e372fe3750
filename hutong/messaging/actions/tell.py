"""Telling participants of the conversation itself: whom it is new to hears all of it, the others what changed."""

from collections.abc import Sequence

from hutong.core import live
from hutong.core.db import Tx
from hutong.messaging.actions.views import list_changes, view_conversations
from hutong.messaging.events import ConversationBegun
from hutong.messaging.store import participants


async def tell_face(tx: Tx, person_id: int) -> None:
    """A name changed: those who talk with this person see it now, or when they come back."""
    await tell_changes(tx, await participants.touch_participations(tx, person_id))


async def tell_changes(tx: Tx, conversation_ids: Sequence[int]) -> None:
    """To all participants, once: in a group of 10,000 a joining is one frame and not 10,000 views."""
    for change in await list_changes(tx, conversation_ids):
        tx.tell(live.conversation_channel(int(change.conversation_id)), change)


async def tell_conversation(
    tx: Tx, company_id: int, conversation_id: int, person_ids: Sequence[int] | None = None, *, begins: bool = False
) -> None:
    """To these people (None: all participants) the whole conversation; with `begins` they listen to it from now on."""
    people = await participants.list_participant_ids(tx, conversation_id) if person_ids is None else person_ids
    for person_id, view in await view_conversations(tx, company_id, [(conversation_id, id_) for id_ in people]):
        if begins:
            channel = live.conversation_channel(conversation_id)
            tx.listen(person_id, channel, starts=True, position=view.last_seq)
        tx.tell(live.person_channel(person_id), ConversationBegun(conversation=view))
