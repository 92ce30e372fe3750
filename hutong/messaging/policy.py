"""Who may. "Not there" and "not yours" are one and the same 404."""

from hutong import files
from hutong.core.actor import Actor
from hutong.core.db import Row, Tx
from hutong.core.errors import NotFound
from hutong.files import StoredFile
from hutong.messaging.model import NotAGroup, NotOwner
from hutong.messaging.store import conversations, messages, participants


async def access_conversation(tx: Tx, actor: Actor, conversation_id: int) -> Row:
    """The actor's own participation (joined_seq, read_seq)."""
    participation = await participants.find_participant(tx, conversation_id, actor.person_id)
    if participation is None:
        raise NotFound
    return participation


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


async def access_file(tx: Tx, actor: Actor, conversation_id: int, file_id: int) -> StoredFile:
    """A file is readable where it was said, by those who may read what was said."""
    participation = await access_conversation(tx, actor, conversation_id)
    if not await messages.carries_file(tx, conversation_id, file_id, participation["joined_seq"]):
        raise NotFound
    return await files.get_file(tx, actor.company_id, file_id)
