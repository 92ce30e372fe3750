"""The sessions of this process and what reaches them. Everything here happens on one event loop."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from prometheus_client import Gauge

from hutong.core import live, log, metrics
from hutong.core.actor import Actor
from hutong.core.errors import HutongError
from hutong.core.gather import Gatherer
from hutong.core.live import (
    Attending,
    AudienceSet,
    Broker,
    Delivery,
    HearingChanged,
    Listening,
    SessionsEnded,
    Signal,
    Verb,
    WhoIsHere,
)
from hutong.gateway import protocol
from hutong.gateway.attendance import Attendance
from hutong.gateway.channels import Channels
from hutong.gateway.protocol import Close, LookAgain

if TYPE_CHECKING:
    from hutong.gateway.session import Session

# The channels that each of these actors hears, in order; None for one whose session has ended meanwhile.
OpenSessions = Callable[[list[Actor]], Awaitable[Sequence[Sequence[str] | None]]]
# Which of these session ids are still valid.
StillValid = Callable[[list[int]], Awaitable[set[int]]]

_SWEEP_SECONDS = 5.0
_CHECK_SECONDS = 30.0
# When everybody must look again, this many a second do: each costs a request or two.
_LOOKS_PER_SECOND = 200
_READ_AT_ONCE = 500
# How long verbs under way may take to their end when the process stops.
_DRAIN_SECONDS = 5.0
_logger = log.logger(__name__)
_connections = Gauge("hutong_connections", "Open sockets", registry=metrics.registry, multiprocess_mode="livesum")
_queued = Gauge(
    "hutong_queued_bytes", "Bytes that sockets are behind", registry=metrics.registry, multiprocess_mode="livesum"
)


class Hub:
    def __init__(
        self, broker: Broker, verbs: Mapping[str, Verb], open_sessions: OpenSessions, still_valid: StillValid
    ) -> None:
        self.broker = broker
        self.verbs = verbs
        # Asked for once: asyncio looks up the process with a system call each time.
        self.loop = asyncio.get_running_loop()
        self.channels = Channels(self.loop)
        self.attendance = Attendance(self)
        self._still_valid = still_valid
        self._sessions: set[Session] = set()
        self._readings: Gatherer[Actor, Sequence[str] | None] = Gatherer("hearings", open_sessions)
        # How often a rule has changed: whoever was reading its hearing meanwhile may have read the rule that was.
        self._rule_changes = 0
        # Of the channels whose audience was set while we were there: the position of the last setting.
        self._audiences: dict[str, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._must_reread = False
        self._rereading: asyncio.Task[None] | None = None
        self.is_draining = False

    def start(self) -> None:
        self.broker.listen(self.on_signal)
        self._begin(self._sweep())

    async def stop(self) -> None:
        """What is under way is finished and answered; then every client is told to come back to whoever runs next."""
        if self.is_draining:
            return
        self.is_draining = True
        for session in self._sessions:
            session.stop_reading()
        under_way = [outcome for session in self._sessions for outcome in session.under_way or ()]
        if under_way:
            await asyncio.wait(under_way, timeout=_DRAIN_SECONDS)
        for task in self._tasks:
            task.cancel()
        for session in list(self._sessions):
            session.close(Close.RESTART)

    @property
    def session_count(self) -> int:
        return len(self._sessions)

    # -- who is here ---------------------------------------------------------------------------------------------

    def add(self, session: "Session") -> None:
        """Known from now on: what is told to the person reaches it, and changes of what it hears are kept."""
        person = live.person_channel(session.actor.person_id)
        devices = self.channels.listeners(person)
        if len(devices) >= protocol.MAX_SOCKETS:
            devices[0].close(Close.TOO_MANY_SOCKETS)
        self._sessions.add(session)
        self.channels.subscribe(session, person)
        self.attendance.came(session)
        _connections.inc()

    def remove(self, session: "Session") -> None:
        if session in self._sessions:
            self._sessions.discard(session)
            self.channels.set_all(session, set())
            self.attendance.went(session)
            _connections.dec()

    async def read_hearing(self, session: "Session") -> bool:
        """Let the session hear what the rooms say it hears, and nothing else; False when it had to be closed.

        Changes that are told while we read are kept by the session: the rows may have been read before them. When a
        rule changed, they are read again.
        """
        rule_changes = self._rule_changes
        session.begin_reading()
        try:
            names = await self._readings.put(session.actor)
        except HutongError:
            session.close(Close.RESTART)
            return False
        finally:
            changes = session.end_reading()
        if names is None:
            session.close(Close.SIGNED_OUT)
            return False
        if session not in self._sessions:
            return False
        if rule_changes != self._rule_changes:
            return await self.read_hearing(session)
        wanted = {live.person_channel(session.actor.person_id), *names}
        wanted |= {name for name, starts in changes.items() if starts}
        wanted -= {name for name, starts in changes.items() if not starts}
        self.channels.set_all(session, wanted)
        return True

    # -- what is told --------------------------------------------------------------------------------------------

    def on_signal(self, signal: Signal) -> None:
        if isinstance(signal, Delivery):
            self.channels.deliver(signal.channel, signal.frame)
        elif isinstance(signal, Listening):
            for session in self.channels.listeners(live.person_channel(signal.person_id)):
                self._listen(session, signal)
        elif isinstance(signal, AudienceSet):
            self._set_audience(signal)
        elif isinstance(signal, SessionsEnded):
            self._end(set(signal.session_ids))
        elif isinstance(signal, WhoIsHere):
            self.attendance.on_asked(signal)
        elif isinstance(signal, Attending):
            self.attendance.on_told(signal)
        elif signal.person_ids is None:
            self._reread_everybody()
        else:
            self._reread(signal)

    def _listen(self, session: "Session", signal: Listening) -> None:
        if not session.note_change(signal):
            return  # told late: a later change is in force
        if signal.starts:
            self.channels.subscribe(session, signal.channel)
        else:
            self.channels.unsubscribe(session, signal.channel)

    def _set_audience(self, signal: AudienceSet) -> None:
        if signal.position < self._audiences.get(signal.channel, 0):
            return  # told late: a later rule is in force
        self._audiences[signal.channel] = signal.position
        self._rule_changes += 1
        keys = [*signal.audience, *map(live.person_channel, signal.people)]
        hearing = dict.fromkeys(session for key in keys for session in self.channels.listeners(key))
        farewell = protocol.text_frame(signal.farewell)
        for session in self.channels.set_listeners(signal.channel, list(hearing)):
            session.enqueue(farewell)

    def _reread(self, signal: HearingChanged) -> None:
        """Cut off first: between the change and the new reading nothing may reach who no longer belongs."""
        self._rule_changes += 1
        for person_id in signal.person_ids or ():
            person = live.person_channel(person_id)
            for session in self.channels.listeners(person):
                self.channels.set_all(session, {person})
                self._begin(self._look_again(session, 0))

    def _reread_everybody(self) -> None:
        # Words that come while one reading is under way share the next: it begins after the last of them.
        self._must_reread = True
        if self._rereading is None:
            self._rereading = self._begin(self._reread_while_told())

    async def _reread_while_told(self) -> None:
        try:
            while self._must_reread:
                self._must_reread = False
                sessions = list(self._sessions)
                within = len(sessions) // _LOOKS_PER_SECOND
                for start in range(0, len(sessions), _READ_AT_ONCE):
                    chunk = sessions[start : start + _READ_AT_ONCE]
                    await asyncio.gather(*(self._look_again(session, within) for session in chunk))
        finally:
            self._rereading = None

    async def _look_again(self, session: "Session", within_seconds: int) -> None:
        if session in self._sessions and await self.read_hearing(session):
            session.send_event(LookAgain(within_seconds=within_seconds))

    def _end(self, session_ids: set[int]) -> None:
        for session in list(self._sessions):
            if session.actor.session_id in session_ids:
                session.close(Close.SIGNED_OUT)

    # -- by the clock --------------------------------------------------------------------------------------------

    async def _sweep(self) -> None:
        """Close what has been silent for three heartbeats: its network is gone without a word."""
        checked_at = self.loop.time()
        while True:
            await asyncio.sleep(_SWEEP_SECONDS)
            self.attendance.sweep()
            _queued.set(sum(session.queued_bytes for session in self._sessions))
            oldest = self.loop.time() - 3 * protocol.HEARTBEAT_SECONDS
            for session in [s for s in self._sessions if s.last_heard < oldest]:
                session.close(Close.NOTHING_HEARD)
            if self.loop.time() - checked_at >= _CHECK_SECONDS:
                checked_at = self.loop.time()
                await self.check_sessions()

    async def check_sessions(self) -> None:
        """Close the sockets of sessions that ended without our being told: expired, or ended from the command line."""
        here = {session.actor.session_id for session in self._sessions}
        try:
            self._end(here - await self._still_valid(list(here)))
        except HutongError as error:
            _logger.warning("sessions could not be checked, next try in half a minute", code=error.code)

    def _begin(self, work: "asyncio._CoroutineLike[None]") -> asyncio.Task[None]:
        task = self.loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
