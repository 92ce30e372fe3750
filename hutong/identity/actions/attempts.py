"""Guessing is limited: attempts are counted before the password is looked at, and forgotten when it was right."""

from hutong.core import clock, ids
from hutong.core.actor import Actor
from hutong.core.db import Tx
from hutong.identity import model, store
from hutong.identity.model import TooManyAttempts


async def begin_attempt(tx: Tx, company_id: int, login: str, address: str) -> int:
    """One more attempt at this login from this address; its id. Raises TooManyAttempts.

    To be committed before the password is looked at: a hundred guesses at once are still a hundred.
    """
    await store.lock_attempts(tx, company_id, login, address)
    now = clock.now()
    for_login, from_address = await store.count_attempts(tx, company_id, login, address, now - model.ATTEMPT_WINDOW)
    if for_login >= model.MAX_ATTEMPTS_PER_LOGIN or from_address >= model.MAX_ATTEMPTS_PER_ADDRESS:
        wait = int(model.ATTEMPT_WINDOW.total_seconds())
        raise TooManyAttempts(minutes=wait // 60, details={"retry_after_seconds": wait})
    attempt_id = ids.new()
    await store.insert_attempt(tx, attempt_id, company_id, login, address, now)
    return attempt_id


def at_own_password(actor: Actor) -> str:
    """Stands for login and address alike when somebody signed in gives their password again: no login begins so."""
    return f"#{actor.person_id}"
