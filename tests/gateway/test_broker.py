"""The broker's contract, tried on both its faces; and what NATS adds: a line that can be slow, or gone."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress

import pytest
from nats.aio.client import Client
from nats.aio.msg import Msg

from hutong.core.live import Broker, Delivery, HearingChanged, Listening, SessionsEnded, Signal
from hutong.gateway import MemoryBroker, NatsBroker, NatsServer
from hutong.gateway.broker import BrokerUnreachable
from tests.people import PATIENCE

LOST = HearingChanged(None)
ALL_KINDS: list[Signal] = [
    Delivery("conversation.1", "您好".encode()),
    Listening(7, "conversation.1", starts=True, position=3),
    SessionsEnded((4, 2**62)),
    HearingChanged((7, 8)),
]


class Ear:
    """A listener that keeps what it hears."""

    def __init__(self, broker: Broker) -> None:
        self.heard: list[Signal] = []
        broker.listen(self.heard.append)

    async def hears(self, *signals: Signal) -> None:
        """Exactly these from now on, in this order."""
        # What did not come is told by the comparison.
        with suppress(AssertionError):
            await eventually(lambda: len(self.heard) >= len(signals))
        await asyncio.sleep(0.02)
        assert self.heard == list(signals)
        self.heard.clear()


async def eventually(condition: Callable[[], bool]) -> None:
    for _ in range(200 * PATIENCE):
        if condition():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("it did not come about")


def words(count: int, size: int = 10) -> list[Signal]:
    return [Delivery("conversation.1", str(number).encode().ljust(size)) for number in range(count)]


@asynccontextmanager
async def connected(*servers: NatsServer) -> AsyncIterator[list[NatsBroker]]:
    brokers = [await NatsBroker.open(server.url) for server in servers]
    yield brokers
    for broker in brokers:
        await broker.close()


@pytest.fixture(params=["memory", "nats"])
async def two(request: pytest.FixtureRequest) -> AsyncIterator[tuple[Broker, Broker]]:
    """The broker as two parts of the network know it: the same one in a process, each its own between two."""
    if request.param == "memory":
        broker = MemoryBroker()
        yield broker, broker
        return
    server = request.getfixturevalue("nats")
    async with connected(server, server) as (here, there):
        yield here, there


@pytest.fixture
def own_nats() -> Iterator[NatsServer]:
    """One that the test may stop."""
    with NatsServer() as server:
        yield server


async def test_every_kind_of_signal_arrives_as_it_was_told(two: tuple[Broker, Broker]) -> None:
    here, there = two
    ear = Ear(there)
    for signal_ in ALL_KINDS:
        here.publish(signal_)
    await ear.hears(*ALL_KINDS)


async def test_every_listener_hears_everything_once_and_its_own_side_too(two: tuple[Broker, Broker]) -> None:
    here, there = two
    ears = [Ear(here), Ear(here), Ear(there), Ear(there)]
    here.publish(ALL_KINDS[0])
    for ear in ears:
        await ear.hears(ALL_KINDS[0])


async def test_what_one_publisher_says_keeps_its_order_over_many_turns(two: tuple[Broker, Broker]) -> None:
    here, there = two
    ear = Ear(there)
    said = words(3000)
    for number, signal_ in enumerate(said):
        here.publish(signal_)
        if number % 7 == 0:
            await asyncio.sleep(0)
    await ear.hears(*said)


async def test_own_listeners_hear_at_once(two: tuple[Broker, Broker]) -> None:
    here, _ = two
    ear = Ear(here)
    here.publish(ALL_KINDS[0])
    assert ear.heard == [ALL_KINDS[0]]


async def test_what_was_published_before_the_close_has_left(nats: NatsServer) -> None:
    async with connected(nats) as (there,):
        ear = Ear(there)
        async with connected(nats) as (here,):
            for signal_ in words(500):
                here.publish(signal_)
        await ear.hears(*words(500))


async def test_one_turn_of_the_loop_is_one_message_and_a_large_one_is_split(nats: NatsServer) -> None:
    sizes: list[int] = []

    async def weigh(message: Msg) -> None:
        sizes.append(len(message.data))

    async with connected(nats, nats) as (here, there):
        ear, watcher = Ear(there), Client()
        await watcher.connect(nats.url)
        await watcher.subscribe(">", cb=weigh)
        await watcher.flush()
        for signal_ in words(1000):
            here.publish(signal_)
        await ear.hears(*words(1000))
        await eventually(lambda: bool(sizes))
        assert len(sizes) == 1
        large = words(200, size=60_000)
        for signal_ in large:
            here.publish(signal_)
        await ear.hears(*large)
        await eventually(lambda: len(sizes) > 2)
        assert max(sizes) <= watcher.max_payload
        await watcher.close()


async def test_without_nats_nobody_waits_and_when_it_is_back_everybody_looks_again(own_nats: NatsServer) -> None:
    async with connected(own_nats, own_nats) as (here, there):
        near, far = Ear(here), Ear(there)
        here.publish(ALL_KINDS[0])
        await far.hears(ALL_KINDS[0])
        own_nats.stop()
        await eventually(lambda: not here.is_connected and not there.is_connected)
        for signal_ in words(100):
            here.publish(signal_)
        assert near.heard == [ALL_KINDS[0], *words(100)], "the own side hears on"
        own_nats.start()
        await far.hears(LOST)
        await near.hears(ALL_KINDS[0], *words(100), LOST)
        here.publish(ALL_KINDS[1])
        await far.hears(ALL_KINDS[1])


async def test_what_a_stalled_nats_does_not_take_is_dropped_and_said_to_be_lost(own_nats: NatsServer) -> None:
    async with connected(own_nats, own_nats) as (here, there):
        far = Ear(there)
        assert own_nats.pid is not None
        os.kill(own_nats.pid, signal.SIGSTOP)
        try:
            for _ in range(60):
                for signal_ in words(20, size=60_000):  # 72 MB in all
                    here.publish(signal_)
                await asyncio.sleep(0)
            assert here.waiting_bytes <= 16 * 1024 * 1024
        finally:
            os.kill(own_nats.pid, signal.SIGCONT)
        await eventually(lambda: LOST in far.heard)
        assert len(far.heard) < 60 * 20
        far.heard.clear()
        here.publish(ALL_KINDS[1])
        await eventually(lambda: ALL_KINDS[1] in far.heard)


async def test_what_cannot_be_read_may_have_mattered(nats: NatsServer) -> None:
    async with connected(nats) as (here,):
        ear, stranger = Ear(here), Client()
        await stranger.connect(nats.url)
        for payload in (b"", b"\xff\xfe", b"\x92\xcb" + 8 * b"\0" + b"\x91\x92\xa5Later\x01"):
            await stranger.publish("hutong.live", payload)
        await stranger.close()
        await ear.hears(LOST)


@pytest.mark.parametrize("user", ["", "guessed@"])
async def test_our_own_nats_lets_nobody_in_without_its_token(nats: NatsServer, user: str) -> None:
    # The server says why and hangs up; on a busy machine the hanging up is noticed first.
    stranger = f"nats://{user}{nats.url.partition('@')[2]}"
    with pytest.raises(BrokerUnreachable, match=r"Authorization|reset"):
        await NatsBroker.open(stranger, patience_seconds=0.5)


async def test_a_nats_that_is_not_there_is_said_to_be_unreachable() -> None:
    with pytest.raises(BrokerUnreachable):
        await NatsBroker.open("nats://127.0.0.1:9", patience_seconds=0.3)
