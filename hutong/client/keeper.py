"""Catching up: asks what changed and fills holes, one request after another, again and again until it is done."""

import asyncio
import logging
import random
from collections.abc import Callable

import httpx

from hutong.client.connection import reconnect_delay
from hutong.client.door import Door
from hutong.client.errors import Refused
from hutong.client.frames import ConversationLeft
from hutong.client.inbox import Inbox
from hutong.client.model import ChangedMessages, Message, Page, Sync

_PAGE = 200
# Conversations whose holes are filled at the same time.
_FILL_AT_ONCE = 8

_logger = logging.getLogger("hutong.client")


class Keeper:
    """`deliver` gets messages that now stand in line, `on_changed` those to which something happened; `on_synced` is
    called when the conversations are known anew."""

    def __init__(
        self,
        door: Door,
        inbox: Inbox,
        deliver: Callable[[list[Message]], None],
        on_changed: Callable[[list[Message]], None],
        on_synced: Callable[[], None],
    ) -> None:
        self._door = door
        self._inbox = inbox
        self._deliver = deliver
        self._on_changed = on_changed
        self._on_synced = on_synced
        self._must_sync = False
        self._wanted = asyncio.Event()
        self._look: asyncio.TimerHandle | None = None
        self.caught_up = asyncio.Event()

    def look_now(self) -> None:
        """Something may have changed unheard: after every welcome."""
        if self._look is not None:
            self._look.cancel()
            self._look = None
        self._must_sync = True
        self._wanted.set()

    def look_within(self, seconds: float) -> None:
        """The same at a random moment: all clients are told at once, and must not ask at once."""
        if self._look is None:
            self._look = asyncio.get_running_loop().call_later(random.uniform(0, seconds), self.look_now)

    def fill_holes(self) -> None:
        self._wanted.set()

    def close(self) -> None:
        if self._look is not None:
            self._look.cancel()

    async def run(self) -> None:
        """Until cancelled; raises SignedOut, or the Refused that asking again would not change."""
        failures = 0
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            try:
                await self._catch_up()
            except (httpx.HTTPError, Refused) as error:
                if isinstance(error, Refused) and not error.retry:
                    raise
                _logger.info("could not catch up: %s", error)
                failures += 1
                await asyncio.sleep(0.5 + reconnect_delay(failures))
                self._wanted.set()
            else:
                failures = 0
                self.caught_up.set()

    async def _catch_up(self) -> None:
        if self._must_sync:
            self._must_sync = False
            try:
                answer = await self._door.ask(Sync, "GET", "/api/sync", since=self._inbox.ask_sync())
            except BaseException:
                self._must_sync = True
                raise
            self._deliver(self._inbox.take_sync(answer))
            self._on_synced()
        places = asyncio.Semaphore(_FILL_AT_ONCE)
        fills = (self._fill(conversation_id, places) for conversation_id in self._inbox.holes())
        for result in await asyncio.gather(*fills, return_exceptions=True):
            if isinstance(result, BaseException):
                raise result

    async def _fill(self, conversation_id: str, places: asyncio.Semaphore) -> None:
        """Page after page of what is missing: the one path for a lost frame, an outage and a restart."""
        async with places:
            try:
                await self._fill_messages(conversation_id)
                await self._fill_changes(conversation_id)
            except Refused as refused:
                if refused.status != 404:
                    raise
                # Left meanwhile.
                self._inbox.take_left(ConversationLeft(conversation_id=conversation_id))

    async def _fill_changes(self, conversation_id: str) -> None:
        path = f"/api/conversations/{conversation_id}/changed-messages"
        while (after := self._inbox.changes_after(conversation_id)) is not None:
            page = await self._door.ask(ChangedMessages, "GET", path, after_revision=after, limit=_PAGE)
            self._on_changed(self._inbox.take_changes(conversation_id, page))
            if self._inbox.changes_after(conversation_id) == after:
                return

    async def _fill_messages(self, conversation_id: str) -> None:
        path = f"/api/conversations/{conversation_id}/messages"
        while (after := self._inbox.hole_after(conversation_id)) is not None:
            page = await self._door.ask(Page, "GET", path, after_seq=after, limit=_PAGE)
            self._deliver(self._inbox.take_page(conversation_id, page.items))
            if self._inbox.hole_after(conversation_id) == after:
                # An answer that brings nothing further would be asked for without end.
                return
