"""How a group governs itself: its managers decide who may what, its owner who they are."""

from msgspec.structs import replace

from hutong import identity
from hutong.core import live
from hutong.core.actor import Actor
from hutong.core.db import Tx
from hutong.messaging import governing, policy
from hutong.messaging.actions.announce import post_notice
from hutong.messaging.actions.views import get_conversation
from hutong.messaging.errors import PeopleNotFound, TooManyDeputies
from hutong.messaging.events import GroupChanged
from hutong.messaging.governing import MAX_DEPUTIES, Group, GroupChange
from hutong.messaging.model import Conversation
from hutong.messaging.store import groups, participants


async def change_group(tx: Tx, actor: Actor, conversation_id: int, change: GroupChange) -> Conversation:
    """What is left out stays, what is so already changes nothing. Nobody is told in the chat: each meets it in time."""
    _, group = await policy.access_managed_group(tx, actor, conversation_id)
    await keep_group(tx, conversation_id, group, governing.apply_change(group, change))
    return await get_conversation(tx, actor, conversation_id)


async def name_deputy(tx: Tx, actor: Actor, conversation_id: int, person_id: int) -> None:
    """A colleague in the group helps its owner from now on. Who is one already, or the owner, stays what they are."""
    owned = await policy.access_owned_group(tx, actor, conversation_id)
    group = await groups.find_group(tx, conversation_id)
    if governing.is_manager(group, owned["owner_id"], person_id):
        return
    people = await identity.list_people(tx, actor.company_id, [person_id])
    is_in = await participants.find_participant(tx, conversation_id, person_id) is not None
    if not is_in or not all(person.kind == "member" and person.is_active for person in people.values()):
        raise PeopleNotFound
    if len(group.deputy_ids) >= MAX_DEPUTIES:
        raise TooManyDeputies(most=MAX_DEPUTIES)
    await post_notice(tx, actor, conversation_id, "deputy_named", people=list(people.values()))
    await keep_group(tx, conversation_id, group, replace(group, deputy_ids=[*group.deputy_ids, str(person_id)]))


async def dismiss_deputy(tx: Tx, actor: Actor, conversation_id: int, person_id: int) -> None:
    """Said nowhere: it is between the owner and them. Who is none is none."""
    await policy.access_owned_group(tx, actor, conversation_id)
    group = await groups.find_group(tx, conversation_id)
    await keep_group(tx, conversation_id, group, without_deputy(group, person_id))


def without_deputy(group: Group, person_id: int | None) -> Group:
    return replace(group, deputy_ids=[id_ for id_ in group.deputy_ids if id_ != str(person_id)])


async def keep_group(tx: Tx, conversation_id: int, was: Group, wanted: Group) -> None:
    """Kept, and told to everybody in it, if it differs from what was."""
    if wanted != was:
        kept = await groups.save_group(tx, conversation_id, wanted)
        frame = GroupChanged(conversation_id=str(conversation_id), group=kept)
        tx.tell(live.conversation_channel(conversation_id), frame)
