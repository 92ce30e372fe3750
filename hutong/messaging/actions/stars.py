"""Messages that a person keeps for themselves. Nobody else knows of it."""

from datetime import datetime

from hutong.core import clock
from hutong.core.actor import Actor
from hutong.core.db import Tx
from hutong.core.errors import NotFound
from hutong.core.paging import make_cursor, read_cursor
from hutong.messaging import policy
from hutong.messaging.actions.found import gather_messages, list_heard_ids
from hutong.messaging.errors import MessageRecalled
from hutong.messaging.keeping import StarPage
from hutong.messaging.store import changes, stars


async def star_message(tx: Tx, actor: Actor, conversation_id: int, seq: int) -> None:
    """Starred twice is starred once, and stays where it is in the list."""
    participation = await policy.access_conversation(tx, actor, conversation_id)
    said = await changes.find_said(tx, conversation_id, seq)
    if said is None or seq <= participation["joined_seq"]:
        raise NotFound
    if said["recalled_at"] is not None:
        raise MessageRecalled
    await stars.put_star(tx, actor.person_id, conversation_id, seq, clock.now())


async def unstar_message(tx: Tx, actor: Actor, conversation_id: int, seq: int) -> None:
    await policy.access_conversation(tx, actor, conversation_id)
    await stars.remove_star(tx, actor.person_id, conversation_id, seq)


async def list_stars(tx: Tx, actor: Actor, cursor: str | None, limit: int) -> StarPage:
    """What the actor starred and may read, the newest star first. Raises BadCursor."""
    before = read_cursor(cursor, tuple[datetime, int, int]) if cursor else None
    rows = await stars.list_stars(tx, actor.person_id, await list_heard_ids(tx, actor), before, limit + 1)
    last = rows[limit - 1] if len(rows) > limit else None
    found = await gather_messages(tx, actor, [(row["conversation_id"], row["seq"]) for row in rows[:limit]])
    return StarPage(
        items=found.messages,
        conversations=found.conversations,
        people=found.people,
        next_cursor=make_cursor(last["starred_at"], last["conversation_id"], last["seq"]) if last else None,
    )
