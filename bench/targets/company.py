"""A company with people, conversations and a past, written straight into the tables as the rooms would have."""

from __future__ import annotations

import hashlib
import random
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

import asyncpg

from bench.load.talk import HALL, HOT, PAIRS
from bench.targets import words
from hutong.core import ids

CONVERSATIONS_EACH = 50
PEOPLE_A_GROUP = 50
HISTORY = 100
# Of the one who opens the app after a long absence.
OPENER_HISTORY = 200
LONG_HISTORY = 100_000
DIRECTS, GROUPS, CUSTOMERS = 250, 200, 50
_CHUNK = 2000

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"


@dataclass
class World:
    """People by number; the two after the last member are the opener and the colleague in all the opener's groups."""

    company_id: int = 0
    people: list[int] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    groups: dict[str, int] = field(default_factory=dict)
    pairs: list[int] = field(default_factory=list)
    opener: int = 0
    opener_groups: list[int] = field(default_factory=list)

    @property
    def chatty(self) -> int:
        return self.opener + 1


@dataclass(frozen=True)
class Talk:
    """A conversation to be written. Its first person has read nothing of its history, the others have read all."""

    kind: str
    people: Sequence[int]
    history: int
    id: int = field(default_factory=ids.new)

    @property
    def unique_key(self) -> str | None:
        return None if self.kind == "group" else f"{min(self.people)}:{max(self.people)}"


async def furnish(dsn: str, members: int) -> World:
    """`members` people, each in fifty groups of fifty with a hundred messages each, and whom the loads name."""
    async with _writing(dsn) as connection:
        world = World(await connection.fetchval("select id from companies"), opener=members)
        await _write_members(connection, world, members + 2)
        await _write_talks(connection, world, _everyday_talks(world, members))
    return world


async def furnish_opener(dsn: str, world: World) -> None:
    """Five hundred conversations of all kinds with two hundred unread messages each, for one person."""
    async with _writing(dsn) as connection:
        await _write_opener(connection, world)


async def furnish_screen(dsn: str, members: int) -> World:
    """For the first person a group in which very much was said, and nine everyday ones."""
    async with _writing(dsn) as connection:
        world = World(await connection.fetchval("select id from companies"), opener=members)
        await _write_members(connection, world, members)
        people = [world.people[1], world.people[0], *world.people[2:PEOPLE_A_GROUP]]
        talks = [Talk("group", people, history) for history in (LONG_HISTORY, *[OPENER_HISTORY] * 9)]
        await _write_talks(connection, world, talks)
    world.opener_groups = [talk.id for talk in talks]
    return world


@asynccontextmanager
async def _writing(dsn: str) -> AsyncIterator[Connection]:
    """One transaction, after which the tables are as they would be after a quiet night."""
    connection = await asyncpg.connect(dsn, server_settings={"timezone": "UTC"})
    try:
        async with connection.transaction():
            # Every reference is right by construction, and half a million checks would take longer than the rest.
            await connection.execute("set local session_replication_role = replica")
            await _write_sentences(connection)
            yield connection
        await connection.execute("vacuum (analyze)")
        await connection.execute("checkpoint")
    finally:
        await connection.close()


def _everyday_talks(world: World, members: int) -> list[Talk]:
    people = world.people[:members]
    # A step that shares no factor with the number of members: each person is in exactly fifty groups.
    step = 37
    groups = [
        Talk("group", [people[(first + place * step) % members] for place in range(PEOPLE_A_GROUP)], HISTORY)
        for first in range(members * CONVERSATIONS_EACH // PEOPLE_A_GROUP)
    ]
    hall, hot = Talk("group", people[:HALL], HISTORY), Talk("group", people[:HOT], HISTORY)
    world.groups = {"hall": hall.id, "hot": hot.id}
    pairs = [Talk("direct", people[pair * 2 : pair * 2 + 2], 20) for pair in range(PAIRS)]
    world.pairs = [talk.id for talk in pairs]
    return [*groups, hall, hot, *pairs]


async def _write_members(connection: Connection, world: World, count: int) -> None:
    now, company_id = datetime.now(UTC), world.company_id
    names = random.Random(3)
    world.people = ids.many(count)
    world.tokens = [secrets.token_urlsafe(32) for _ in range(count)]
    people = [(id_, company_id, "member", words.name(names), True, False, now) for id_ in world.people]
    await connection.copy_records_to_table("people", records=people)
    await connection.copy_records_to_table(
        "members",
        columns=["person_id", "company_id", "account", "pinyin", "source"],
        records=[(id_, company_id, f"m{number}", "", "roster") for number, id_ in enumerate(world.people)],
    )
    top, *below = ids.many(1 + count // 50 + 1)
    columns = ["company_id", "id", "parent_id", "name", "position", "path", "member_count"]
    departments: list[tuple[object, ...]] = [(company_id, top, None, "总部", 0, [top], count)]
    departments += [(company_id, id_, top, f"第{n}部", n, [top, id_], 50) for n, id_ in enumerate(below)]
    await connection.copy_records_to_table("departments", columns=columns, records=departments)
    await connection.copy_records_to_table(
        "department_members",
        columns=["company_id", "department_id", "person_id", "is_head", "is_main", "position"],
        records=[(company_id, below[n // 50], id_, False, True, 0) for n, id_ in enumerate(world.people)],
    )
    columns = ["id", "token_digest", "company_id", "person_id", "user_agent", "address", "created_at", "last_seen_at"]
    await connection.copy_records_to_table(
        "sessions",
        columns=[*columns, "expires_at"],
        records=[
            (ids.new(), hashlib.sha256(token.encode()).digest(), company_id, id_, "", "127.0.0.1", now, now,
             now + timedelta(days=30))
            for id_, token in zip(world.people, world.tokens, strict=True)
        ],
    )  # fmt: skip


async def _write_opener(connection: Connection, world: World) -> None:
    now, opener, chatty = datetime.now(UTC), world.people[world.opener], world.people[world.chatty]
    names = random.Random(5)
    customers = ids.many(CUSTOMERS)
    people = [(id_, world.company_id, "contact", words.name(names), True, False, now) for id_ in customers]
    await connection.copy_records_to_table("people", records=people)
    colleagues = world.people[:DIRECTS]
    groups = [
        Talk("group", [opener, chatty, *names.sample(world.people[: world.opener], 8)], OPENER_HISTORY)
        for _ in range(GROUPS)
    ]
    talks = [Talk("customer", [opener, id_], OPENER_HISTORY) for id_ in customers]
    world.opener_groups = [talk.id for talk in groups]
    directs = [Talk("direct", [opener, id_], OPENER_HISTORY) for id_ in colleagues]
    await _write_talks(connection, world, [*groups, *talks, *directs])
    way = ids.new()
    await connection.copy_records_to_table(
        "contact_ways", records=[(way, world.company_id, opener, secrets.token_urlsafe(8), True, now)]
    )
    await connection.copy_records_to_table(
        "contact_owners",
        records=[
            (opener, id_, world.company_id, talk.id, way, None, now) for id_, talk in zip(customers, talks, strict=True)
        ],
    )


async def _write_sentences(connection: Connection) -> None:
    await connection.execute("create temporary table sentences (n int primary key, body text) on commit drop")
    made = random.Random(7)
    await connection.copy_records_to_table(
        "sentences", records=[(number, words.sentence(made)) for number in range(words.SENTENCES)]
    )


async def _write_talks(connection: Connection, world: World, talks: Sequence[Talk]) -> None:
    now = datetime.now(UTC)
    for start in range(0, len(talks), _CHUNK):
        some = talks[start : start + _CHUNK]
        all_ids, history = [talk.id for talk in some], [talk.history for talk in some]
        await connection.execute(
            "insert into conversations (id, company_id, kind, name, owner_id, unique_key, participant_count, last_seq,"
            " last_active_at, changed_xid, created_at)"
            " select id, $2, kind, name, owner_id, key, size, last_seq, $9::timestamptz - n * interval '7 seconds',"
            " pg_current_xact_id(), $9::timestamptz - interval '90 days'"
            " from unnest($1::bigint[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::int[], $8::bigint[])"
            " with ordinality t(id, kind, name, owner_id, key, size, last_seq, n)",
            all_ids, world.company_id, [talk.kind for talk in some],
            [f"第{talk.id % 10007}组 项目群" if talk.kind == "group" else None for talk in some],
            [talk.people[0] if talk.kind == "group" else None for talk in some],
            [talk.unique_key for talk in some], [len(talk.people) for talk in some], history, now,
        )  # fmt: skip
        await connection.execute(
            "insert into participants (conversation_id, person_id, joined_at, joined_seq, read_seq, changed_xid)"
            " select c, p, $3::timestamptz, 0, read, pg_current_xact_id()"
            " from unnest($1::bigint[], $2::bigint[], $4::bigint[]) t(c, p, read)",
            [talk.id for talk in some for _ in talk.people], [person for talk in some for person in talk.people],
            now - timedelta(days=90), [talk.history * (n > 0) for talk in some for n in range(len(talk.people))],
        )  # fmt: skip
        # The first two people of each take turns.
        await connection.execute(
            "insert into messages (conversation_id, seq, company_id, sender_id, client_id, kind, body, sent_at)"
            " select id, seq, $4, case when seq % 2 = 0 then one else other end, gen_random_uuid(), 'text', body,"
            " $6::timestamptz - (last_seq - seq) * interval '11 minutes'"
            " from unnest($1::bigint[], $2::bigint[], $3::bigint[], $5::bigint[]) t(id, one, other, last_seq)"
            " cross join generate_series(1, last_seq) seq join sentences on n = (id + seq * 7919) % $7",
            all_ids, [talk.people[0] for talk in some], [talk.people[1] for talk in some], world.company_id, history,
            now, words.SENTENCES,
        )  # fmt: skip
        # Nobody searches here: what was said before is as good as indexed, and no load pays for it.
        await connection.execute(
            "insert into indexed_conversations (conversation_id, indexed_seq)"
            " select * from unnest($1::bigint[], $2::bigint[])",
            all_ids, history,
        )  # fmt: skip
