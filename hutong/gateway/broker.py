"""The broker's two faces: within one process, and over NATS between many. docs/decisions/broker.md has the figures."""

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec
from prometheus_client import Counter, Histogram

from hutong.core import clock, log, metrics
from hutong.core.errors import HutongError
from hutong.core.live import Delivery, HearingChanged, Listener, Signal

if TYPE_CHECKING:
    from nats.aio.client import Client
    from nats.aio.msg import Msg

_SUBJECT = "hutong.live"
# What may wait for a NATS that is slow to take it; more is dropped, and everybody looks again.
_MOST_WAITING_BYTES = 16 * 1024 * 1024
_SIGNAL_BYTES = 100
# What others sent and this process has not yet got round to.
_MOST_UNREAD_BYTES = 64 * 1024 * 1024
# A message costs its readers forty times what a signal in it does: a busy process gathers for as long as this.
_GATHER_SECONDS = 0.001
_CONNECT_SECONDS = 10
_PING_SECONDS = 5
# A dead line is noticed by the second ping without an answer: what left within this may have gone into it.
_UNNOTICED_SECONDS = 3 * _PING_SECONDS
# Words that something was lost come from all processes at once when NATS was away: one look serves them all.
_GATHER_LOSSES_SECONDS = 0.3
_LOST = HearingChanged(None)
_logger = log.logger(__name__)
_sent = Counter("hutong_broker_signals", "Signals sent to other processes", registry=metrics.registry)
_batches = Counter("hutong_broker_batches", "NATS messages they went in", registry=metrics.registry)
_dropped = Counter("hutong_broker_dropped", "Signals that could not be sent", registry=metrics.registry)
_lag = Histogram(
    "hutong_broker_lag_seconds",
    "From a signal's publishing in another process to its delivery in this one",
    buckets=(0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
    registry=metrics.registry,
)


class MemoryBroker:
    """Of a network that is one process: who commits and who delivers share the event loop."""

    is_connected = True

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def publish(self, signal: Signal) -> None:
        for listener in self._listeners:
            listener(signal)

    def listen(self, listener: Listener) -> None:
        self._listeners.append(listener)


class BrokerUnreachable(HutongError):
    code = "broker_unreachable"
    zh = "无法连接 NATS（{reason}）。请检查 HUTONG_NATS_URL。"
    en = "NATS cannot be reached ({reason}). Check HUTONG_NATS_URL."


class Batch(msgspec.Struct, frozen=True, array_like=True):
    """What one process published within one turn of its event loop, or since its last batch."""

    published_at: float
    signals: list[Signal]


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Batch).decode


class NatsBroker:
    """Between processes: everybody gets everything and filters it by their own channels.

    A process hears itself at once, not by way of NATS. Without a connection nothing waits: signals are dropped, and
    when it is back everybody who may have missed one looks again.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._listeners: list[Listener] = []
        self._client: Client | None = None
        self._waiting: list[Signal] = []
        self.waiting_bytes = 0
        self._wake = asyncio.Event()
        self._sender: asyncio.Task[None] | None = None
        self._has_lost = False
        self._is_closing = False
        self._last_sent_at = float(-_UNNOTICED_SECONDS)
        self._looking: asyncio.TimerHandle | None = None
        self._last_error: Exception | None = None

    @classmethod
    async def open(cls, url: str, *, patience_seconds: float = _CONNECT_SECONDS) -> "NatsBroker":
        """Connected, or BrokerUnreachable."""
        broker = cls(url)
        try:
            async with asyncio.timeout(patience_seconds):
                await broker._connect()
        except TimeoutError as cause:
            reason = broker._last_error or f"no answer in {patience_seconds} s"
            raise BrokerUnreachable(reason=str(reason)) from cause
        broker._sender = asyncio.create_task(broker._send_waiting())
        return broker

    async def close(self) -> None:
        """What was published has left."""
        self._is_closing = True
        self._wake.set()
        if self._sender is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._sender, _CONNECT_SECONDS)
        if self._looking is not None:
            self._looking.cancel()
        if self._client is not None:
            with suppress(Exception):  # the line may be broken: then there is nothing to end
                await self._client.flush(_CONNECT_SECONDS)
            await self._client.close()

    # -- out -----------------------------------------------------------------------------------------------------

    def publish(self, signal: Signal) -> None:
        for listener in self._listeners:
            listener(signal)
        if not self.is_connected:
            self._has_lost = True
            _dropped.inc()
            return
        self._waiting.append(signal)
        self.waiting_bytes += _SIGNAL_BYTES + (len(signal.frame) if isinstance(signal, Delivery) else 0)
        if self.waiting_bytes > _MOST_WAITING_BYTES:
            self._drop_waiting()
        # The sender runs in the next turn of the loop, when all that this turn has to say is here.
        self._wake.set()

    @property
    def is_connected(self) -> bool:
        return self._client is not None and self._client.is_connected

    def _drop_waiting(self) -> None:
        _dropped.inc(len(self._waiting))
        self._waiting, self.waiting_bytes, self._has_lost = [], 0, True

    async def _send_waiting(self) -> None:
        while not self._is_closing or self._waiting:
            await self._wake.wait()
            self._wake.clear()
            if not self.is_connected:
                self._drop_waiting()
                continue
            signals, self._waiting, self.waiting_bytes = self._waiting, [], 0
            if self._has_lost:
                signals.append(_LOST)
                self._has_lost = False
            if signals:
                await self._send(signals, clock.now().timestamp())
                await asyncio.sleep(_GATHER_SECONDS)

    async def _send(self, signals: list[Signal], published_at: float) -> None:
        assert self._client is not None
        payload = _encode(Batch(published_at, signals))
        if len(payload) > self._client.max_payload:
            middle = len(signals) // 2
            if not middle:
                _dropped.inc()
                signals, payload = [_LOST], _encode(Batch(published_at, [_LOST]))
            else:
                await self._send(signals[:middle], published_at)
                await self._send(signals[middle:], published_at)
                return
        self._last_sent_at = asyncio.get_running_loop().time()
        try:
            await self._client.publish(_SUBJECT, payload)
        except Exception as error:
            _logger.warning("signals could not be sent", count=len(signals), reason=str(error))
            _dropped.inc(len(signals))
            self._has_lost = True
            return
        _sent.inc(len(signals))
        _batches.inc()

    # -- in ------------------------------------------------------------------------------------------------------

    def listen(self, listener: Listener) -> None:
        self._listeners.append(listener)

    async def _on_message(self, message: "Msg") -> None:
        try:
            batch = _decode(message.data)
        except (msgspec.DecodeError, UnicodeDecodeError):
            # Of another release, perhaps: whatever it says, those whom it concerns find it by looking.
            self._look_again()
            return
        _lag.observe(max(0.0, clock.now().timestamp() - batch.published_at))
        listeners = self._listeners
        for signal in batch.signals:
            if signal == _LOST:
                self._look_again()
                continue
            for listener in listeners:
                listener(signal)

    def _look_again(self) -> None:
        if self._looking is None:
            self._looking = asyncio.get_running_loop().call_later(_GATHER_LOSSES_SECONDS, self._tell_loss)

    def _tell_loss(self) -> None:
        self._looking = None
        for listener in self._listeners:
            listener(_LOST)

    # -- the connection ------------------------------------------------------------------------------------------

    async def _connect(self) -> None:
        # Here and not above: a network that is one process need not read NATS' client at its start.
        from nats.aio.client import Client

        client = Client()
        async with asyncio.timeout(_CONNECT_SECONDS):
            await client.connect(
                [server.strip() for server in self._url.split(",")],
                name="hutong",
                no_echo=True,
                max_reconnect_attempts=-1,
                reconnect_time_wait=0.2,  # type: ignore[arg-type]  # it sleeps for it
                ping_interval=_PING_SECONDS,
                error_cb=self._on_error,
                disconnected_cb=self._on_disconnected,
                reconnected_cb=self._on_back,
                closed_cb=self._on_closed,
            )
            await client.subscribe(
                _SUBJECT, cb=self._on_message, pending_msgs_limit=0, pending_bytes_limit=_MOST_UNREAD_BYTES
            )
            await client.flush()
        self._client = client

    async def _on_error(self, error: Exception) -> None:
        from nats.errors import Error, SlowConsumerError

        self._last_error = error
        if not isinstance(error, Error | OSError):
            _logger.error("a batch of signals failed", exc_info=error)
            self._look_again()
        elif isinstance(error, SlowConsumerError):
            _logger.warning("more signals came than could be read")
            self._look_again()
        elif self._client is not None:
            _logger.warning("NATS", reason=f"{type(error).__name__}: {error}")

    async def _on_disconnected(self) -> None:
        if self._client is None or self._is_closing:
            return
        _logger.warning("the connection to NATS is lost")
        if asyncio.get_running_loop().time() - self._last_sent_at < _UNNOTICED_SECONDS:
            self._has_lost = True

    async def _on_back(self) -> None:
        _logger.warning("the connection to NATS is back")
        self._look_again()
        self._wake.set()  # tells the others, if they may have missed something of ours

    async def _on_closed(self) -> None:
        """The client gave up, as it does when NATS no longer takes its credentials: it may take them again."""
        if self._client is None or self._is_closing:
            return
        self._client, self._has_lost = None, True
        while not self._is_closing:
            with suppress(TimeoutError):
                await self._connect()
                await self._on_back()
                return
