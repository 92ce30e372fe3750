"""Who listens to what, and the frames that are owed to them within one turn of the event loop.

A message to ten thousand people is framed once. Frames for the same channel that follow each other within a turn are
joined once for all, and what a socket is owed by the end of the next turn leaves in one write: the system call is
what a delivery costs, so it is made once for many.
"""

import asyncio
from typing import TYPE_CHECKING

from prometheus_client import Counter

from hutong.core import metrics
from hutong.gateway import protocol

if TYPE_CHECKING:
    from hutong.gateway.session import Session

_deliveries = Counter("hutong_deliveries", "Frames given to sockets", registry=metrics.registry)


# From so many listeners on, leaving a list would cost more than a dict's memory.
_LARGE = 500


class Channel:
    """Shared by all who listen to it, so that ten thousand idle sockets hold its name once."""

    # A list while it is small: a dict of a hundred takes eight times the memory.
    __slots__ = ("listeners", "name")

    def __init__(self, name: str) -> None:
        self.name = name
        self.listeners: list[Session] | dict[Session, None] = []

    def add(self, session: "Session") -> None:
        if isinstance(self.listeners, dict):
            self.listeners[session] = None
        else:
            self.listeners.append(session)
            if len(self.listeners) >= _LARGE:
                self.set(self.listeners)

    def remove(self, session: "Session") -> None:
        if isinstance(self.listeners, dict):
            del self.listeners[session]
        else:
            self.listeners.remove(session)

    def set(self, sessions: "list[Session]") -> None:
        self.listeners = sessions if len(sessions) < _LARGE else dict.fromkeys(sessions)


class Channels:
    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._by_name: dict[str, Channel] = {}
        # Frames of one channel that came one after the other in this turn, not yet given to its listeners.
        self._run: list[bytes] = []
        self._run_channel: Channel | None = None
        self._owing: list[Session] = []
        self._is_due = False
        self._given = 0

    def listeners(self, name: str) -> "list[Session]":
        channel = self._by_name.get(name)
        return list(channel.listeners) if channel else []

    def subscribe(self, session: "Session", name: str) -> None:
        self.give()
        channel = self._named(name)
        if channel not in session.channels:
            session.channels.append(channel)
            channel.add(session)

    def unsubscribe(self, session: "Session", name: str) -> None:
        self.give()
        channel = self._by_name.get(name)
        if channel is not None and channel in session.channels:
            session.channels.remove(channel)
            self._drop(session, channel)

    def set_all(self, session: "Session", names: set[str]) -> None:
        """From now on the session listens to these and no others."""
        self.give()
        kept = []
        for channel in session.channels:
            if channel.name in names:
                kept.append(channel)
            else:
                self._drop(session, channel)
        added = []
        for name in names - {channel.name for channel in kept}:
            channel = self._named(name)
            channel.add(session)
            added.append(channel)
        session.channels = [*kept, *added]

    def set_listeners(self, name: str, sessions: "list[Session]") -> "list[Session]":
        """From now on these listen to the channel and no others; who ceased to."""
        self.give()
        channel = self._named(name)
        before, now = set(channel.listeners), set(sessions)
        for session in now - before:
            session.channels.append(channel)
        for session in before - now:
            session.channels.remove(channel)
        channel.set(sessions)
        if not sessions:
            del self._by_name[name]
        return list(before - now)

    def _named(self, name: str) -> Channel:
        channel = self._by_name.get(name)
        if channel is None:
            channel = self._by_name[name] = Channel(name)
        return channel

    def _drop(self, session: "Session", channel: Channel) -> None:
        channel.remove(session)
        if not channel.listeners:
            del self._by_name[channel.name]

    def deliver(self, name: str, payload: bytes) -> None:
        channel = self._by_name.get(name)
        if channel is None:
            return
        if channel is not self._run_channel:
            self.give()
            self._run_channel = channel
            self._soon()
        self._run.append(protocol.text_frame(payload))

    def give(self, *, at_once: bool = False) -> None:
        """What was delivered so far is now in the listeners' queues: before anything that must come after it.

        With `at_once` nothing can come after it any more, and who has an empty queue is written to straight away.
        """
        channel = self._run_channel
        if channel is None:
            return
        self._run_channel, frames, self._run = None, self._run, []
        joined = frames[0] if len(frames) == 1 else b"".join(frames)
        self._given += len(frames) * len(channel.listeners)
        # A copy: a session that falls behind removes itself while we go through them.
        for session in tuple(channel.listeners):
            if at_once:
                session.write(joined)
            else:
                session.enqueue(joined)

    def owe(self, session: "Session") -> None:
        """The session has something in its queue: it is written at the end of this turn."""
        self._owing.append(session)
        self._soon()

    def _soon(self) -> None:
        if not self._is_due:
            self._is_due = True
            self._loop.call_soon(self._await_answers)

    def _await_answers(self) -> None:
        """One turn more: who spoke is told so in the same write that brings the message itself."""
        self._loop.call_soon(self._settle)

    def _settle(self) -> None:
        self.give(at_once=True)
        self._is_due = False
        if self._given:
            _deliveries.inc(self._given)
            self._given = 0
        owing, self._owing = self._owing, []
        for session in owing:
            session.flush()
