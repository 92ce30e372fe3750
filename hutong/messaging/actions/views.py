"""Conversations as a participant sees them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from msgspec import UNSET

from hutong import directory, identity
from hutong.core import clock
from hutong.core.actor import Actor
from hutong.core.db import Row, Tx
from hutong.core.errors import NotFound
from hutong.core.paging import make_cursor, read_cursor
from hutong.identity import Person
from hutong.messaging import model, policy
from hutong.messaging.actions.messages import messages_out
from hutong.messaging.events import ConversationChanged
from hutong.messaging.governing import Group
from hutong.messaging.model import Conversation, Message, Participant
from hutong.messaging.store import channels, conversations, groups, participants


async def list_changes(tx: Tx, conversation_ids: Sequence[int]) -> list[ConversationChanged]:
    """Each conversation by what everybody in it sees alike."""
    heads = await conversations.list_heads(tx, conversation_ids)
    faces = await _faces(tx, [head["id"] for head in heads])
    return [
        ConversationChanged(
            conversation_id=str(head["id"]),
            seq=head["last_seq"],
            name=head["name"],
            owner_id=str(head["owner_id"]) if head["owner_id"] else None,
            participant_count=head["participant_count"],
            people=_people(faces[head["id"]]),
        )
        for head in heads
    ]


async def view_conversations(
    tx: Tx, company_id: int, pairs: Sequence[tuple[int, int]]
) -> list[tuple[int, Conversation]]:
    """(person, conversation as that person sees it) for each (conversation, person) that is a participation."""
    return await views_of(tx, company_id, await conversations.list_views(tx, pairs))


async def views_of(tx: Tx, company_id: int, rows: Sequence[Row]) -> list[tuple[int, Conversation]]:
    """The same from rows of `conversations.list_views` or `channels.list_heard_views`."""
    faces = await _faces(tx, list({row["id"] for row in rows}))
    said = await messages_out(tx, company_id, [(row["id"], row) for row in rows if row["seq"] is not None])
    last = {int(message.conversation_id): message for message in said}
    sizes = await count_audiences(tx, company_id, list({row["id"] for row in rows if row["kind"] == "channel"}))
    rules = await groups.list_groups(tx, list({row["id"] for row in rows if row["kind"] == "group"}))
    return [(row["person_id"], _conversation(row, faces[row["id"]], last.get(row["id"]), sizes, rules)) for row in rows]


async def _faces(tx: Tx, conversation_ids: Sequence[int]) -> dict[int, list[Row]]:
    """The first to join each conversation."""
    faces: dict[int, list[Row]] = defaultdict(list)
    for face in await conversations.list_faces(tx, conversation_ids, model.FACES):
        faces[face["conversation_id"]].append(face)
    return faces


async def list_people_in(tx: Tx, conversation_ids: Sequence[int]) -> dict[int, list[Person]]:
    """The first people of each conversation, as lists show them."""
    faces = await _faces(tx, conversation_ids)
    return {id_: _people(faces[id_]) for id_ in conversation_ids}


def _people(faces: list[Row]) -> list[Person]:
    return [
        identity.person_out(face["person_id"], face["kind"], face["name"], is_active=face["is_active"])
        for face in faces
    ]


async def count_audiences(tx: Tx, company_id: int, channel_ids: Sequence[int]) -> dict[int, int]:
    """How many each channel is for now."""
    if not channel_ids:
        return {}
    return await directory.count_parts(tx, company_id, await channels.list_audiences(tx, channel_ids))


def _conversation(
    row: Row, faces: list[Row], last: Message | None, sizes: dict[int, int], rules: dict[int, Group]
) -> Conversation:
    if row["left_at"] is not None:
        return _left_behind(row)
    person_id = row["person_id"]
    peer_marks = [face["read_seq"] for face in faces if face["person_id"] != person_id]
    return Conversation(
        id=str(row["id"]),
        kind=row["kind"],
        name=row["name"],
        is_external=row["kind"] == "customer",
        owner_id=str(row["owner_id"]) if row["owner_id"] else None,
        participant_count=sizes.get(row["id"], 0) if row["kind"] == "channel" else row["participant_count"],
        people=_people(faces),
        last_seq=row["last_seq"],
        last_revision=row["last_revision"],
        read_seq=row["read_seq"],
        unread_count=row["last_seq"] - row["read_seq"],
        peer_read_seq=max(peer_marks, default=0) if row["kind"] in {"direct", "customer"} else None,
        last_message=last if row["seq"] is not None else None,
        last_active_at=row["last_active_at"],
        has_left=False,
        can_publish=row["can_publish"],
        mention_seq=row["mention_seq"] or UNSET,
        first_seq=row["first_seq"] if row["first_seq"] > 1 else UNSET,
        group=rules.get(row["id"], UNSET),
    )


def _left_behind(row: Row) -> Conversation:
    """What somebody who is gone learns: that it is so. Name, people and how far it went are after their time."""
    return Conversation(
        id=str(row["id"]),
        kind=row["kind"],
        name=None,
        is_external=row["kind"] == "customer",
        owner_id=None,
        participant_count=0,
        people=[],
        last_seq=row["read_seq"],
        last_revision=0,
        read_seq=row["read_seq"],
        unread_count=0,
        peer_read_seq=None,
        last_message=None,
        last_active_at=row["left_at"],
        has_left=True,
        can_publish=False,
    )


async def get_conversation(tx: Tx, actor: Actor, conversation_id: int) -> Conversation:
    found = await policy.access_conversation(tx, actor, conversation_id)
    if found["is_by_rule"]:
        view = await find_heard(tx, actor.company_id, actor.person_id, conversation_id)
    else:
        views = await view_conversations(tx, actor.company_id, [(conversation_id, actor.person_id)])
        view = views[0][1] if views else None
    if view is None:
        raise NotFound
    return view


async def find_heard(tx: Tx, company_id: int, person_id: int, channel_id: int) -> Conversation | None:
    """The channel as somebody sees it whom its rule lets in."""
    place = (await directory.list_placements(tx, [person_id])).get(person_id)
    rows = (
        await channels.list_heard_views(tx, person_id, place, clock.now(), conversation_id=channel_id) if place else []
    )
    views = await views_of(tx, company_id, rows)
    return views[0][1] if views else None


async def list_participants(
    tx: Tx, actor: Actor, conversation_id: int, cursor: str | None, limit: int
) -> tuple[list[Participant], str | None]:
    """A page in the order of joining, and where the next begins."""
    conversation = await get_conversation(tx, actor, conversation_id)
    after = read_cursor(cursor, tuple[datetime, int]) if cursor else None
    rows = await participants.list_participants(tx, conversation_id, after, limit + 1)
    people = await identity.list_people(tx, actor.company_id, [row["person_id"] for row in rows])
    items = [
        Participant(
            person=people[row["person_id"]],
            role=_role(conversation, str(row["person_id"])),
            read_seq=row["read_seq"],
            joined_at=row["joined_at"],
        )
        for row in rows[:limit]
    ]
    last = rows[limit - 1] if len(rows) > limit else None
    return items, make_cursor(last["joined_at"], last["person_id"]) if last else None


def _role(conversation: Conversation, person_id: str) -> Literal["owner", "deputy", "member"]:
    if person_id == conversation.owner_id:
        return "owner"
    return "deputy" if conversation.group and person_id in conversation.group.deputy_ids else "member"


async def list_visible_people(tx: Tx, actor: Actor, ids: Sequence[int]) -> list[Person]:
    """Faces of colleagues, and of customers one shares a conversation with. The others are left out."""
    people = await identity.list_people(tx, actor.company_id, ids)
    outsiders = [id_ for id_, person in people.items() if person.kind == "contact"]
    known = await participants.list_acquainted(tx, actor.person_id, outsiders) if outsiders else set()
    return [person for id_, person in people.items() if person.kind == "member" or id_ in known]
