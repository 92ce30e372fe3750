"""What sessions hear: their people's conversations, the channels that a rule gives them, and the rules' own keys."""

from collections.abc import Sequence

from hutong import directory
from hutong.core import live
from hutong.core.db import Tx
from hutong.messaging.store import channels, conversations


async def list_live_channels(tx: Tx, person_ids: Sequence[int]) -> dict[int, list[str]]:
    """For each of these people, all that their sessions listen to besides the person's own channel.

    The company and the departments are among them, so that a new audience reaches whoever it is for (AudienceSet).
    """
    taken_part = await conversations.list_all_ids(tx, person_ids)
    placements = await directory.list_placements(tx, person_ids)
    heard = await channels.list_heard_ids(tx, placements)
    names: dict[int, list[str]] = {}
    for person_id in person_ids:
        ids = {*taken_part.get(person_id, ()), *heard.get(person_id, ())}
        names[person_id] = [live.conversation_channel(id_) for id_ in ids]
        if place := placements.get(person_id):
            names[person_id].append(live.company_channel(place.company_id))
            names[person_id] += [live.department_channel(id_) for id_ in place.department_ids]
    return names
