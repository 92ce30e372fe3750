"""Calling on people: who is meant is settled before the message is written, and kept with it."""

from collections.abc import Sequence

from hutong import directory
from hutong.core import ids
from hutong.core.actor import Actor
from hutong.core.db import Tx
from hutong.directory import Member
from hutong.messaging import governing, policy
from hutong.messaging.content import MENTION_ALL_FREE, MentionedPerson, Mentions
from hutong.messaging.errors import MentionsEverybody
from hutong.messaging.governing import AS_BEGUN
from hutong.messaging.model import Draft, Message
from hutong.messaging.store import groups, mentions, participants


async def find_mentions(tx: Tx, drafts: Sequence[Draft]) -> dict[int, Mentions | MentionsEverybody]:
    """By the drafts' places, whom each calls on. Who is not in the conversation is left out: they may just have gone.

    Whom the group lets call on everybody, it decides itself; a large one only its managers. For others it is an error.
    """
    wishes = [(place, draft, draft.mentions) for place, draft in enumerate(drafts) if draft.mentions is not None]
    if not wishes:
        return {}
    keys = {
        place: [(draft.conversation_id, ids.parse(id_)) for id_ in dict.fromkeys(wish.person_ids) if ids.is_id(id_)]
        for place, draft, wish in wishes
    }
    names = await mentions.list_present(tx, [key for some in keys.values() for key in some])
    called = [draft.conversation_id for _, draft, wish in wishes if wish.everybody]
    heads, rules = await mentions.list_groups(tx, called), await groups.list_groups(tx, called)
    found: dict[int, Mentions | MentionsEverybody] = {}
    for place, draft, wish in wishes:
        group = heads.get(draft.conversation_id) if wish.everybody else None
        people = [MentionedPerson(id=str(key[1]), name=names[key]) for key in keys[place] if key in names]
        if group and not governing.may_mention_all(
            rules.get(draft.conversation_id, AS_BEGUN), group["owner_id"], draft.sender_id,
            is_large=group["participant_count"] > MENTION_ALL_FREE,
        ):  # fmt: skip
            found[place] = MentionsEverybody(limit=MENTION_ALL_FREE)
        elif group or people:
            found[place] = Mentions(everybody=group is not None, people=people)
    return found


async def keep_mentions(tx: Tx, said: Sequence[Message]) -> None:
    """So that those whom new messages call on see where."""
    rows = [
        (person_id, int(message.conversation_id), message.seq)
        for message in said
        if message.mentions
        for person_id in (
            *(int(person.id) for person in message.mentions.people if person.id != message.sender_id),
            *([mentions.EVERYBODY] if message.mentions.everybody else []),
        )
    ]
    if rows:
        await mentions.insert_mentions(tx, rows)


async def list_mentionable(tx: Tx, actor: Actor, conversation_id: int, query: str, limit: int) -> list[Member]:
    """Colleagues in a conversation who may be called on, by what is typed of their names; before anything is typed, who
    spoke last first."""
    found = await policy.access_conversation(tx, actor, conversation_id)
    if found["is_by_rule"]:
        return []
    if query.strip():
        among = await participants.list_participant_ids(tx, conversation_id)
        some = await directory.find_members(tx, actor, query, limit=limit + 1, among=among)
    else:
        # One more for oneself, some for those who are customers or gone.
        recent = await participants.list_recent_speakers(tx, conversation_id, found["joined_seq"], limit + 10)
        cards = await directory.list_cards(tx, actor.company_id, recent)
        some = [cards[id_] for id_ in recent if id_ in cards and cards[id_].is_active]
    return [member for member in some if member.id != str(actor.person_id)][:limit]
