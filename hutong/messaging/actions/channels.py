"""Announcement channels: made, changed, and how far an announcement has come."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from hutong import directory, identity
from hutong.core import audit, clock, ids, live
from hutong.core.actor import Actor
from hutong.core.db import Tx
from hutong.core.errors import NotFound
from hutong.core.paging import make_cursor, read_cursor
from hutong.messaging import model, policy
from hutong.messaging.actions import views
from hutong.messaging.actions.groups import get_colleagues
from hutong.messaging.actions.tell import tell_conversation
from hutong.messaging.errors import DepartmentsNotFound
from hutong.messaging.events import ChannelChanged, ConversationBegun, ConversationLeft
from hutong.messaging.model import Audience, Channel, ChannelReader, ChannelReaders
from hutong.messaging.store import channels, conversations, messages, participants


async def create_channel(
    tx: Tx, actor: Actor, client_id: UUID, name: str, audience: Audience, publisher_ids: Sequence[int]
) -> tuple[Channel, bool]:
    """The actor owns it and publishes in it with these colleagues. The same client id gives the same channel again.

    One row for each part of the organisation and each publisher, one signal and one frame for all who are on line,
    however many it is for.
    """
    departments = await _departments(tx, actor, audience)
    publishers = await get_colleagues(tx, actor, list(dict.fromkeys([actor.person_id, *publisher_ids])))
    now, key = clock.now(), f"{actor.person_id}:{client_id}"
    name = model.check_channel_name(name)
    channel_id = await conversations.insert_conversation(
        tx, ids.new(), actor.company_id, "channel", name, actor.person_id, key, now
    )
    if channel_id is None:
        known = await conversations.find_by_key(tx, actor.company_id, key)
        assert known is not None
        return await show_channel(tx, actor, known), False
    await channels.set_audience(tx, actor.company_id, channel_id, departments, is_everybody=audience.everybody)
    people = [int(person.id) for person in publishers]
    await participants.add_participants(tx, channel_id, people, 0, now)
    await audit.record(tx, actor, "channel.created", subject_id=channel_id, details={"name": name})
    await _tell_audience(tx, actor.company_id, channel_id)
    ((_, view),) = await views.view_conversations(tx, actor.company_id, [(channel_id, actor.person_id)])
    # Nothing has been said or read: it looks the same to all who hear it.
    heard = msgspec.structs.replace(view, can_publish=False)
    tx.tell(live.conversation_channel(channel_id), ConversationBegun(conversation=heard))
    await tell_conversation(tx, actor.company_id, channel_id)
    return await show_channel(tx, actor, channel_id), True


async def change_channel(
    tx: Tx,
    actor: Actor,
    channel_id: int,
    *,
    name: str | None = None,
    audience: Audience | None = None,
    publisher_ids: Sequence[int] | None = None,
) -> Channel:
    """What is None stays. The owner publishes always; whom the channel is no longer for hears nothing more."""
    await policy.access_managed_channel(tx, actor, channel_id)
    channel = await conversations.lock_conversation(tx, channel_id)
    assert channel is not None
    cleaned = channel["name"] if name is None else model.check_channel_name(name)
    await conversations.update_conversation(tx, channel_id, name=cleaned, owner_id=channel["owner_id"])
    if audience is not None:
        departments = await _departments(tx, actor, audience)
        await channels.set_audience(tx, actor.company_id, channel_id, departments, is_everybody=audience.everybody)
    dropped: list[int] = []
    if publisher_ids is not None:
        dropped = await _set_publishers(tx, actor, channel_id, {channel["owner_id"], *publisher_ids})
    await audit.record(tx, actor, "channel.changed", subject_id=channel_id, details={"name": cleaned})
    await _tell_audience(tx, actor.company_id, channel_id)
    tx.tell(live.conversation_channel(channel_id), ChannelChanged(conversation_id=str(channel_id), name=cleaned))
    await tell_conversation(tx, actor.company_id, channel_id)
    for person_id in dropped:
        view = await views.find_heard(tx, actor.company_id, person_id, channel_id)
        if view is not None:
            tx.tell(live.person_channel(person_id), ConversationBegun(conversation=view))
    return await show_channel(tx, actor, channel_id)


async def _set_publishers(tx: Tx, actor: Actor, channel_id: int, wanted: set[int]) -> list[int]:
    """Those who publish no more. Everybody's mark stays where it was."""
    now, present = clock.now(), set(await participants.list_participant_ids(tx, channel_id))
    await get_colleagues(tx, actor, sorted(wanted - present))
    joined = await participants.add_participants(tx, channel_id, sorted(wanted - present), 0, now)
    await channels.take_marks_along(tx, channel_id, joined)
    dropped = sorted(present - wanted)
    await channels.leave_marks_behind(tx, channel_id, dropped, now)
    for person_id in dropped:
        await participants.remove_participant(tx, channel_id, person_id, now)
    return dropped


async def _departments(tx: Tx, actor: Actor, audience: Audience) -> list[int]:
    """Raises DepartmentsNotFound."""
    model.check_audience(audience)
    wanted = list(dict.fromkeys(ids.parse_named(audience.department_ids)))
    found = await directory.list_named_departments(tx, actor.company_id, wanted)
    if len(found) != len(wanted):
        raise DepartmentsNotFound
    return wanted


async def _tell_audience(tx: Tx, company_id: int, channel_id: int) -> None:
    part = (await channels.list_audiences(tx, [channel_id]))[channel_id]
    tx.set_audience(
        live.conversation_channel(channel_id),
        [live.company_channel(company_id)] if part is None else [live.department_channel(id_) for id_ in part],
        await participants.list_participant_ids(tx, channel_id),
        farewell=ConversationLeft(conversation_id=str(channel_id)),
        # Made under the channel's lock: a later change has a higher one.
        position=ids.new(),
    )


async def show_channel(tx: Tx, actor: Actor, channel_id: int) -> Channel:
    channel = await policy.access_managed_channel(tx, actor, channel_id)
    part = (await channels.list_audiences(tx, [channel_id]))[channel_id]
    publishers = await participants.list_participant_ids(tx, channel_id)
    people = await identity.list_people(tx, actor.company_id, publishers)
    return Channel(
        id=str(channel_id),
        name=channel["name"],
        owner_id=str(channel["owner_id"]),
        departments=await directory.list_named_departments(tx, actor.company_id, sorted(part or ())),
        publishers=[people[id_] for id_ in publishers],
        audience_count=(await directory.count_parts(tx, actor.company_id, {channel_id: part}))[channel_id],
    )


async def list_readers(
    tx: Tx, actor: Actor, channel_id: int, seq: int, cursor: str | None, limit: int
) -> ChannelReaders:
    """Who has read an announcement, in no particular order, and of how many; its sender is left out of both.

    Counted from the rows of those who read; who has left since has read it all the same.
    """
    await policy.access_published_channel(tx, actor, channel_id)
    sender_id = await messages.find_author(tx, channel_id, seq)
    if sender_id is None:
        raise NotFound
    (after,) = read_cursor(cursor, tuple[int]) if cursor else (0,)
    part = (await channels.list_audiences(tx, [channel_id]))[channel_id]
    audience_count = (await directory.count_parts(tx, actor.company_id, {channel_id: part}))[channel_id]
    # Publishers may stand outside: only as part of the audience do they count.
    publishers = await participants.list_participant_ids(tx, channel_id)
    heard = await channels.list_heard_ids(tx, await directory.list_placements(tx, [*publishers, sender_id]))
    inside = {person_id for person_id, channel_ids in heard.items() if channel_id in channel_ids}
    counted = sorted(inside & set(publishers))
    rows = await channels.list_readers(tx, channel_id, seq, counted, sender_id, after, limit + 1)
    people = await identity.list_people(tx, actor.company_id, [row["person_id"] for row in rows[:limit]])
    return ChannelReaders(
        read_count=await channels.count_readers(tx, channel_id, seq, counted, sender_id),
        audience_count=audience_count - (sender_id in inside),
        items=[ChannelReader(person=people[row["person_id"]], read_at=row["read_at"]) for row in rows[:limit]],
        next_cursor=make_cursor(rows[limit - 1]["person_id"]) if len(rows) > limit else None,
    )
