"""One socket: frames in, frames out, never more than a bounded queue behind."""

import asyncio

from picows import WSCloseCode, WSFrame, WSListener, WSMsgType, WSTransport

from hutong.core import clock, events, log
from hutong.core.actor import Actor
from hutong.core.errors import HutongError
from hutong.core.events import Event
from hutong.core.live import BadFrame
from hutong.gateway import protocol
from hutong.gateway.hub import Hub
from hutong.gateway.protocol import Close, Pong, TooFast, Welcome

MAX_QUEUED_BYTES = 1_048_576
CLOSE_PATIENCE_SECONDS = 2.0

_logger = log.logger(__name__)


class Session(WSListener):
    """`hub` gives it what its channels carry; `verbs` take what it says."""

    def __init__(self, hub: Hub, actor: Actor, language: str) -> None:
        self.hub = hub
        self.actor = actor
        self.language = language
        self.channels: set[str] = set()
        self.left_while_opening: set[str] = set()
        # Of the channels whose hearing changed while this session was there: the position of the last change.
        self.positions: dict[str, int] = {}
        self.last_heard = asyncio.get_running_loop().time()
        self._transport: WSTransport | None = None
        self._queue: list[bytes] = []
        self._queued_bytes = 0
        self._is_paused = False
        self._is_closing = False
        self._bad_frames = 0
        self._tasks: set[asyncio.Task[None]] = set()

    # -- the socket's life ---------------------------------------------------------------------------------------

    def on_ws_connected(self, transport: WSTransport) -> None:
        self._transport = transport
        self.hub.add(self)
        self._begin(self._open())

    async def _open(self) -> None:
        """Known to the hub already, so nothing told from here on is missed; then what it hears, then the welcome."""
        try:
            channels = await self.hub.open_session(self.actor)
        except Exception as error:
            if not isinstance(error, HutongError):
                _logger.error("a session could not be opened", exc_info=error)
            self.close(Close.RESTART)
            return
        if channels is None:
            self.close(Close.SIGNED_OUT)
            return
        for channel in set(channels) - self.left_while_opening:
            self.hub.subscribe(self, channel)
        self.send_event(
            Welcome(person_id=str(self.actor.person_id), session_id=str(self.actor.session_id), server_time=clock.now())
        )

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        del transport
        self._transport = None
        self._is_closing = True
        self._queue.clear()
        # Verbs under way go on: what was asked for is done, even if nobody waits for the answer.
        self.hub.remove(self)

    def close(self, code: Close) -> None:
        """Say why, then hang up; at once for a client that does not answer."""
        if self._is_closing or self._transport is None:
            return
        self._flush()
        self._is_closing = True
        self.hub.remove(self)
        self._transport.underlying_transport.write(protocol.close_frame(code))
        asyncio.get_running_loop().call_later(CLOSE_PATIENCE_SECONDS, self._hang_up)

    def _hang_up(self) -> None:
        if self._transport is not None:
            self._transport.disconnect(graceful=False)

    # -- in ------------------------------------------------------------------------------------------------------

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        self.last_heard = asyncio.get_running_loop().time()
        if frame.msg_type == WSMsgType.CLOSE:
            if not self._is_closing:
                self._flush()
                transport.send_close(frame.get_close_code() or WSCloseCode.OK)
            transport.disconnect()
        elif frame.msg_type == WSMsgType.TEXT and frame.fin:
            if not self._is_closing:
                self._on_text(frame.get_payload_as_bytes())
        elif frame.msg_type in {WSMsgType.TEXT, WSMsgType.BINARY, WSMsgType.CONTINUATION}:
            self.close(Close.UNSUPPORTED)

    def _on_text(self, payload: bytes) -> None:
        try:
            envelope = protocol.read_envelope(payload)
        except BadFrame as error:
            self._refuse(error, None)
            return
        if envelope.type == "ping":
            self.send_event(Pong())
            return
        verb = self.hub.verbs.get(envelope.type)
        if verb is None:
            self._refuse(BadFrame(), envelope.client_id)
        elif len(self._tasks) >= protocol.MAX_UNDER_WAY:
            self._refuse(TooFast(), envelope.client_id)
        else:
            self._begin(self._perform(verb, payload, envelope.client_id))

    async def _perform(self, verb: protocol.Verb, payload: bytes, client_id: str | None) -> None:
        try:
            answer = await verb(self.actor, payload)
        except HutongError as error:
            self._refuse(error, client_id)
        except Exception as error:
            _logger.error("a frame failed", exc_info=error)
            self._refuse(HutongError(), client_id)
        else:
            if answer is not None:
                self.send_event(answer)

    def _refuse(self, error: HutongError, client_id: str | None) -> None:
        self.send_event(protocol.refusal(error, self.language, client_id))
        if isinstance(error, BadFrame):
            self._bad_frames += 1
            if self._bad_frames >= protocol.MAX_BAD_FRAMES:
                self.close(Close.TOO_MANY_BAD_FRAMES)

    def _begin(self, work: "asyncio._CoroutineLike[None]") -> None:
        task: asyncio.Task[None] = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # -- out -----------------------------------------------------------------------------------------------------

    def send_event(self, event: Event) -> None:
        self.enqueue(protocol.text_frame(events.encode(event)))

    def enqueue(self, frame: bytes) -> None:
        """Owed to this socket; leaves at the end of this turn of the loop together with what else is owed by then."""
        if self._is_closing:
            return
        if not self._queue and not self._is_paused:
            asyncio.get_running_loop().call_soon(self._flush)
        self._queue.append(frame)
        self._queued_bytes += len(frame)
        if self._queued_bytes > MAX_QUEUED_BYTES:
            self._drop_behind()

    def _flush(self) -> None:
        if self._queue and not self._is_paused and self._transport is not None and not self._is_closing:
            self._transport.underlying_transport.write(b"".join(self._queue))
            self._queue.clear()
            self._queued_bytes = 0

    def _drop_behind(self) -> None:
        """Too slow to follow: it shall come back and catch up by position rather than by what we would have to keep."""
        self._queue.clear()
        self._queued_bytes = 0
        self.close(Close.TOO_SLOW)

    def pause_writing(self) -> None:
        self._is_paused = True

    def resume_writing(self) -> None:
        self._is_paused = False
        self._flush()
