"""Beginning conversations, and who is in them."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from hutong import identity
from hutong.core import clock, ids, live
from hutong.core.actor import Actor
from hutong.core.db import Tx
from hutong.core.errors import Invalid, NotFound
from hutong.identity import Person
from hutong.messaging import model, policy
from hutong.messaging.actions.send import write_message
from hutong.messaging.actions.tell import tell_changes, tell_conversation
from hutong.messaging.actions.views import view_conversations
from hutong.messaging.errors import GroupTooLarge, PeopleNotFound
from hutong.messaging.events import ConversationLeft
from hutong.messaging.model import MAX_GROUP, Conversation, Draft, Notice, NoticeAction
from hutong.messaging.store import conversations, participants


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
        await _post_notice(tx, actor, conversation_id, "group_created", people=people)
    views = await view_conversations(tx, actor.company_id, [(conversation_id, actor.person_id)])
    if not views:
        raise NotFound
    return views[0][1], is_new


async def rename_group(tx: Tx, actor: Actor, conversation_id: int, name: str) -> Conversation:
    group = await policy.access_group(tx, actor, conversation_id)
    cleaned = model.check_group_name(name)
    if cleaned != group["name"]:
        await conversations.update_conversation(tx, conversation_id, name=cleaned, owner_id=group["owner_id"])
        await _post_notice(tx, actor, conversation_id, "group_renamed", name=cleaned or "")
        await tell_changes(tx, [conversation_id])
    (view,) = await view_conversations(tx, actor.company_id, [(conversation_id, actor.person_id)])
    return view[1]


async def invite_people(tx: Tx, actor: Actor, conversation_id: int, person_ids: Sequence[int]) -> None:
    """Colleagues join; who is in already stays as is. They read from here on, not what was said before."""
    group = await policy.access_group(tx, actor, conversation_id)
    people = await get_colleagues(tx, actor, list(dict.fromkeys(person_ids)))
    if group["participant_count"] + len(people) > MAX_GROUP:
        raise GroupTooLarge
    joined = await participants.add_participants(
        tx, conversation_id, [int(person.id) for person in people], group["last_seq"], clock.now()
    )
    if not joined:
        return
    newcomers = [person for person in people if int(person.id) in set(joined)]
    position = await _post_notice(tx, actor, conversation_id, "people_invited", people=newcomers)
    await tell_changes(tx, [conversation_id])
    for person_id in joined:
        tx.listen(person_id, live.conversation_channel(conversation_id), starts=True, position=position)
    await tell_conversation(tx, actor.company_id, conversation_id, joined)


async def remove_participant(tx: Tx, actor: Actor, conversation_id: int, person_id: int) -> None:
    """Oneself leaves; somebody else is removed by the owner. The notice is the last they hear."""
    leaves = person_id == actor.person_id
    access = policy.access_group if leaves else policy.access_owned_group
    group = await access(tx, actor, conversation_id)
    if await participants.find_participant(tx, conversation_id, person_id) is None:
        raise NotFound
    people = await identity.list_people(tx, actor.company_id, [person_id])
    action: NoticeAction = "person_left" if leaves else "person_removed"
    position = await _post_notice(tx, actor, conversation_id, action, people=list(people.values()))
    await participants.remove_participant(tx, conversation_id, person_id, clock.now())
    if group["owner_id"] == person_id:
        heir = await _longest_serving(tx, actor.company_id, conversation_id)
        await conversations.update_conversation(tx, conversation_id, name=group["name"], owner_id=heir)
    tx.listen(person_id, live.conversation_channel(conversation_id), starts=False, position=position)
    tx.tell(live.person_channel(person_id), ConversationLeft(conversation_id=str(conversation_id)))
    await tell_changes(tx, [conversation_id])


async def _longest_serving(tx: Tx, company_id: int, conversation_id: int) -> int | None:
    """Who becomes owner: a group with people in it always has one, and an active one if there is any."""
    remaining = await participants.list_participant_ids(tx, conversation_id)
    people = await identity.list_people(tx, company_id, remaining)
    active = [id_ for id_ in remaining if people[id_].is_active]
    return next(iter(active or remaining), None)


async def hand_group_over(tx: Tx, actor: Actor, conversation_id: int, person_id: int) -> None:
    group = await policy.access_owned_group(tx, actor, conversation_id)
    if await participants.find_participant(tx, conversation_id, person_id) is None:
        raise PeopleNotFound
    if person_id == actor.person_id:
        return
    people = await identity.list_people(tx, actor.company_id, [person_id])
    await conversations.update_conversation(tx, conversation_id, name=group["name"], owner_id=person_id)
    await _post_notice(tx, actor, conversation_id, "owner_changed", people=list(people.values()))
    await tell_changes(tx, [conversation_id])


async def get_colleagues(tx: Tx, actor: Actor, person_ids: Sequence[int]) -> list[Person]:
    """The faces of active members of the actor's company, in this order. Raises PeopleNotFound if one is none."""
    if len(person_ids) > MAX_GROUP:
        raise GroupTooLarge
    people = await identity.list_people(tx, actor.company_id, person_ids)
    found = [people[id_] for id_ in person_ids if id_ in people]
    if len(found) != len(person_ids) or any(p.kind != "member" or not p.is_active for p in found):
        raise PeopleNotFound
    return found


async def _post_notice(
    tx: Tx,
    actor: Actor,
    conversation_id: int,
    action: NoticeAction,
    *,
    people: Sequence[Person] = (),
    name: str | None = None,
) -> int:
    """Its seq: the changes of a conversation are in the order of their notices."""
    notice = Notice(action=action, by_id=str(actor.person_id), people=list(people[:50]), name=name)
    written = await write_message(
        tx,
        Draft(
            conversation_id=conversation_id, sender_id=actor.person_id, company_id=actor.company_id,
            client_id=uuid4(), kind="notice", body="", notice=notice,
        ),
    )  # fmt: skip
    return written.message.seq
