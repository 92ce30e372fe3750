"""The client as programs use it: what is missing is asked for, what is sent is kept until acknowledged."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Collection
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

import httpx

from hutong.client.connection import Connection, reconnect_delay
from hutong.client.door import Door
from hutong.client.errors import ClientError, Closed, Refused
from hutong.client.frames import (
    Ack,
    ChannelFrame,
    ContactFrame,
    ConversationChanged,
    ConversationFrame,
    ConversationLeft,
    DraftFrame,
    Error,
    Frame,
    GroupFrame,
    JoinRequests,
    LookAgain,
    MessageChanged,
    MessageFrame,
    NudgeConfirmed,
    NudgeMade,
    Read,
    Removed,
    Scheduled,
    SettingsFrame,
    TopicFrame,
    Typing,
    Welcome,
)
from hutong.client.inbox import Begin, Inbox
from hutong.client.keeper import Keeper
from hutong.client.model import Conversation, ConversationSettings, Draft, File, Message
from hutong.client.outbox import Outbox, Outgoing
from hutong.client.sender import Sender
from hutong.client.signs import Signs
from hutong.client.streams import Streams

Event = (
    Message
    | MessageChanged
    | Conversation
    | ConversationLeft
    | ContactFrame
    | JoinRequests
    | TopicFrame
    | Read
    | ConversationSettings
    | Draft
    | Scheduled
    | NudgeMade
    | NudgeConfirmed
    | Removed
    | Typing
)

_GOODBYE_SECONDS = 2.0


class Client:
    """Somebody's place in the network, kept whatever happens to the line.

    Entering signs in (or takes a session's `token`), connects and catches up; it waits for a server that is down, and
    raises what the server has against it. `follow`: the conversations whose messages are wanted without a hole, None
    for all. `begin`: where they start (see Inbox). `outbox`: a file that keeps unsent messages past the end of the
    program. `keep`: messages held of each conversation in `logs`.
    """

    def __init__(
        self,
        url: str,
        *,
        token: str | None = None,
        company: str | None = None,
        login: str = "",
        password: str = "",
        follow: Collection[str] | None = None,
        begin: Begin = "now",
        outbox: Path | str | None = None,
        keep: int | None = 1_000,
        trust_env: bool = True,
    ) -> None:
        base_url = url.rstrip("/")
        self._credentials = None if token else (company, login, password)
        self._door = Door(base_url, token, trust_env=trust_env)
        self._inbox = Inbox(follow=follow, begin=begin, keep=keep)
        self._connection = Connection(
            f"{base_url.replace('http', 'ws', 1)}/ws", lambda: self._door.headers, self._take, trust_env=trust_env
        )
        self._sender = Sender(Outbox(outbox), self._connection.tell)
        self._streams: Streams[Event] = Streams()
        self._signs = Signs(self._inbox, self._connection.tell)
        self._begun_for: Welcome | None = None
        self._keeper = Keeper(self._door, self._inbox, self._deliver, self._tell_changed, self._synced)
        self._running: asyncio.Task[None] | None = None
        self._over: Exception | None = None

    # -- what is known -------------------------------------------------------------------------------------------

    @property
    def person_id(self) -> str | None:
        return self._inbox.person_id

    @property
    def is_connected(self) -> bool:
        return self._connection.is_open

    @property
    def conversations(self) -> dict[str, Conversation]:
        return self._inbox.conversations

    @property
    def settings(self) -> dict[str, ConversationSettings]:
        """What this person keeps for themself, by conversation; absent where they never changed anything."""
        return self._inbox.settings

    @property
    def drafts(self) -> dict[str, Draft]:
        """What is half-written, by conversation; one with an empty text was sent or deleted."""
        return self._inbox.drafts

    def log(self, conversation_id: str) -> list[Message]:
        """A followed conversation as far as it is held: ascending, without a hole."""
        log = self._inbox.logs.get(conversation_id)
        return list(log.items) if log else []

    @property
    def unsent(self) -> list[Outgoing]:
        return list(self._sender.outbox)

    # -- life ----------------------------------------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        try:
            if self._credentials is not None:
                await self._sign_in(*self._credentials)
            self._running = asyncio.create_task(self._run())
            caught_up = asyncio.create_task(self._keeper.caught_up.wait())
            await asyncio.wait({self._running, caught_up}, return_when=asyncio.FIRST_COMPLETED)
            caught_up.cancel()
            if self._running.done():
                self._running.result()
        except BaseException:
            await self._close()
            raise
        return self

    async def _sign_in(self, company: str | None, login: str, password: str) -> None:
        failures = 0
        while True:
            try:
                return await self._door.sign_in(company, login, password)
            except (httpx.TransportError, Refused) as error:
                if isinstance(error, Refused) and (error.status or 0) < 500:
                    raise
                failures += 1
                await asyncio.sleep(reconnect_delay(failures))

    async def __aexit__(self, *_: object) -> None:
        await self._close()

    async def _close(self) -> None:
        self._keeper.close()
        if self._running is not None:
            self._running.cancel()
            # Its own end was told to all who waited.
            with suppress(asyncio.CancelledError, ClientError):
                await self._running
        self._end(None)
        if self._credentials is not None and self._door.token:
            # The session that it opened is of no more use to anybody.
            with suppress(httpx.HTTPError, ClientError, TimeoutError):
                async with asyncio.timeout(_GOODBYE_SECONDS):
                    await self._door.ask(object, "DELETE", "/api/session")
        await self._door.close()

    async def _run(self) -> None:
        """Line and catching up, until either can go on no more."""
        tasks = {asyncio.create_task(self._connection.run()), asyncio.create_task(self._keeper.run())}
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        except Exception as error:
            self._end(error)
            raise
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _end(self, error: Exception | None) -> None:
        if self._over is None:
            self._over = error or Closed("the client was closed")
            self._sender.close(self._over)
            self._streams.end(error)

    # -- speaking ------------------------------------------------------------------------------------------------

    def send(
        self,
        conversation_id: str,
        text: str = "",
        *,
        kind: str = "text",
        file_id: str | None = None,
        card_id: str | None = None,
        location: dict[str, Any] | None = None,
        client_id: str | None = None,
        mentions: Collection[str] = (),
        mentions_everybody: bool = False,
        topic_id: str | None = None,
        without_preview: bool = False,
    ) -> asyncio.Future[int]:
        """Say it, now or as soon as there is a line. Awaited, gives the message's `seq` once it is committed, or raises
        Refused. Messages to one conversation stand in it in the order of these calls. `mentions`: the ids of
        those it calls on, whom the text names as "@name"; `card_id`: the colleague whom a card shows;
        `topic_id`: what a group talks about; `without_preview`: no page is shown that
        it links to."""
        if self._over is not None or self._running is None:
            raise self._over or Closed("the client was not entered")
        client_id = client_id or str(uuid.uuid4())
        called = {"everybody": mentions_everybody, "person_ids": list(mentions)}
        return self._sender.send(
            Outgoing(
                client_id=client_id,
                conversation_id=conversation_id,
                kind=kind,
                text=text,
                file_id=file_id,
                card_id=card_id,
                location=location,
                topic_id=topic_id,
                without_preview=without_preview,
                mentions=called if mentions or mentions_everybody else None,
            )
        )

    def mark_read(self, conversation_id: str, seq: int | None = None) -> None:
        """Read up to `seq`; without it, up to what is known. Told again after an outage until the server knows it."""
        self._signs.mark_read(conversation_id, seq)

    def typing(self, conversation_id: str) -> None:
        self._signs.typing(conversation_id)

    def nudge(self) -> None:
        """The network is back: connect now instead of after the wait."""
        self._connection.nudge()

    # -- hearing -------------------------------------------------------------------------------------------------

    def events(self) -> AsyncIterator[Event]:
        """All that happens. Messages come in the order of their conversation, none left out and none twice."""
        return self._streams.listen()

    async def messages(self, *, own: bool = False) -> AsyncIterator[Message]:
        """What others say; with `own`, also what this person says, here and on other devices."""
        async for event in self._streams.listen():
            if isinstance(event, Message) and (own or event.sender_id != self.person_id):
                yield event

    # -- what only HTTP does -------------------------------------------------------------------------------------

    async def request(self, method: str, path: str, body: Any = None, **params: Any) -> Any:
        """Anything else of /api/docs."""
        return await self._door.ask(object, method, path, body, **params)

    async def open_direct(self, person_id: str) -> Conversation:
        return await self._open({"kind": "direct", "person_id": person_id})

    async def open_group(self, name: str | None, person_ids: Collection[str]) -> Conversation:
        client_id = str(uuid.uuid4())
        return await self._open({"kind": "group", "client_id": client_id, "name": name, "person_ids": list(person_ids)})

    async def upload(self, content: bytes, name: str) -> File:
        """A file to be sent: `send(…, kind="file", file_id=file.id)`."""
        return await self._door.ask(File, "POST", "/api/files", content, name=name)

    async def _open(self, wish: dict[str, Any]) -> Conversation:
        conversation = await self._door.ask(Conversation, "POST", "/api/conversations", wish)
        self._deliver(self._inbox.take_conversation(conversation))
        return conversation

    # -- what the server says ------------------------------------------------------------------------------------

    def _take(self, frame: Frame) -> None:
        match frame:
            case Welcome():
                self._inbox.person_id = frame.person_id
                self._begin_sending()
                self._keeper.look_now()
            case Ack():
                self._sender.take_ack(frame)
            case Error():
                self._sender.take_error(frame)
            case LookAgain():
                self._keeper.look_within(frame.within_seconds)
            case MessageFrame():
                self._take_message(frame.message)
            case MessageChanged():
                self._take_changed(frame.message)
            case _:
                self._take_about_conversation(frame)

    def _take_about_conversation(self, frame: Frame) -> None:
        match frame:
            case ConversationFrame(conversation=conversation):
                self._deliver(self._inbox.take_conversation(conversation))
                self._streams.publish(self.conversations[conversation.id])
                self._keeper.fill_holes()
            case ConversationChanged():
                self._inbox.take_change(frame)
                if (changed := self.conversations.get(frame.conversation_id)) is not None:
                    self._streams.publish(changed)
            case GroupFrame():
                if (governed := self._inbox.take_group(frame)) is not None:
                    self._streams.publish(governed)
            case ChannelFrame():
                self._take_channel(frame)
            case ConversationLeft():
                self._inbox.take_left(frame)
                self._streams.publish(frame)
            case Read():
                self._inbox.take_read(frame)
                self._streams.publish(frame)
            case SettingsFrame(settings=settings):
                self._inbox.take_settings(settings)
                self._streams.publish(settings)
            case DraftFrame(draft=draft):
                self._inbox.take_draft(draft)
                self._streams.publish(draft)
            case Removed():
                self._deliver(self._inbox.take_removed(frame))
                self._streams.publish(frame)
            case (
                Typing() | ContactFrame() | JoinRequests() | TopicFrame() | Scheduled() | NudgeMade() | NudgeConfirmed()
            ):
                self._streams.publish(frame)

    def _take_channel(self, frame: ChannelFrame) -> None:
        if (renamed := self._inbox.take_channel(frame)) is not None:
            self._streams.publish(renamed)
        else:
            self._keeper.look_now()

    def _take_message(self, message: Message) -> None:
        self._settle(message)
        self._deliver(self._inbox.take_message(message))
        if message.conversation_id not in self.conversations:
            self._keeper.look_now()
        elif self._inbox.hole_after(message.conversation_id) is not None:
            self._keeper.fill_holes()

    def _take_changed(self, message: Message) -> None:
        joined, is_news = self._inbox.take_changed(message)
        self._deliver(joined)
        if is_news:
            self._tell_changed([message])
        self._keeper.fill_holes()

    def _tell_changed(self, messages: list[Message]) -> None:
        for message in messages:
            self._streams.publish(MessageChanged(message=message))

    def _deliver(self, messages: list[Message]) -> None:
        for message in messages:
            self._settle(message)
            self._streams.publish(message)

    def _settle(self, message: Message) -> None:
        """What of one's own is heard has arrived, even if its acknowledgement was lost with the line."""
        if message.sender_id == self.person_id and message.client_id in self._sender.outbox:
            self._sender.settle(message.client_id, message.seq)

    def _synced(self) -> None:
        self._begin_sending()
        self._signs.tell_again()

    def _begin_sending(self) -> None:
        """Once for each socket, and not before it is known where the conversations begin: an answer to what is sent
        must not be taken for something of the past."""
        welcome = self._connection.welcome
        if welcome is not None and welcome is not self._begun_for and self._inbox.token is not None:
            self._begun_for = welcome
            self._sender.begin(welcome.max_frame_bytes)
