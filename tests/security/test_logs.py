"""No secret in a log: not of what people send, not of where they send it, not when things go wrong."""

import io
import logging
from collections.abc import Iterator

import pytest

from hutong.core import log
from hutong.roles.serve import Network
from tests.cast import PASSWORD
from tests.people import Caller, Consumer, Member


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """All that is logged, at the most talkative level, as it would be written."""
    log.configure("debug", "json")
    # The other end of the line: they log what the test itself sends.
    for client in ("httpx", "httpcore", "websockets"):
        logging.getLogger(client).setLevel(logging.WARNING)
    written = io.StringIO()
    handler = logging.getLogger().handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(written)
    yield written
    log.configure("warning")


async def test_signing_in_talking_and_coming_back_leave_no_secret(
    logged: io.StringIO, lin: Member, zhao: Member, wu: Consumer, nobody: Caller
) -> None:
    await nobody.post("/api/session", {"company": lin.company, "login": lin.account, "password": PASSWORD})
    wrong = {"company": lin.company, "login": lin.account, "password": "Wrong-Secret-99"}
    await nobody.refused("POST", "/api/session", wrong)
    await lin.refused("PUT", "/api/me/password", {"current": "Wrong-Secret-99", "new": "New-Secret-77"})
    invitation = (await zhao.post(f"/api/members/{lin.id}/invitation"))["url"].rpartition("/")[2]
    await nobody.get(f"/api/invitations/{invitation}")
    await wu.walk_in(await lin.way(), "想试驾")
    recovery = (await wu.post(f"{wu.door}/recovery-link"))["url"].rpartition("/")[2]
    await nobody.post(f"/api/consumer/recovery/{recovery}")
    async with lin.socket(), wu.socket():
        pass
    tokens = [cookie.value for who in (lin, wu, nobody) for cookie in who.http.cookies.jar]
    secrets = [PASSWORD, "Wrong-Secret-99", "New-Secret-77", invitation, recovery, "想试驾", *tokens]
    assert not [secret for secret in secrets if secret and secret in logged.getvalue()]


async def test_a_failure_is_logged_without_the_secret_in_its_address(
    logged: io.StringIO, network: Network, lin: Member, nobody: Caller, wu: Consumer
) -> None:
    secret = "kL9" * 14
    wu.way = await lin.way()
    await network.db.close()
    for path in (f"/api/invitations/{secret}", f"/api/consumer/recovery/{secret}"):
        assert (await nobody.refused("GET", path)).status == 503
    assert (await lin.refused("GET", "/api/me")).code == "unavailable"
    token = dict(lin.http.cookies)["hutong_session"]
    written = logged.getvalue()
    assert "unavailable" in written, "that it failed is in the log"
    assert secret not in written
    assert token not in written


def test_what_smells_of_a_secret_is_struck_out(logged: io.StringIO) -> None:
    log.logger("test").warning("odd", password="s3cret-1", session_token="s3cret-2", Cookie="s3cret-3", name="林晓")
    assert "s3cret" not in logged.getvalue()
    assert "林晓" in logged.getvalue()
