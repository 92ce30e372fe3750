"""Beginning conversations, and who is in them."""

from collections.abc import Sequence
from uuid import UUID

from hutong import identity
from hutong.core import clock, ids, live
from hutong.core.actor import Actor
from hutong.core.db import Tx
from hutong.core.errors import Invalid, NotFound
from hutong.identity import Person
from hutong.messaging import model, policy
from hutong.messaging.actions.announce import post_notice
from hutong.messaging.actions.governing import keep_group, without_deputy
from hutong.messaging.actions.tell import tell_changes
from hutong.messaging.actions.views import view_conversations
from hutong.messaging.errors import GroupTooLarge, PeopleNotFound
from hutong.messaging.events import ConversationLeft
from hutong.messaging.governing import Group
from hutong.messaging.model import MAX_GROUP, Conversation, NoticeAction
from hutong.messaging.store import conversations, groups, participants


async def open_direct(tx: Tx, actor: Actor, person_id: int) -> tuple[Conversation, bool]:
    """The one conversation of two colleagues, and whether it is new. Nobody hears of it before something is said."""
    if person_id == actor.person_id:
        raise Invalid(details={"fields": [{"field": "person_id", "message": "self"}]})
    await get_colleagues(tx, actor, [person_id])
    return await _open_between(tx, actor, "direct", person_id)


async def open_customer_conversation(tx: Tx, actor: Actor, member_id: int) -> tuple[int, bool]:
    """The one conversation of a customer (the actor) with a member, and whether it is new."""
    conversation, is_new = await _open_between(tx, actor, "customer", member_id)
    return int(conversation.id), is_new


async def find_between(tx: Tx, company_id: int, one: int, other: int) -> int | None:
    """The conversation of two people alone, if they have one."""
    return await conversations.find_by_key(tx, company_id, model.direct_key(one, other))


async def _open_between(tx: Tx, actor: Actor, kind: str, other_id: int) -> tuple[Conversation, bool]:
    key, now = model.direct_key(actor.person_id, other_id), clock.now()
    conversation_id = await conversations.insert_conversation(
        tx, ids.new(), actor.company_id, kind, None, None, key, now
    )
    is_new = conversation_id is not None
    if conversation_id is None:
        conversation_id = await conversations.find_by_key(tx, actor.company_id, key)
        assert conversation_id is not None
    else:
        await participants.add_participants(tx, conversation_id, [actor.person_id, other_id], 0, now)
    (view,) = await view_conversations(tx, actor.company_id, [(conversation_id, actor.person_id)])
    return view[1], is_new


async def create_group(
    tx: Tx, actor: Actor, client_id: UUID, name: str | None, person_ids: Sequence[int]
) -> tuple[Conversation, bool]:
    """A group of the actor and these colleagues. The same client id gives the same group again."""
    others = [id_ for id_ in dict.fromkeys(person_ids) if id_ != actor.person_id]
    if not others:
        raise PeopleNotFound
    people = await get_colleagues(tx, actor, others)
    now, key = clock.now(), f"{actor.person_id}:{client_id}"
    conversation_id = await conversations.insert_conversation(
        tx, ids.new(), actor.company_id, "group", model.check_group_name(name), actor.person_id, key, now
    )
    is_new = conversation_id is not None
    if conversation_id is None:
        conversation_id = await conversations.find_by_key(tx, actor.company_id, key)
        assert conversation_id is not None
    else:
        everybody = [actor.person_id, *others]
        await participants.add_participants(tx, conversation_id, everybody, 0, now)
        await post_notice(tx, actor, conversation_id, "group_created", people=people)
    views = await view_conversations(tx, actor.company_id, [(conversation_id, actor.person_id)])
    if not views:
        raise NotFound
    return views[0][1], is_new


async def rename_group(tx: Tx, actor: Actor, conversation_id: int, name: str) -> Conversation:
    group = await policy.access_edited_group(tx, actor, conversation_id)
    cleaned = model.check_group_name(name)
    if cleaned != group["name"]:
        await conversations.update_conversation(tx, conversation_id, name=cleaned, owner_id=group["owner_id"])
        await post_notice(tx, actor, conversation_id, "group_renamed", name=cleaned or "")
        await tell_changes(tx, [conversation_id])
    (view,) = await view_conversations(tx, actor.company_id, [(conversation_id, actor.person_id)])
    return view[1]


async def remove_participant(tx: Tx, actor: Actor, conversation_id: int, person_id: int) -> None:
    """Oneself leaves; somebody else is removed by a manager. The notice is the last they hear."""
    conversation, group = await policy.access_group_to_remove_from(tx, actor, conversation_id, person_id)
    if await participants.find_participant(tx, conversation_id, person_id) is None:
        raise NotFound
    people = await identity.list_people(tx, actor.company_id, [person_id])
    action: NoticeAction = "person_left" if person_id == actor.person_id else "person_removed"
    position = await post_notice(tx, actor, conversation_id, action, people=list(people.values()))
    await participants.remove_participant(tx, conversation_id, person_id, clock.now())
    heir = None
    if conversation["owner_id"] == person_id:
        heir = await _find_heir(tx, actor.company_id, conversation_id, group)
        await conversations.update_conversation(tx, conversation_id, name=conversation["name"], owner_id=heir)
    tx.listen(person_id, live.conversation_channel(conversation_id), starts=False, position=position)
    tx.tell(live.person_channel(person_id), ConversationLeft(conversation_id=str(conversation_id)))
    await tell_changes(tx, [conversation_id])
    await keep_group(tx, conversation_id, group, without_deputy(without_deputy(group, person_id), heir))


async def _find_heir(tx: Tx, company_id: int, conversation_id: int, group: Group) -> int | None:
    """Who becomes owner: the deputy who has been in it longest, else whoever has. A group with people in it always has
    an owner, and an active one if there is any."""
    remaining = await participants.list_participant_ids(tx, conversation_id)
    people = await identity.list_people(tx, company_id, remaining)
    active = [id_ for id_ in remaining if people[id_].is_active]
    deputies = [id_ for id_ in active if str(id_) in group.deputy_ids]
    return next(iter(deputies or active or remaining), None)


async def hand_group_over(tx: Tx, actor: Actor, conversation_id: int, person_id: int) -> None:
    owned = await policy.access_owned_group(tx, actor, conversation_id)
    if await participants.find_participant(tx, conversation_id, person_id) is None:
        raise PeopleNotFound
    if person_id == actor.person_id:
        return
    people = await identity.list_people(tx, actor.company_id, [person_id])
    await conversations.update_conversation(tx, conversation_id, name=owned["name"], owner_id=person_id)
    await post_notice(tx, actor, conversation_id, "owner_changed", people=list(people.values()))
    await tell_changes(tx, [conversation_id])
    group = await groups.find_group(tx, conversation_id)
    await keep_group(tx, conversation_id, group, without_deputy(group, person_id))


async def get_colleagues(tx: Tx, actor: Actor, person_ids: Sequence[int]) -> list[Person]:
    """The faces of active members of the actor's company, in this order. Raises PeopleNotFound if one is none."""
    if len(person_ids) > MAX_GROUP:
        raise GroupTooLarge
    people = await identity.list_people(tx, actor.company_id, person_ids)
    found = [people[id_] for id_ in person_ids if id_ in people]
    if len(found) != len(person_ids) or any(p.kind != "member" or not p.is_active for p in found):
        raise PeopleNotFound
    return found
