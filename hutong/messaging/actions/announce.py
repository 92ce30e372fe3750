"""What happens to a conversation itself, told in its own stream."""

from collections.abc import Sequence
from uuid import uuid4

from msgspec import UNSET, UnsetType

from hutong.core.actor import Actor
from hutong.core.db import Tx
from hutong.identity import Person
from hutong.messaging.actions.send import write_message
from hutong.messaging.model import Draft, Notice, NoticeAction


async def post_notice(
    tx: Tx,
    actor: Actor,
    conversation_id: int,
    action: NoticeAction,
    *,
    people: Sequence[Person] = (),
    name: str | None = None,
    topic_id: str | UnsetType = UNSET,
) -> int:
    """Its seq: the changes of a conversation are in the order of their notices."""
    notice = Notice(action=action, by_id=str(actor.person_id), people=list(people[:50]), name=name, topic_id=topic_id)
    written = await write_message(
        tx,
        Draft(
            conversation_id=conversation_id, sender_id=actor.person_id, company_id=actor.company_id,
            client_id=uuid4(), kind="notice", body="", notice=notice,
        ),
    )  # fmt: skip
    return written.message.seq
