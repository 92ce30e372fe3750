"""Recognising a consumer: the way in names the company, the company's cookie names the person."""

from collections.abc import Mapping

import msgspec

from hutong import identity, messaging
from hutong.contacts import policy
from hutong.contacts.model import Way, is_visit_proof
from hutong.core.actor import Actor
from hutong.core.db import Database, Tx
from hutong.core.errors import NotFound, NotSignedIn
from hutong.identity import Company, Person

# The same for every company: it says which browser, not who.
VISIT_COOKIE = "hutong_visit"


class Visit(msgspec.Struct, frozen=True):
    """Somebody at a way in: whom it leads to, who they are if their browser is known, else what it was given before."""

    way: Way
    company: Company
    member: Person
    actor: Actor | None
    proof: str | None

    @property
    def cookie(self) -> str:
        return cookie_name(self.company)

    def known(self) -> Actor:
        if self.actor is None:
            raise NotSignedIn
        return self.actor


async def find_talk(tx: Tx, visit: Visit) -> tuple[Actor, int]:
    """Who visits, and the conversation their way leads to. Raises NotSignedIn; NotFound when they never spoke there."""
    actor = visit.known()
    found = await messaging.find_between(tx, actor.company_id, actor.person_id, visit.way.member_id)
    if found is None:
        raise NotFound
    return actor, found


def cookie_name(company: Company) -> str:
    """One for each company: a person may be the customer of several on one host."""
    return f"hutong_contact_{company.slug}"


async def find_visitor(db: Database, token: str, cookies: Mapping[str, str]) -> Visit:
    """Raises WayNotFound."""
    async with db.begin() as tx:
        way, member = await policy.access_way(tx, token)
        company = await identity.get_company(tx, way.company_id)
    secret = cookies.get(cookie_name(company))
    actor = await identity.find_contact_actor(db, secret, company.id) if secret else None
    proof = cookies.get(VISIT_COOKIE, "")
    return Visit(way, company, member, actor, proof if is_visit_proof(proof) else None)


async def admit_consumer(db: Database, token: str, cookies: Mapping[str, str]) -> Actor:
    """Who opens a consumer's socket. Raises WayNotFound, NotSignedIn."""
    return (await find_visitor(db, token, cookies)).known()
