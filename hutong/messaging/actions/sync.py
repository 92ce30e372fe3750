"""Catching up: one request after any absence, the same for a gap, a sleep and a restart."""

import msgspec

from hutong import directory
from hutong.core import clock
from hutong.core.actor import Actor
from hutong.core.db import Row, Tx
from hutong.messaging.actions import drafts, settings, views
from hutong.messaging.keeping import ConversationSettings, KeptDraft
from hutong.messaging.model import ChangeLimits, Conversation
from hutong.messaging.store import channels, conversations

MAX_CONVERSATIONS = 1000


class Sync(msgspec.Struct, frozen=True, kw_only=True):
    """`is_full`: forget what is known and take this. Else only what changed since the token that was sent."""

    token: str
    is_full: bool
    conversations: list[Conversation]
    settings: list[ConversationSettings]
    drafts: list[KeptDraft]
    limits: ChangeLimits


async def sync(tx: Tx, actor: Actor, since: str | None, limits: ChangeLimits) -> Sync:
    """`tx` must be repeatable read: token and answer come from one snapshot. A token we do not know begins anew."""
    origin, xmin = await conversations.read_position(tx)
    known = _read_token(since, origin) if since else None
    place = (await directory.list_placements(tx, [actor.person_id])).get(actor.person_id)
    if known is not None and place is not None and place.moved_xid >= known:
        # Moved meanwhile: which channels were heard from the old place, nobody knows any more.
        known = None
    heard = await channels.list_heard_views(tx, actor.person_id, place, clock.now(), since_xid=known) if place else []
    rows = _joined(await _participations(tx, actor.person_id, known), heard)
    found = [conversation for _, conversation in await views.views_of(tx, actor.company_id, rows)]
    return Sync(
        token=f"{origin}.{xmin}",
        is_full=known is None,
        conversations=found,
        settings=await settings.list_settings(tx, actor.person_id, known),
        drafts=await drafts.list_drafts(tx, actor, known),
        limits=limits,
    )


async def _participations(tx: Tx, person_id: int, known: int | None) -> list[Row]:
    if known is None:
        ids = await conversations.list_active_ids(tx, person_id, MAX_CONVERSATIONS)
    else:
        ids = await conversations.list_changed_ids(tx, person_id, known)
    return await conversations.list_views(tx, [(id_, person_id) for id_ in ids])


def _joined(taken_part: list[Row], heard: list[Row]) -> list[Row]:
    """The most recently active first. Who publishes no more may still hear: the rule goes before having left."""
    by_rule = {row["id"] for row in heard if row["left_at"] is None}
    rows = [row for row in taken_part if row["id"] not in by_rule]
    known = {row["id"] for row in rows}
    rows += [row for row in heard if row["id"] not in known]
    return sorted(rows, key=lambda row: (row["last_active_at"], row["id"]), reverse=True)


def _read_token(token: str, origin: str) -> int | None:
    source, _, position = token.rpartition(".")
    if source != origin or not (position.isascii() and position.isdigit() and len(position) < 20):
        return None
    return min(int(position), 2**63)
