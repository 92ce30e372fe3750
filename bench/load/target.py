"""What a server has to offer to be measured."""

from __future__ import annotations

import abc
import asyncio
from collections.abc import Iterable, Iterator, Sequence

from bench.load.stream import Stream


class Client(Stream, abc.ABC):
    """One signed-in person on line."""

    @abc.abstractmethod
    def say_in(self, group: str, text: bytes) -> None: ...

    @abc.abstractmethod
    def say_to(self, person: int, text: bytes) -> None: ...


class Target(abc.ABC):
    """People are numbered from 0; the groups are `hall` (the first thousand) and `hot` (the first fifty)."""

    name: str
    text_bytes = 100
    # Rows that one message to one person leaves in the store.
    rows_a_direct = 1

    @abc.abstractmethod
    def roots(self) -> list[int]:
        """The process ids of server and database; their children are found."""

    @abc.abstractmethod
    async def connect(self, person: int, address: str | None = None) -> Client: ...

    @abc.abstractmethod
    async def stored(self) -> int:
        """How many messages the store holds."""

    async def settle(self) -> list[int]:
        """Wait until nothing is left of earlier loads; the processes whose cost is told apart."""
        return []

    @abc.abstractmethod
    def stop(self) -> None: ...

    async def join(self, client: Client, group: str) -> None:
        """Become a participant who is on line. Nothing to do where participants are kept by the server."""
        del client, group


async def connect_all(
    target: Target, people: Sequence[int], *, spread: bool = False, group: str | None = None, at_once: int = 40
) -> list[Client]:
    """Everybody on line, `at_once` at a time; `spread` over two hundred addresses, so that ports do not run out."""
    clients: dict[int, Client] = {}

    async def come(waiting: Iterator[int]) -> None:
        for person in waiting:
            client = await target.connect(person, f"127.0.0.{2 + person % 200}" if spread else None)
            if group:
                await target.join(client, group)
            clients[person] = client

    waiting = iter(people)
    await asyncio.gather(*(come(waiting) for _ in range(min(at_once, len(people)))))
    return [clients[person] for person in people]


async def hang_up(clients: Iterable[Client]) -> None:
    for client in clients:
        client.close()
    await asyncio.sleep(0.5)
