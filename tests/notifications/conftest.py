from collections.abc import AsyncIterator

import pytest

from tests.notifications.pushed import PushService


@pytest.fixture
async def push_service() -> AsyncIterator[PushService]:
    async with PushService.running() as service:
        yield service
