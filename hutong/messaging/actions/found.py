"""Messages out of many conversations, with where and by whom they were said."""

from collections.abc import Sequence
from typing import NamedTuple

from hutong import directory, identity
from hutong.core.actor import Actor
from hutong.core.db import Tx
from hutong.identity import Person
from hutong.messaging.actions.messages import messages_out
from hutong.messaging.actions.views import list_people_in
from hutong.messaging.model import FoundConversation, Message
from hutong.messaging.store import channels, search


class Gathered(NamedTuple):
    messages: list[Message]
    conversations: list[FoundConversation]
    people: list[Person]


async def gather_messages(tx: Tx, actor: Actor, places: Sequence[tuple[int, int]]) -> Gathered:
    """Those at (conversation, seq), in this order; without what was recalled in this moment."""
    rows = await search.list_found(tx, places)
    ids = list({row["conversation_id"] for row in rows})
    faces = await list_people_in(tx, ids)
    senders = await identity.list_people(tx, actor.company_id, list({row["sender_id"] for row in rows}))
    return Gathered(
        await messages_out(tx, actor.company_id, [(row["conversation_id"], row) for row in rows]),
        [
            FoundConversation(id=str(row["id"]), kind=row["kind"], name=row["name"], people=faces[row["id"]])
            for row in await search.list_names(tx, ids)
        ],
        list(senders.values()),
    )


async def list_heard_ids(tx: Tx, actor: Actor) -> list[int]:
    """The channels whose rule lets the actor in."""
    placements = await directory.list_placements(tx, [actor.person_id])
    heard = await channels.list_heard_ids(tx, placements)
    return heard.get(actor.person_id, [])
