"""The client under test, at the front door or behind a line that can be cut."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from hutong.client import Client
from tests.client.relay import Relay, relay_to
from tests.people import Member


@pytest.fixture
async def line(base_url: str) -> AsyncIterator[Relay]:
    async with relay_to(base_url) as relay:
        yield relay


def token_of(who: Member) -> str:
    return str(who.http.cookies["hutong_session"])


@pytest.fixture
def bot(line: Relay) -> Callable[..., Client]:
    """`bot(chen)`: a client as Chen, behind the line."""

    def make(who: Member, **options: Any) -> Client:
        return Client(line.base_url, token=token_of(who), trust_env=False, **options)

    return make
