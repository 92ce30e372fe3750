"""Catching up: one request after any absence, the same for a gap, a sleep and a restart."""

import msgspec

from hutong.core.actor import Actor
from hutong.core.db import Tx
from hutong.messaging.actions import views
from hutong.messaging.model import Conversation
from hutong.messaging.store import conversations


class Sync(msgspec.Struct, frozen=True, kw_only=True):
    """`is_full`: forget what is known and take this. Else only what changed since the token that was sent."""

    token: str
    is_full: bool
    conversations: list[Conversation]


async def sync(tx: Tx, actor: Actor, since: str | None) -> Sync:
    """`tx` must be repeatable read: token and answer come from one snapshot. A token we do not know begins anew."""
    origin, xmin = await conversations.read_position(tx)
    known = _read_token(since, origin) if since else None
    if known is None:
        found = await views.list_conversations(tx, actor)
    else:
        ids = await conversations.list_changed_ids(tx, actor.person_id, known)
        changed = await views.view_conversations(tx, actor.company_id, [(id_, actor.person_id) for id_ in ids])
        found = [conversation for _, conversation in changed]
    return Sync(token=f"{origin}.{xmin}", is_full=known is None, conversations=found)


def _read_token(token: str, origin: str) -> int | None:
    source, _, position = token.rpartition(".")
    if source != origin or not (position.isascii() and position.isdigit() and len(position) < 20):
        return None
    return min(int(position), 2**63)
