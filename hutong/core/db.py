"""The database: a pool, and transactions that the edge opens and closes visibly.

An answer is a promise: `async with db.begin() as tx:` commits before the route replies. What a transaction tells
(live events) leaves only after its commit.
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any, Literal

import asyncpg
import msgspec

from hutong.core import events, live
from hutong.core.errors import BadRequest, Unavailable
from hutong.core.events import Event
from hutong.core.live import AudienceSet, Broker, HearingChanged, Listening, SessionsEnded, Signal

Row = asyncpg.Record
Isolation = Literal["read_committed", "repeatable_read"]


# Nothing is wrong with what was asked: the line broke, the database starts or stops, is full, or chose us to yield.
_NOT_NOW = (
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # what a statement meets that is sent at the instant in which the line breaks
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.TransactionRollbackError,
    ConnectionError,
)
# NUL characters and lone surrogates pass as JSON but not as text: the sender's fault, not ours.
_NO_TEXT = (asyncpg.CharacterNotInRepertoireError, asyncpg.UntranslatableCharacterError, UnicodeEncodeError)


class Tx:
    """One open transaction. Actions take it first and never commit."""

    def __init__(self, connection: "asyncpg.pool.PoolConnectionProxy[Row]") -> None:
        self._connection = connection
        self._signals: list[Signal] = []

    async def fetch(self, sql: str, *args: Any) -> list[Row]:
        return await self._connection.fetch(sql, *args)

    async def fetchrow(self, sql: str, *args: Any) -> Row | None:
        return await self._connection.fetchrow(sql, *args)

    async def fetchval(self, sql: str, *args: Any) -> Any:
        return await self._connection.fetchval(sql, *args)

    async def execute(self, sql: str, *args: Any) -> int:
        """Run a statement; the number of rows it touched."""
        tag = (await self._connection.execute(sql, *args)).rsplit(" ", 1)[-1]
        return int(tag) if tag.isdigit() else 0

    async def copy(self, table: str, columns: Sequence[str], records: Iterable[Sequence[Any]]) -> None:
        """COPY records into a table: the fast way in for thousands of rows."""
        await self._connection.copy_records_to_table(table, columns=list(columns), records=records)

    def tell(self, channel: str, event: Event) -> None:
        """After the commit, give the event to everybody who listens to the channel."""
        self._signals.append(live.delivery(channel, event))

    def listen(self, person_id: int, channel: str, *, starts: bool, position: int) -> None:
        """After the commit a person's sessions hear a channel or do not; of two changes the higher position holds."""
        self._signals.append(Listening(person_id, channel, starts, position))

    def set_audience(
        self, channel: str, audience: Sequence[str], people: Sequence[int], *, farewell: Event, position: int
    ) -> None:
        """After the commit exactly who listens to one of `audience`, and these people, hear the channel."""
        self._signals.append(AudienceSet(channel, tuple(audience), tuple(people), events.encode(farewell), position))

    def rehear(self, person_ids: Sequence[int]) -> None:
        """After the commit, what a rule lets these people hear is read anew: they moved, or the rule did."""
        if person_ids:
            self._signals.append(HearingChanged(tuple(person_ids)))

    def end_sessions(self, session_ids: Sequence[int]) -> None:
        """After the commit, the sockets of these sessions close."""
        if session_ids:
            self._signals.append(SessionsEnded(tuple(session_ids)))

    def _committed(self, broker: Broker) -> None:
        for signal in self._signals:
            broker.publish(signal)


class Database:
    """A pool of connections to one PostgreSQL and the broker that hears of every commit."""

    def __init__(self, pool: "asyncpg.Pool[Row]", broker: Broker) -> None:
        self._pool = pool
        self.broker = broker

    @classmethod
    async def open(
        cls, dsn: str, *, broker: Broker | None = None, connections: int = 16, name: str = "hutong"
    ) -> "Database":
        """`name` is what PostgreSQL's own tables call the connections."""
        pool = await asyncpg.create_pool(
            dsn,
            min_size=1,
            max_size=connections,
            init=_prepare_connection,
            # Every transaction is closed before release and nothing session-wide is ever set,
            # so the default RESET (a round trip each) would only cost.
            reset=_keep_as_is,
            server_settings={"application_name": name, "timezone": "UTC"},
        )
        return cls(pool, broker or live.Silence())

    async def close(self) -> None:
        await self._pool.close()

    @asynccontextmanager
    async def begin(self, isolation: Isolation = "read_committed") -> AsyncIterator[Tx]:
        """Open a transaction; commit at the end of the block, roll back on any exception."""
        async with self._connection() as connection:
            tx = Tx(connection)
            async with connection.transaction(isolation=isolation):
                yield tx
            # At once, without waiting for anything: who gets our locks now must not be heard before us.
            tx._committed(self.broker)

    @asynccontextmanager
    async def single(self) -> AsyncIterator[Tx]:
        """For what is one statement: it commits itself, which saves two ways there and back.

        A second statement sees the first one's work committed, and does not undo it when it fails.
        """
        async with self._connection() as connection:
            tx = Tx(connection)
            try:
                yield tx
            finally:
                tx._committed(self.broker)

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator["asyncpg.pool.PoolConnectionProxy[Row]"]:
        try:
            # A time limit is a task of its own: only where there may be something to wait for.
            connection = await self._pool.acquire(timeout=None if self._pool.get_idle_size() else 10)
        except (*_NOT_NOW, OSError, TimeoutError) as cause:
            raise Unavailable from cause
        try:
            yield connection
        except _NOT_NOW as cause:
            raise Unavailable from cause
        except _NO_TEXT as cause:
            raise BadRequest from cause
        finally:
            await self._pool.release(connection)

    async def is_alive(self) -> bool:
        async with self.begin() as tx:
            return bool(await tx.fetchval("select true"))


async def _prepare_connection(connection: "asyncpg.Connection[Row]") -> None:
    await connection.set_type_codec(
        "jsonb",
        encoder=lambda value: b"\x01" + msgspec.json.encode(value),
        decoder=lambda raw: msgspec.json.decode(raw[1:]),
        schema="pg_catalog",
        format="binary",
    )


async def _keep_as_is(connection: "asyncpg.Connection[Row]") -> None:
    del connection
