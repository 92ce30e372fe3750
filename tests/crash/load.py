"""People who talk all the time, whatever happens, and what each of them was promised."""

import asyncio
import random
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import httpx

from hutong.client import Client, Refused
from hutong.core.db import Database, Row
from tests.cast import Role
from tests.messaging.crowd import gather_crowd, sign_in
from tests.people import Member, new_client_id

# Seconds that a client may need to be served again after a kill, its longest wait between attempts included.
RECOVERY_SECONDS = 60
_TURN_SECONDS = 0.3


class Said(NamedTuple):
    conversation_id: str
    client_id: str


class Speaker:
    """One device: it hears everything, and speaks in all its conversations, by socket or by HTTP."""

    def __init__(self, client: Client, *, by_http: bool) -> None:
        self.client = client
        self.said: list[Said] = []
        self.acknowledged: dict[str, int] = {}
        # When the newest of those was said that were acknowledged.
        self.served_at = 0.0
        self._speak = self._by_http if by_http else self._by_socket
        self._is_ending = False

    async def talk(self) -> None:
        loop = asyncio.get_running_loop()
        while not self._is_ending:
            said_at = loop.time()
            conversation_id = random.choice(list(self.client.conversations))
            turn = [Said(conversation_id, new_client_id()) for _ in range(random.randint(1, 4))]
            self.said += turn
            await self._speak(turn)
            self.served_at = max(self.served_at, said_at)
            await asyncio.sleep(random.uniform(0, _TURN_SECONDS))

    def end(self) -> None:
        self._is_ending = True

    async def _by_socket(self, turn: list[Said]) -> None:
        seqs = await asyncio.gather(*(self.client.send(id_, of, client_id=of) for id_, of in turn))
        self.acknowledged.update(zip((said.client_id for said in turn), seqs, strict=True))

    async def _by_http(self, turn: list[Said]) -> None:
        for conversation_id, client_id in turn:
            path, body = f"/api/conversations/{conversation_id}/messages", {"client_id": client_id, "kind": "text"}
            while client_id not in self.acknowledged:
                try:
                    message = await self.client.request("POST", path, body | {"text": client_id})
                    self.acknowledged[client_id] = message["seq"]
                except (httpx.TransportError, Refused) as error:
                    if isinstance(error, Refused) and not error.retry:
                        raise
                    await asyncio.sleep(0.1)


class Load:
    def __init__(self, speakers: list[Speaker]) -> None:
        self.speakers = speakers
        self._tasks = [asyncio.create_task(speaker.talk()) for speaker in speakers]

    async def served_since(self, moment: float) -> float:
        """Seconds from then until everybody had something acknowledged that they had not yet begun to say then."""
        async with asyncio.timeout(RECOVERY_SECONDS):
            while any(speaker.served_at <= moment or not speaker.client.is_connected for speaker in self.speakers):
                self._check()
                await asyncio.sleep(0.02)
        return asyncio.get_running_loop().time() - moment

    async def end(self) -> None:
        """All that was begun is acknowledged."""
        for speaker in self.speakers:
            speaker.end()
        async with asyncio.timeout(RECOVERY_SECONDS):
            await asyncio.gather(*self._tasks)

    async def heard(self, last_seqs: dict[str, int]) -> None:
        """Everybody's logs reach the ends of their conversations."""
        async with asyncio.timeout(RECOVERY_SECONDS):
            while any(_is_behind(speaker.client, last_seqs) for speaker in self.speakers):  # noqa: ASYNC110
                await asyncio.sleep(0.05)

    def cancel(self) -> None:
        for task in self._tasks:
            task.cancel()

    def _check(self) -> None:
        for task in self._tasks:
            if task.done():
                task.result()


def _is_behind(client: Client, last_seqs: dict[str, int]) -> bool:
    return any((log[-1].seq if (log := client.log(id_)) else 0) < last_seqs[id_] for id_ in client.conversations)


@asynccontextmanager
async def talking(base_url: str, dsn: str, cast: dict[str, Role], outboxes: Path) -> AsyncIterator[Load]:
    """Six people with two devices each, in two groups and three pairs."""
    async with AsyncExitStack() as stack:
        lin, zhao, chen = [
            await stack.enter_async_context(Member(base_url, **cast[who]._asdict())) for who in ("lin", "zhao", "chen")
        ]
        tokens = [cast[who].token for who in ("lin", "zhao", "chen")]
        lobby = await lin.group("候场", zhao)
        db = await Database.open(dsn, connections=1)
        crowd = await gather_crowd(db, lobby, 3)
        tokens += [(await sign_in(db, colleague))["Cookie"].partition("=")[2] for colleague in crowd]
        await db.close()
        for colleague in crowd:  # whose logs would not begin with the table
            await lin.delete(f"/api/conversations/{lobby['id']}/participants/{colleague.id}")
        clients = [
            await stack.enter_async_context(
                Client(
                    base_url, token=token, begin="beginning", keep=None, outbox=outboxes / f"{number}", trust_env=False
                )
            )
            for number, token in enumerate(tokens * 2)
        ]
        await clients[0].open_group("所有人", [zhao.id, chen.id, *(colleague.id for colleague in crowd)])
        await clients[3].open_group("三人", [lin.id, crowd[1].id])
        for one, other in ((0, zhao.id), (2, crowd[0].id), (4, crowd[2].id)):
            await clients[one].send((await clients[one].open_direct(other)).id, "在吗")
        load = Load([Speaker(client, by_http=number % 3 == 0) for number, client in enumerate(clients)])
        try:
            yield load
        finally:
            load.cancel()


class Counts(NamedTuple):
    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    out_of_order: int = 0
    missing_places: int = 0
    clients: int = 0
    compared: int = 0
    differing: int = 0


def count(speakers: Iterable[Speaker], rows: list[Row]) -> Counts:
    """What every speaker was promised and heard, held against the table."""
    speakers = list(speakers)
    places: dict[str, list[int]] = {}
    logs: dict[str, list[tuple[int, str, str, str]]] = {}
    for row in rows:
        places.setdefault(str(row["client_id"]), []).append(row["seq"])
        message = (row["seq"], str(row["sender_id"]), str(row["client_id"]), row["body"])
        logs.setdefault(str(row["conversation_id"]), []).append(message)
    heard = [
        (logs[id_], [(it.seq, it.sender_id, it.client_id, it.text) for it in speaker.client.log(id_)])
        for speaker in speakers
        for id_ in speaker.client.conversations
    ]
    return Counts(
        acknowledged=sum(len(speaker.acknowledged) for speaker in speakers),
        lost=sum(
            places.get(client_id) != [seq]
            for speaker in speakers
            for client_id, seq in speaker.acknowledged.items()
            if len(places.get(client_id, [])) < 2
        ),
        doubled=sum(len(of_one) > 1 for of_one in places.values()),
        out_of_order=sum(_out_of_order(speaker) for speaker in speakers),
        missing_places=sum(log[-1][0] - len(log) for log in logs.values()),
        clients=len(speakers),
        compared=sum(len(log) for _, log in heard),
        differing=sum(there != log for there, log in heard),
    )


def _out_of_order(speaker: Speaker) -> int:
    """How many messages stand before one that this device had said earlier in the same conversation."""
    last: dict[str, int] = {}
    wrong = 0
    for conversation_id, client_id in speaker.said:
        seq = speaker.acknowledged[client_id]
        wrong += seq <= last.get(conversation_id, 0)
        last[conversation_id] = max(seq, last.get(conversation_id, 0))
    return wrong
