"""What a company keeps no longer goes from a program's conversations too, and what is said next is heard once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import TypeVar

from hutong.client import Event, NudgeConfirmed, NudgeMade, Removed, Scheduled
from hutong.core import clock
from hutong.core.db import Database
from tests.client.test_hearing import Bot
from tests.messaging.test_retention import age, keep
from tests.people import PATIENCE, Member, new_client_id

E = TypeVar("E", bound=Event)


async def next_of(events: AsyncIterator[Event], kind: type[E]) -> E:
    async with asyncio.timeout(PATIENCE):
        async for event in events:
            if isinstance(event, kind):
                return event
    raise AssertionError("the program ended")


async def test_a_bot_lives_with_what_is_removed_and_hears_what_is_urgent_and_said_later(
    db: Database, lin: Member, zhao: Member, chen: Member, bot: Bot
) -> None:
    talk = await lin.direct(chen)
    for text in ("一", "二", "三"):
        await lin.say(talk, text)
    await age(db, talk, 2)
    async with bot(chen, begin="beginning") as client:
        heard, events = client.messages(), client.events()
        assert [(await anext(heard)).text for _ in range(3)] == ["一", "二", "三"]
        await keep(zhao, staff_days=30)
        assert await next_of(events, Removed) == Removed(conversation_id=talk["id"], first_seq=3)
        view = client.conversations[talk["id"]]
        assert (view.first_seq, view.read_seq, view.unread_count) == (3, 2, 1)
        said = await lin.say(talk, "四")
        assert (await anext(heard)).text == "四"
        await lin.post(f"/api/conversations/{talk['id']}/messages/{said['seq']}/nudge", {})
        assert (await next_of(events, NudgeMade)).seq == said["seq"]
        await chen.post(f"/api/conversations/{talk['id']}/messages/{said['seq']}/nudge/confirmation")
        assert (await next_of(events, NudgeConfirmed)).person_id == chen.id
        send_at = (clock.now() + timedelta(hours=1)).isoformat()
        wish = {"client_id": new_client_id(), "text": "五", "send_at": send_at}
        await chen.post(f"/api/conversations/{talk['id']}/scheduled-messages", wish)
        await next_of(events, Scheduled)
    # Whoever was away finds the beginning that is left.
    async with bot(chen, begin="beginning") as client:
        heard = client.messages()
        assert [(await anext(heard)).text for _ in range(2)] == ["三", "四"]
