"""What was shared in a conversation, for whoever looks for it there."""

from hutong import identity
from hutong.core.actor import Actor
from hutong.core.db import Tx
from hutong.core.paging import make_cursor, read_cursor
from hutong.messaging import policy
from hutong.messaging.actions.messages import messages_out
from hutong.messaging.model import SharedKind, SharedPage
from hutong.messaging.store import shared


async def list_shared(
    tx: Tx, actor: Actor, conversation_id: int, kind: SharedKind, *, cursor: str | None = None, limit: int = 30
) -> SharedPage:
    """A page, newest first, of what the actor may read. Raises BadCursor."""
    participation = await policy.access_conversation(tx, actor, conversation_id)
    before = read_cursor(cursor, tuple[int])[0] if cursor else 2**62
    rows = await shared.list_shared(tx, conversation_id, kind, participation["joined_seq"], before, limit + 1)
    items = await messages_out(tx, actor.company_id, [(conversation_id, row) for row in rows[:limit]])
    people = await identity.list_people(tx, actor.company_id, list({row["sender_id"] for row in rows[:limit]}))
    next_cursor = make_cursor(rows[limit - 1]["seq"]) if len(rows) > limit else None
    return SharedPage(items=items, people=list(people.values()), next_cursor=next_cursor)
