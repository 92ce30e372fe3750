"""Who may see what: every member sees the whole directory of their own company, and nothing of another's."""

from hutong.core.actor import Actor
from hutong.core.db import Tx
from hutong.core.errors import NotFound
from hutong.directory.model.cards import Department, MemberCard
from hutong.directory.store import departments, members


async def access_department(tx: Tx, actor: Actor, department_id: int) -> Department:
    department = await departments.find_department(tx, actor.company_id, department_id)
    if department is None:
        raise NotFound
    return department


async def access_member(tx: Tx, actor: Actor, person_id: int) -> MemberCard:
    """Inactive members too: whoever talked with them still sees who that was."""
    card = await members.find_card(tx, actor.company_id, person_id)
    if card is None:
        raise NotFound
    return card
