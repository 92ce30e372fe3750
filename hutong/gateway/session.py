"""One socket: frames in, frames out, never more than a bounded queue behind, never faster than its share."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

from picows import WSCloseCode, WSFrame, WSListener, WSMsgType, WSTransport
from prometheus_client import Counter

from hutong.core import clock, events, log, metrics
from hutong.core.actor import Actor
from hutong.core.errors import HutongError, Unavailable
from hutong.core.events import Event
from hutong.core.live import BadFrame, Listening, Verb
from hutong.gateway import protocol
from hutong.gateway.channels import Channel
from hutong.gateway.hub import Hub
from hutong.gateway.protocol import Close, Pong, TooFast, Welcome

MAX_QUEUED_BYTES = 1_048_576
CLOSE_PATIENCE_SECONDS = 2.0
# Before the close frame lies what the line had taken already: who is slow needs time to get there.
SLOW_PATIENCE_SECONDS = 30.0
_SECONDS_A_FRAME = 1 / protocol.FRAMES_PER_SECOND
_HEAD_START_SECONDS = protocol.FRAMES_AT_ONCE * _SECONDS_A_FRAME

_logger = log.logger(__name__)
_closes = Counter("hutong_closes", "Sockets closed by us, by reason", ["reason"], registry=metrics.registry)


class Session(WSListener):
    """`hub` gives it what its channels carry; `verbs` take what it says.

    There are many, and most are idle: what only a busy one needs is made when it is needed.
    """

    __slots__ = (
        "_bad_frames",
        "_due_at",
        "_is_closing",
        "_is_paused",
        "_is_read_slower",
        "_positions",
        "_queue",
        "_readings",
        "_socket",
        "_told_while_reading",
        "_transport",
        "actor",
        "channels",
        "hub",
        "is_active",
        "language",
        "last_heard",
        "looks_at",
        "queued_bytes",
        "under_way",
    )

    def __init__(self, hub: Hub, actor: Actor, language: str) -> None:
        self.hub = hub
        self.actor = actor
        self.language = language
        self.channels: list[Channel] = []
        self.last_heard = self.hub.loop.time()
        self.is_active = True
        self.looks_at: tuple[int, ...] = ()
        self.under_way: set[asyncio.Future[Any]] | None = None
        self._transport: WSTransport | None = None
        self._socket: asyncio.Transport | None = None
        self._queue: list[bytes] | None = None
        self.queued_bytes = 0
        self._is_paused = False
        self._is_closing = False
        self._is_read_slower = False
        self._bad_frames = 0
        # The instant up to which this socket has used what it may say.
        self._due_at = 0.0
        # Of the channels whose hearing changed while this session was there: the position of the last change.
        self._positions: dict[str, int] | None = None
        self._readings = 0
        self._told_while_reading: dict[str, bool] | None = None

    # -- the socket's life ---------------------------------------------------------------------------------------

    def on_ws_connected(self, transport: WSTransport) -> None:
        self._transport = transport
        self._socket = transport.underlying_transport
        self.hub.add(self)
        self._keep(self.hub.loop.create_task(self._open()), self._let_go)

    async def _open(self) -> None:
        """Known to the hub already, so nothing told from here on is missed; then what it hears, then the welcome."""
        if await self.hub.read_hearing(self):
            self.send_event(
                Welcome(
                    person_id=str(self.actor.person_id),
                    session_id=str(self.actor.session_id),
                    server_time=clock.now(),
                )
            )

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        # Refused by the library, while it read the frame's head. None where no close frame went either way.
        closing = transport.close_handshake
        if closing and closing.sent and closing.sent.code == WSCloseCode.MESSAGE_TOO_BIG:
            _closes.labels("too_large").inc()
        self._transport = self._socket = None
        self._is_closing = True
        self._queue = None
        # Verbs under way go on: what was asked for is done, even if nobody waits for the answer.
        self.hub.remove(self)

    def close(self, code: Close) -> None:
        """Say why, then hang up; at once for a client that does not answer."""
        if self._is_closing or self._socket is None:
            return
        self.hub.channels.give()
        self.flush()
        self._is_closing = True
        self.hub.remove(self)
        self._socket.write(protocol.close_frame(code))
        _closes.labels(code.name.lower()).inc()
        # Read on, to throw it away: to hang up on unread bytes is to take back what the client has not read yet.
        if not self._socket.is_closing():
            self._socket.resume_reading()
        patience = SLOW_PATIENCE_SECONDS if code is Close.TOO_SLOW else CLOSE_PATIENCE_SECONDS
        self.hub.loop.call_later(patience, self._hang_up)

    def _hang_up(self) -> None:
        if self._transport is not None:
            self._transport.disconnect(graceful=False)

    # -- what it hears -------------------------------------------------------------------------------------------

    def begin_reading(self) -> None:
        self._readings += 1
        if self._told_while_reading is None:
            self._told_while_reading = {}

    def end_reading(self) -> dict[str, bool]:
        """Which channels began (or stopped) to be heard since the reading began."""
        told = self._told_while_reading or {}
        self._readings -= 1
        if not self._readings:
            self._told_while_reading = None
        return told

    def note_change(self, signal: Listening) -> bool:
        """Whether the change is news, and not one that a later change has overtaken."""
        if self._positions is None:
            self._positions = {}
        if signal.position < self._positions.get(signal.channel, 0):
            return False
        self._positions[signal.channel] = signal.position
        if self._told_while_reading is not None:
            self._told_while_reading[signal.channel] = signal.starts
        return True

    # -- in ------------------------------------------------------------------------------------------------------

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        now = self.last_heard = self.hub.loop.time()
        payload = frame.get_payload_as_bytes()
        self._count(now, len(payload))
        if frame.msg_type == WSMsgType.TEXT and frame.fin:
            if not self._is_closing:
                self._on_text(payload)
        elif frame.msg_type == WSMsgType.PING:
            self.enqueue(protocol.pong_frame(payload))
        elif frame.msg_type == WSMsgType.CLOSE:
            if not self._is_closing:
                self.flush()
                transport.send_close(frame.get_close_code() or WSCloseCode.OK)
            transport.disconnect()
        elif frame.msg_type in {WSMsgType.TEXT, WSMsgType.BINARY, WSMsgType.CONTINUATION}:
            self.close(Close.UNSUPPORTED)

    def _count(self, now: float, size: int) -> None:
        """Every frame uses up some time of this socket; who is ahead of the clock is read again when it is there."""
        units = 1 + size // protocol.FRAME_UNIT_BYTES
        self._due_at = max(self._due_at, now - _HEAD_START_SECONDS) + units * _SECONDS_A_FRAME
        if self._due_at > now and not self._is_read_slower and self._socket is not None:
            self._is_read_slower = True
            self._socket.pause_reading()
            self.hub.loop.call_later(self._due_at - now, self._read_on)

    def _read_on(self) -> None:
        now = self.hub.loop.time()
        if self._due_at > now:  # what had been read already went on counting
            self.hub.loop.call_later(self._due_at - now, self._read_on)
            return
        self._is_read_slower = False
        if self._socket is not None and not self._socket.is_closing() and not self.hub.is_draining:
            self._socket.resume_reading()

    def stop_reading(self) -> None:
        """The process ends: what has been said is answered, what has not been read stays in the client's outbox."""
        if self._socket is not None and not self._socket.is_closing():
            self._socket.pause_reading()

    def _on_text(self, payload: bytes) -> None:
        try:
            envelope = protocol.read_envelope(payload)
        except BadFrame as error:
            self._refuse(error, None)
            return
        if envelope.type == "ping":
            self.send_event(Pong())
            return
        if envelope.type in {"look", "attend"} and self.actor.kind == "member":
            self._attend(envelope.type, payload)
            return
        verb = self.hub.verbs.get(envelope.type)
        if verb is None:
            self._refuse(BadFrame(), envelope.client_id)
        elif self.hub.is_draining:
            self._refuse(Unavailable(), envelope.client_id)
        elif self.under_way and len(self.under_way) >= protocol.MAX_UNDER_WAY:
            self._refuse(TooFast(), envelope.client_id)
        else:
            self._perform(verb, payload, envelope.client_id)

    def _attend(self, kind: str, payload: bytes) -> None:
        try:
            if kind == "look":
                self._due_at += protocol.LOOK_SECONDS
                self.hub.attendance.look(self, protocol.read_look(payload))
            else:
                self.hub.attendance.attend(self, is_active=protocol.read_attend(payload))
        except BadFrame as error:
            self._refuse(error, None)

    def _perform(self, verb: Verb, payload: bytes, client_id: str | None) -> None:
        try:
            # A verb that gathers hands out a future as it is: a task a message would cost as much as its frames.
            outcome = asyncio.ensure_future(verb.begin(self.actor, payload), loop=self.hub.loop)
        except Exception as error:
            self._fail(error, client_id)
        else:
            self._keep(outcome, partial(self._answer, verb, client_id))

    def _answer(self, verb: Verb, client_id: str | None, outcome: "asyncio.Future[Any]") -> None:
        self._let_go(outcome)
        if outcome.cancelled():
            return
        try:
            answer = verb.answer(outcome.result())
        except Exception as error:
            self._fail(error, client_id)
        else:
            if answer is not None:
                self.send_event(answer)

    def _fail(self, error: Exception, client_id: str | None) -> None:
        if not isinstance(error, HutongError):
            _logger.error("a frame failed", exc_info=error)
            error = HutongError()
        self._refuse(error, client_id)

    def _refuse(self, error: HutongError, client_id: str | None) -> None:
        self.send_event(protocol.refusal(error, self.language, client_id))
        if isinstance(error, BadFrame):
            self._bad_frames += 1
            if self._bad_frames >= protocol.MAX_BAD_FRAMES:
                self.close(Close.TOO_MANY_BAD_FRAMES)

    def _keep(self, outcome: "asyncio.Future[Any]", done: Callable[["asyncio.Future[Any]"], None]) -> None:
        if self.under_way is None:
            self.under_way = set()
        self.under_way.add(outcome)
        outcome.add_done_callback(done)

    def _let_go(self, outcome: "asyncio.Future[Any]") -> None:
        if self.under_way is not None:
            self.under_way.discard(outcome)
            if not self.under_way:
                self.under_way = None

    # -- out -----------------------------------------------------------------------------------------------------

    def send_event(self, event: Event) -> None:
        """After what was told before it."""
        self.hub.channels.give()
        self.enqueue(protocol.text_frame(events.encode(event)))

    def enqueue(self, frame: bytes) -> None:
        """Owed to this socket; leaves at the end of this turn of the loop together with what else is owed by then."""
        if self._is_closing:
            return
        queue = self._queue
        if queue is None:
            self._queue = [frame]
            if not self._is_paused:
                self.hub.channels.owe(self)
        else:
            queue.append(frame)
        self.queued_bytes += len(frame)
        if self.queued_bytes > MAX_QUEUED_BYTES:
            self._drop_behind()

    def write(self, frame: bytes) -> None:
        """Like enqueue, when this turn is at its end."""
        if self._queue is None and not self._is_paused and not self._is_closing and self._socket is not None:
            self._socket.write(frame)
        else:
            self.enqueue(frame)

    def flush(self) -> None:
        queue = self._queue
        if queue is not None and not self._is_paused and not self._is_closing and self._socket is not None:
            self._queue = None
            self.queued_bytes = 0
            self._socket.write(queue[0] if len(queue) == 1 else b"".join(queue))

    def _drop_behind(self) -> None:
        """Too slow to follow: it shall come back and catch up by position rather than by what we would have to keep."""
        self._queue = None
        self.queued_bytes = 0
        self.close(Close.TOO_SLOW)

    def pause_writing(self) -> None:
        self._is_paused = True

    def resume_writing(self) -> None:
        self._is_paused = False
        self.flush()
