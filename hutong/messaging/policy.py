"""Who may. "Not there" and "not yours" are one and the same 404."""

from hutong import directory, files
from hutong.core.actor import Actor
from hutong.core.db import Row, Tx
from hutong.core.errors import NotFound
from hutong.files import StoredFile
from hutong.messaging import governing
from hutong.messaging.errors import (
    NotAGroup,
    NotChannelOwner,
    NotForPins,
    NotManager,
    NotOwner,
    NotPublisher,
    NotTopicManager,
)
from hutong.messaging.governing import Group
from hutong.messaging.store import bundles, channels, conversations, groups, messages, participants, topics


async def access_conversation(tx: Tx, actor: Actor, conversation_id: int) -> Row:
    """What the actor may read and has read (joined_seq, read_seq, kind): a participation, or a channel's rule."""
    found = await participants.find_participant(tx, conversation_id, actor.person_id)
    if found is None and actor.kind == "member":
        found = await _find_hearing(tx, actor, conversation_id)
    if found is None:
        raise NotFound
    return found


async def _find_hearing(tx: Tx, actor: Actor, conversation_id: int) -> Row | None:
    place = (await directory.list_placements(tx, [actor.person_id])).get(actor.person_id)
    if place is None:
        return None
    return await channels.find_hearing(tx, place.company_id, place.department_ids, conversation_id, actor.person_id)


async def access_managed_channel(tx: Tx, actor: Actor, conversation_id: int) -> Row:
    """The channel (id, name, owner_id, last_seq), for its owner and for administrators."""
    channel = await _access_channel(tx, actor, conversation_id)
    if not actor.is_admin and channel["owner_id"] != actor.person_id:
        raise NotChannelOwner
    return channel


async def access_published_channel(tx: Tx, actor: Actor, conversation_id: int) -> Row:
    """The same for those who publish in it, and for administrators."""
    channel = await _access_channel(tx, actor, conversation_id)
    if not actor.is_admin and (await access_conversation(tx, actor, conversation_id))["is_by_rule"]:
        raise NotPublisher
    return channel


async def _access_channel(tx: Tx, actor: Actor, conversation_id: int) -> Row:
    """Administrators reach every channel of their company, others those that they hear or publish in."""
    if not actor.is_admin:
        await access_conversation(tx, actor, conversation_id)
    channel = await channels.find_channel(tx, actor.company_id, conversation_id)
    if channel is None:
        raise NotFound
    return channel


async def access_group(tx: Tx, actor: Actor, conversation_id: int) -> Row:
    """The group, locked against sends and other changes of its people."""
    conversation = await conversations.lock_conversation(tx, conversation_id)
    if conversation is None or await participants.find_participant(tx, conversation_id, actor.person_id) is None:
        raise NotFound
    if conversation["kind"] != "group":
        raise NotAGroup
    return conversation


async def access_owned_group(tx: Tx, actor: Actor, conversation_id: int) -> Row:
    conversation = await access_group(tx, actor, conversation_id)
    if conversation["owner_id"] != actor.person_id:
        raise NotOwner
    return conversation


async def access_managed_group(tx: Tx, actor: Actor, conversation_id: int) -> tuple[Row, Group]:
    """For its owner and their deputies."""
    conversation, group = await access_governed_group(tx, actor, conversation_id)
    if not governing.is_manager(group, conversation["owner_id"], actor.person_id):
        raise NotManager
    return conversation, group


async def access_edited_group(tx: Tx, actor: Actor, conversation_id: int) -> Row:
    """For those who may give it a name."""
    conversation, group = await access_governed_group(tx, actor, conversation_id)
    if group.who_edits != "everybody" and not governing.is_manager(group, conversation["owner_id"], actor.person_id):
        raise NotManager
    return conversation


async def access_managed_topic(tx: Tx, actor: Actor, conversation_id: int, topic_id: int) -> Row:
    """The topic, its group locked, for whoever opened it and for the group's managers."""
    conversation, group = await access_governed_group(tx, actor, conversation_id)
    topic = await topics.find_topic(tx, conversation_id, topic_id)
    if topic is None:
        raise NotFound
    if topic["opened_by_id"] != actor.person_id and not governing.is_manager(
        group, conversation["owner_id"], actor.person_id
    ):
        raise NotTopicManager
    return topic


async def check_may_pin(tx: Tx, actor: Actor, conversation_id: int) -> None:
    """Everybody where two talk, in a group whom it lets, in a channel who publishes. Customers see what is changed in
    their talk, and are not to wonder why something of theirs is put up."""
    participation = await access_conversation(tx, actor, conversation_id)
    if participation["kind"] == "customer":
        raise NotForPins
    if participation["is_by_rule"]:
        raise NotPublisher
    if participation["kind"] == "group":
        conversation, group = await access_governed_group(tx, actor, conversation_id)
        if group.who_pins != "everybody" and not governing.is_manager(group, conversation["owner_id"], actor.person_id):
            raise NotManager


async def access_group_to_remove_from(tx: Tx, actor: Actor, conversation_id: int, person_id: int) -> tuple[Row, Group]:
    """Everybody leaves; deputies remove those who are no managers, the owner whoever they like."""
    conversation, group = await access_governed_group(tx, actor, conversation_id)
    owner_id = conversation["owner_id"]
    if actor.person_id in {person_id, owner_id}:
        return conversation, group
    if not governing.is_manager(group, owner_id, actor.person_id):
        raise NotManager
    if governing.is_manager(group, owner_id, person_id):
        raise NotOwner
    return conversation, group


async def access_governed_group(tx: Tx, actor: Actor, conversation_id: int) -> tuple[Row, Group]:
    """The group, locked, and how it governs itself."""
    conversation = await access_group(tx, actor, conversation_id)
    return conversation, await groups.find_group(tx, conversation_id)


async def access_file(tx: Tx, actor: Actor, conversation_id: int, file_id: int) -> StoredFile:
    """A file is readable where it was said, by those who may read what was said."""
    participation = await access_conversation(tx, actor, conversation_id)
    after = participation["joined_seq"]
    if not await messages.carries_file(tx, conversation_id, file_id, after) and not await bundles.carries_file(
        tx, conversation_id, file_id, after
    ):
        raise NotFound
    return await files.get_file(tx, actor.company_id, file_id)
