"""Telling those who are not looking, beside the requests. Any number of processes may run this."""

import asyncio
from collections.abc import Awaitable, Iterable

from prometheus_client import Counter

from hutong.core import live, log, metrics
from hutong.core.db import Database, Row
from hutong.core.live import Delivery, HearingChanged, Signal
from hutong.core.outward import Outward
from hutong.core.settings import Settings
from hutong.notifications.actions import digesting, nudging, pushing, subscriptions
from hutong.notifications.actions.digesting import Ready
from hutong.notifications.carriers import CarrierFailed, open_carriers
from hutong.notifications.webpush import PushSender

_TURN_SECONDS = 0.5
# What a crash or a lost signal left is found so soon.
_SWEEP_SECONDS = 30.0
_DIGEST_SECONDS = 5.0
_BATCH = 50
_AT_ONCE = 10
# Of the process's connections to the database; the others are for those who are here.
_CONNECTIONS = 3
# How MessageSent begins; whatever else is told says nothing new.
_SAID = b'{"type":"message",'
_CHANNEL = live.conversation_channel(0)[:-1]
_logger = log.logger(__name__)
_pushes = Counter("hutong_pushes", "Pushes by what became of them", ["outcome"], registry=metrics.registry)
_digests = Counter(
    "hutong_digests", "Digests by carrier and what became of them", ["carrier", "outcome"], registry=metrics.registry
)


class Pusher:
    """Hears what is said, waits whether it is read, tells the browsers of those who have not."""

    def __init__(self, db: Database, settings: Settings) -> None:
        self._db = db
        self._settings = settings
        # When to look at a conversation, by this process's own time: for the first that was said, and for the last.
        self._due: dict[int, tuple[float, float]] = {}
        self._sweeps_at = 0.0
        self._positions: list[tuple[float, int]] = []
        self._at_once = asyncio.Semaphore(_AT_ONCE)
        self._connections = asyncio.Semaphore(_CONNECTIONS)

    def hear(self, signal: Signal) -> None:
        """Called for everything that is told anywhere: cheap. A hint only; what is not hinted the sweep finds."""
        if isinstance(signal, Delivery):
            if signal.frame.startswith(_SAID) and signal.channel.startswith(_CHANNEL):
                at = asyncio.get_running_loop().time() + pushing.WAIT.total_seconds()
                conversation_id = int(signal.channel[len(_CHANNEL) :])
                self._due[conversation_id] = (self._due.get(conversation_id, (at, at))[0], at)
        elif isinstance(signal, HearingChanged) and signal.person_ids is None:
            self._sweeps_at = 0.0

    async def run(self) -> None:
        self._db.broker.listen(self.hear)
        async with Outward(allows_loopback=self._settings.push_loopback) as outward:
            while True:
                try:
                    await self._turn(outward)
                except Exception as error:
                    _logger.error("pushing failed, trying again", exc_info=error)
                    self._sweeps_at = 0.0
                    await asyncio.sleep(5)
                await asyncio.sleep(_TURN_SECONDS)

    async def _turn(self, outward: Outward) -> None:
        now = asyncio.get_running_loop().time()
        ids = [id_ for id_, (first, _) in self._due.items() if first <= now]
        for id_ in ids:
            _, last = self._due.pop(id_)
            if last > now:
                self._due[id_] = (last, last)
        if ids:
            async with self._db.begin() as tx:
                await pushing.queue_hinted(tx, ids)
        if now >= self._sweeps_at:
            self._sweeps_at = now + _SWEEP_SECONDS
            await self._sweep(now)
        while await self._send_due(outward) == _BATCH:
            pass

    async def _sweep(self, now: float) -> None:
        old = [position for at, position in self._positions if at <= now - pushing.WAIT.total_seconds() - 1]
        async with self._db.begin() as tx:
            position = await pushing.sweep(tx, old[-1] if old else None)
        if position is not None:
            self._positions = [*self._positions[-3:], (now, position)]

    async def _send_due(self, outward: Outward) -> int:
        async with self._db.begin() as tx:
            await nudging.queue(tx, _BATCH)
            urgent = await nudging.take_due(tx, _BATCH)
            rows = await pushing.take_due(tx, _BATCH)
            key = await subscriptions.get_key(tx) if rows or urgent else None
        if key is not None:
            sender = PushSender(outward, key, self._settings.base_url)
            await self._send_all(
                [self._nudge(sender, row) for row in urgent] + [self._tell(sender, row) for row in rows]
            )
        return max(len(rows), len(urgent))

    async def _send_all(self, sendings: Iterable[Awaitable[None]]) -> None:
        async with asyncio.TaskGroup() as tasks:
            for sending in sendings:
                tasks.create_task(self._send(sending))

    async def _send(self, sending: Awaitable[None]) -> None:
        async with self._at_once:
            try:
                await sending
            except Exception as error:
                # One that cannot be sent is no reason to leave the others; it comes due again.
                _logger.error("a push failed, trying again later", exc_info=error)

    async def _tell(self, sender: PushSender, row: Row) -> None:
        async with self._connections, self._db.begin() as tx:
            push = await pushing.compose(tx, row)
        if push is None:
            return
        outcome, retry_after = await sender.send(row, push)
        _pushes.labels(outcome).inc()
        async with self._connections, self._db.begin() as tx:
            await pushing.settle(tx, row, push, outcome, retry_after)

    async def _nudge(self, sender: PushSender, row: Row) -> None:
        async with self._connections, self._db.begin() as tx:
            push = await nudging.compose(tx, row)
        if push is None:
            return
        outcome, retry_after = await sender.send(row, push)
        _pushes.labels(outcome).inc()
        async with self._connections, self._db.begin() as tx:
            await nudging.settle(tx, row, outcome, retry_after)


class Digester:
    """Looks after those who want a digest of what stays unread, and hands it to the carrier they chose."""

    def __init__(self, db: Database, settings: Settings) -> None:
        self._db = db
        self._settings = settings
        self._carriers = open_carriers(settings)

    async def run(self) -> None:
        while self._carriers:
            try:
                while await self.look() == _BATCH:
                    pass
            except Exception as error:
                _logger.error("sending digests failed, trying again", exc_info=error)
            await asyncio.sleep(_DIGEST_SECONDS)

    async def look(self) -> int:
        """One batch; how many people were looked after. A full one: there may be more."""
        async with self._db.begin() as tx:
            ready, looked = await digesting.take_ready(tx, self._settings.base_url, _BATCH)
        for each in ready:
            was_taken = await self._carry(each)
            _digests.labels(each.carrier, "taken" if was_taken else "failed").inc()
            async with self._db.begin() as tx:
                await digesting.settle(tx, each, was_taken=was_taken)
        return looked

    async def _carry(self, ready: Ready) -> bool:
        carrier = self._carriers.get(ready.carrier)
        if carrier is None:
            return False  # It was set up when this was chosen.
        try:
            await carrier.carry(ready.address, ready.digest)
        except CarrierFailed as failure:
            _logger.warning("a digest was not taken", carrier=ready.carrier, reason=failure.sentence("en"))
            return False
        return True
