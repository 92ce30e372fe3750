"""Who comes into a group: let in at once by those who may, else proposed to its managers, who decide once."""

from collections.abc import Sequence

from hutong import identity
from hutong.core import clock, ids, live
from hutong.core.actor import Actor
from hutong.core.db import Row, Tx
from hutong.core.errors import NotFound
from hutong.identity import Person
from hutong.messaging import governing, policy
from hutong.messaging.actions.announce import post_notice
from hutong.messaging.actions.groups import get_colleagues
from hutong.messaging.actions.tell import tell_changes, tell_conversation
from hutong.messaging.errors import GroupTooLarge, NotManager, TooManyWaiting
from hutong.messaging.events import JoinRequestsChanged
from hutong.messaging.governing import Group, Invited, JoinRequest, RequestState
from hutong.messaging.model import MAX_GROUP, NoticeAction
from hutong.messaging.store import join_requests, participants

# In one group, and told to one manager.
MAX_WAITING = 500
# So many in one frame.
_TOLD_AT_ONCE = 100


async def invite_people(tx: Tx, actor: Actor, conversation_id: int, person_ids: Sequence[int]) -> Invited:
    """Colleagues join, or wait for a manager where the group asks for one; who is in already stays as is."""
    conversation, group = await policy.access_governed_group(tx, actor, conversation_id)
    may_admit = group.who_invites == "everybody" or governing.is_manager(
        group, conversation["owner_id"], actor.person_id
    )
    if not may_admit and group.who_invites == "managers":
        raise NotManager
    people = await get_colleagues(tx, actor, list(dict.fromkeys(person_ids)))
    if not may_admit:
        if await join_requests.count_waiting(tx, conversation_id) + len(people) > MAX_WAITING:
            raise TooManyWaiting(most=MAX_WAITING)
        asked = await join_requests.insert_requests(
            tx, actor.company_id, conversation_id,
            list(zip(ids.many(len(people)), [int(person.id) for person in people], strict=True)),
            actor.person_id, clock.now(),
        )  # fmt: skip
        await _tell(tx, actor, conversation, group, asked)
        return Invited(waiting_count=len(asked))
    joined = await _admit(tx, actor, conversation, people, "people_invited")
    waiting = await join_requests.list_waiting_of(tx, conversation_id, joined)
    decided = await join_requests.decide(tx, conversation_id, waiting, "accepted", actor.person_id, clock.now())
    await _tell(tx, actor, conversation, group, decided)
    return Invited(joined_count=len(joined))


async def decide_requests(
    tx: Tx, actor: Actor, conversation_id: int, request_ids: Sequence[int], *, is_accepted: bool
) -> list[JoinRequest]:
    """The requests as they stand: the first decision holds, and whoever comes later learns of it.

    Who has left the company since they were proposed does not join, whatever is decided.
    """
    conversation, group = await policy.access_managed_group(tx, actor, conversation_id)
    wanted = list(dict.fromkeys(request_ids))
    requests = await join_requests.list_requests(tx, conversation_id, wanted)
    if len(requests) != len(wanted):
        raise NotFound
    waiting = {row["person_id"]: row["id"] for row in requests if row["state"] == "waiting"}
    people = await identity.list_people(tx, actor.company_id, list(waiting))
    active = [person for person in people.values() if person.is_active]
    gone = [id_ for who, id_ in waiting.items() if str(who) not in {person.id for person in active}]
    states: list[tuple[RequestState, list[int]]] = [
        ("lapsed", gone),
        ("accepted" if is_accepted else "refused", [id_ for id_ in waiting.values() if id_ not in gone]),
    ]
    if is_accepted:
        await _admit(tx, actor, conversation, active, "people_admitted")
    decided: list[Row] = []
    for state, chosen in states:
        decided += await join_requests.decide(tx, conversation_id, chosen, state, actor.person_id, clock.now())
    await _tell(tx, actor, conversation, group, decided)
    return await _out(tx, actor.company_id, await join_requests.list_requests(tx, conversation_id, wanted))


async def list_waiting(tx: Tx, actor: Actor) -> list[JoinRequest]:
    """What waits for the actor, in all their groups, the oldest first; of very many the first."""
    rows = await join_requests.list_waiting(tx, actor.company_id, actor.person_id, MAX_WAITING)
    return await _out(tx, actor.company_id, rows)


async def _admit(tx: Tx, actor: Actor, conversation: Row, people: Sequence[Person], action: NoticeAction) -> list[int]:
    """Who was not in and is now. They read from here on, not what was said before."""
    conversation_id = conversation["id"]
    if conversation["participant_count"] + len(people) > MAX_GROUP:
        raise GroupTooLarge
    joined = await participants.add_participants(
        tx, conversation_id, [int(person.id) for person in people], conversation["last_seq"], clock.now()
    )
    if not joined:
        return []
    newcomers = [person for person in people if int(person.id) in set(joined)]
    position = await post_notice(tx, actor, conversation_id, action, people=newcomers)
    await tell_changes(tx, [conversation_id])
    for person_id in joined:
        tx.listen(person_id, live.conversation_channel(conversation_id), starts=True, position=position)
    await tell_conversation(tx, actor.company_id, conversation_id, joined)
    return joined


async def _tell(tx: Tx, actor: Actor, conversation: Row, group: Group, rows: Sequence[Row]) -> None:
    """To the managers, and to each who asked what became of what they asked."""
    if not rows:
        return
    requests = await _out(tx, actor.company_id, rows)
    managers = {conversation["owner_id"], *map(int, group.deputy_ids)} - {None}
    askers = await participants.list_present(tx, conversation["id"], list({row["by_id"] for row in rows}))
    for person_id in managers | set(askers):
        theirs = [it for it in requests if person_id in managers or it.by.id == str(person_id)]
        for start in range(0, len(theirs), _TOLD_AT_ONCE):
            part = theirs[start : start + _TOLD_AT_ONCE]
            frame = JoinRequestsChanged(conversation_id=str(conversation["id"]), items=part)
            tx.tell(live.person_channel(person_id), frame)


async def _out(tx: Tx, company_id: int, rows: Sequence[Row]) -> list[JoinRequest]:
    concerned = {row[name] for row in rows for name in ("person_id", "by_id", "decided_by_id")} - {None}
    people = await identity.list_people(tx, company_id, list(concerned))
    return [
        JoinRequest(
            id=str(row["id"]),
            conversation_id=str(row["conversation_id"]),
            person=people[row["person_id"]],
            by=people[row["by_id"]],
            asked_at=row["asked_at"],
            state=row["state"],
            decided_by=people[row["decided_by_id"]] if row["decided_by_id"] else None,
        )
        for row in rows
    ]
