"""Who hears what: channel → sessions, person → sessions. Everything here happens on one event loop, without waiting."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from prometheus_client import Counter, Gauge

from hutong.core import live, log, metrics
from hutong.core.actor import Actor
from hutong.core.errors import HutongError
from hutong.core.live import Broker, Delivery, Listening, SessionsEnded, Signal
from hutong.gateway import protocol
from hutong.gateway.protocol import Close, Verb

if TYPE_CHECKING:
    from hutong.gateway.session import Session

# The channels an actor hears, or None when the session has ended meanwhile.
OpenSession = Callable[[Actor], Awaitable[list[str] | None]]
# Which of these session ids are still valid.
StillValid = Callable[[list[int]], Awaitable[set[int]]]

_SWEEP_SECONDS = 5.0
_CHECK_SECONDS = 30.0
_logger = log.logger(__name__)
_connections = Gauge("hutong_connections", "Open sockets", registry=metrics.registry)
_deliveries = Counter("hutong_deliveries", "Frames given to sockets", registry=metrics.registry)


class Hub:
    def __init__(
        self, broker: Broker, verbs: Mapping[str, Verb], open_session: OpenSession, still_valid: StillValid
    ) -> None:
        self.broker = broker
        self.verbs = verbs
        self.open_session = open_session
        self.still_valid = still_valid
        self._by_channel: dict[str, set[Session]] = defaultdict(set)
        self._by_person: dict[int, set[Session]] = defaultdict(set)
        self._sweeper: asyncio.Task[None] | None = None

    def start(self) -> None:
        self.broker.listen(self.on_signal)
        self._sweeper = asyncio.create_task(self._sweep())

    async def stop(self) -> None:
        """Every client is told to come back to whoever runs next."""
        if self._sweeper is not None:
            self._sweeper.cancel()
        for session in self._sessions():
            session.close(Close.RESTART)

    @property
    def session_count(self) -> int:
        return len(self._sessions())

    def add(self, session: "Session") -> None:
        self._by_person[session.actor.person_id].add(session)
        self.subscribe(session, live.person_channel(session.actor.person_id))
        _connections.inc()

    def remove(self, session: "Session") -> None:
        sessions = self._by_person.get(session.actor.person_id, set())
        if session not in sessions:
            return
        sessions.discard(session)
        if not sessions:
            del self._by_person[session.actor.person_id]
        for channel in list(session.channels):
            self.unsubscribe(session, channel)
        _connections.dec()

    def subscribe(self, session: "Session", channel: str) -> None:
        if session in self._by_person.get(session.actor.person_id, ()):
            session.channels.add(channel)
            self._by_channel[channel].add(session)

    def unsubscribe(self, session: "Session", channel: str) -> None:
        session.channels.discard(channel)
        listeners = self._by_channel.get(channel)
        if listeners is not None:
            listeners.discard(session)
            if not listeners:
                del self._by_channel[channel]

    def on_signal(self, signal: Signal) -> None:
        if isinstance(signal, Delivery):
            self._deliver(signal)
        elif isinstance(signal, Listening):
            for session in self._by_person.get(signal.person_id, ()):
                self._listen(session, signal)
        elif isinstance(signal, SessionsEnded):
            self._end(set(signal.session_ids))

    def _listen(self, session: "Session", signal: Listening) -> None:
        if signal.position < session.positions.get(signal.channel, 0):
            return  # told late: a later change is in force
        session.positions[signal.channel] = signal.position
        if signal.starts:
            session.left_while_opening.discard(signal.channel)
            self.subscribe(session, signal.channel)
        else:
            session.left_while_opening.add(signal.channel)
            self.unsubscribe(session, signal.channel)

    def _deliver(self, delivery: Delivery) -> None:
        listeners = self._by_channel.get(delivery.channel)
        if not listeners:
            return
        frame = protocol.text_frame(delivery.frame)
        _deliveries.inc(len(listeners))
        # A copy: a session that falls behind removes itself while we go through them.
        for session in tuple(listeners):
            session.enqueue(frame)

    def _end(self, session_ids: set[int]) -> None:
        for session in self._sessions():
            if session.actor.session_id in session_ids:
                session.close(Close.SIGNED_OUT)

    async def _sweep(self) -> None:
        """Close what has been silent for three heartbeats: its network is gone without a word."""
        loop = asyncio.get_running_loop()
        checked_at = loop.time()
        while True:
            await asyncio.sleep(_SWEEP_SECONDS)
            oldest = loop.time() - 3 * protocol.HEARTBEAT_SECONDS
            for session in [s for s in self._sessions() if s.last_heard < oldest]:
                session.close(Close.NOTHING_HEARD)
            if loop.time() - checked_at >= _CHECK_SECONDS:
                checked_at = loop.time()
                await self.check_sessions()

    async def check_sessions(self) -> None:
        """Close the sockets of sessions that ended without our being told: expired, or ended from the command line."""
        here = {session.actor.session_id for session in self._sessions()}
        try:
            self._end(here - await self.still_valid(list(here)))
        except HutongError as error:
            _logger.warning("sessions could not be checked, next try in half a minute", code=error.code)

    def _sessions(self) -> list["Session"]:
        return [session for sessions in self._by_person.values() for session in sessions]
