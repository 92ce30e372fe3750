"""Name cards: a colleague shown to others, as they are when somebody looks."""

from collections.abc import Sequence

from msgspec import UNSET, UnsetType

from hutong import directory
from hutong.core.actor import Actor
from hutong.core.db import Tx
from hutong.core.errors import NotFound
from hutong.directory import Member
from hutong.messaging import policy
from hutong.messaging.content import Card
from hutong.messaging.errors import CardUnknown
from hutong.messaging.model import Draft
from hutong.messaging.store import cards


async def find_cards(tx: Tx, drafts: Sequence[Draft]) -> dict[int, Card | CardUnknown]:
    """By the drafts' places, the cards that they hold; who is no active colleague is an error."""
    wanted = {
        place: (draft.company_id, draft.card_id) for place, draft in enumerate(drafts) if draft.card_id is not None
    }
    found: dict[int, Card | CardUnknown] = {}
    for company_id in {company_id for company_id, _ in wanted.values()}:
        of_company = {place: id_ for place, (company, id_) in wanted.items() if company == company_id}
        members = await directory.list_cards(tx, company_id, list(of_company.values()))
        for place, id_ in of_company.items():
            member = members.get(id_)
            found[place] = card_of(member) if member is not None and member.is_active else CardUnknown()
    return found


async def list_present_cards(tx: Tx, company_id: int, told: Sequence[Card | UnsetType]) -> dict[str, Card]:
    """By person, those of the cards as these people are now."""
    ids = {int(card.person_id) for card in told if card is not UNSET}
    members = await directory.list_cards(tx, company_id, list(ids)) if ids else {}
    return {member.id: card_of(member) for member in members.values()}


async def read_card(tx: Tx, actor: Actor, conversation_id: int, person_id: int) -> Card:
    """Whose card somebody may read here, by itself or among what was forwarded as one."""
    participation = await policy.access_conversation(tx, actor, conversation_id)
    if not await cards.carries_card(tx, conversation_id, str(person_id), participation["joined_seq"]):
        raise NotFound
    member = (await directory.list_cards(tx, actor.company_id, [person_id])).get(person_id)
    if member is None:
        raise NotFound
    return card_of(member)


def card_of(member: Member) -> Card:
    return Card(
        person_id=member.id,
        name=member.name,
        title=member.title,
        avatar_url=member.avatar_url,
        is_active=member.is_active,
    )
