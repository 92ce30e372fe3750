"""A company begins."""

from hutong.core import clock, ids
from hutong.core.db import Tx
from hutong.core.errors import Invalid
from hutong.identity import model, store
from hutong.identity.model import Company, CompanyExists


async def create_company(tx: Tx, slug: str, name: str, *, hosts: list[str] | None = None) -> Company:
    """`hosts` are the host names at which its people arrive. Raises BadSlug, CompanyExists."""
    model.check_slug(slug)
    if not 1 <= len(name.strip()) <= 64:
        raise Invalid(details={"fields": [{"field": "name", "message": "1-64"}]})
    company = Company(id=ids.new(), slug=slug, name=name.strip())
    if not await store.insert_company(tx, company, [host.lower() for host in hosts or []], clock.now()):
        raise CompanyExists(slug=slug)
    return company
