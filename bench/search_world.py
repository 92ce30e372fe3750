"""The company in which bench/search.py searches, written straight into the tables, and the plain truth about it."""

from __future__ import annotations

import resource
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

import asyncpg

from hutong import identity
from hutong.core import ids
from hutong.core.actor import Actor
from hutong.core.db import Database

A_TALK = 2000
LARGE = 60_000
TALKS_OF_CHEN = 30
# In 95 of 100 messages, in one of 2,000, and all that lies between.
PHRASES = [
    "我家在上海东边", "杭州门店下午有客户试驾", "九月产能爬坡计划已更新", "Model X2000 报价单", "研究生实习名额",
    "对账单请财务核对", "贵阳市长来访", "座舱软件版本 12.5.3", "道路救援已经出发", "周五之前交付八台车",
    "请把会议纪要发给大家", "供应商批次 L20260911 抽检合格", "明天上午九点开会", "线索分配规则改了", "客户说电池有异响",
]  # fmt: skip


@dataclass(frozen=True)
class Query:
    """Lin is in every second talk; Chen in thirty, where nothing was said of late."""

    words: str
    where: Literal["everywhere", "small talk", "large talk"] = "everywhere"
    who: Literal["Lin", "Chen"] = "Lin"
    of: Literal["anybody", "a quiet sender"] = "anybody"
    is_recent: bool = False

    def __str__(self) -> str:
        parts = [self.words, self.where, f"by {self.who}", f"of {self.of}"] + ["of the last hours"] * self.is_recent
        return ", ".join(part for part in parts if part not in {"everywhere", "by Lin", "of anybody"})


QUERIES = [
    Query("收到"), Query("上海"), Query("海"), Query("x2000"), Query("２０００"), Query("市长"), Query("客户 试驾"),
    Query("12.5"), Query("0911"), Query("有异响"), Query("秘钥罐"), Query("没有的词"), Query("收到", is_recent=True),
    Query("收到", "small talk"), Query("秘钥罐", "small talk"), Query("收到", "large talk"),
    Query("秘钥罐", "large talk"), Query("收到", of="a quiet sender"), Query("试驾", who="Chen"),
    Query("秘钥罐", who="Chen"),
]  # fmt: skip


@dataclass(frozen=True)
class World:
    lin: Actor
    chen: Actor
    small: int
    large: int
    quiet: int
    talks: list[int]
    hours_ago: datetime

    def actor(self, query: Query) -> Actor:
        return self.chen if query.who == "Chen" else self.lin

    def conversation(self, query: Query) -> int | None:
        return {"everywhere": None, "small talk": self.small, "large talk": self.large}[query.where]

    def sender(self, query: Query) -> int | None:
        return None if query.of == "anybody" else self.quiet

    def from_at(self, query: Query) -> datetime | None:
        return self.hours_ago if query.is_recent else None


async def furnish(dsn: str, count: int) -> World:
    """Talks of 2,000 messages and a large one. Of every fourth Lin has seen the second half only."""
    db = await Database.open(dsn, connections=1)
    async with db.begin() as tx:
        company = await identity.create_company(tx, "bench", "蓝汀汽车")
    await db.close()
    connection = await asyncpg.connect(dsn)
    people = [ids.new() for _ in range(200)]
    lin, chen, quiet = people[:3]
    large_size = min(LARGE, count // 5)
    talks = (count - large_size) // A_TALK
    large = ids.new()
    first = ids.new()
    await connection.execute(
        "insert into people (id, company_id, kind, name, is_active, is_admin, created_at)"
        " select id, $2, 'member', '同事' || n, true, false, now() from unnest($1::bigint[]) with ordinality t(id, n)",
        people, company.id,
    )  # fmt: skip
    await connection.execute(
        "insert into conversations (id, company_id, kind, name, participant_count, last_seq, last_active_at,"
        " changed_xid, created_at)"
        " select $1::bigint + n, $2::bigint, 'group', 'g' || n, 1, $3::bigint, now(), '0'::xid8, now()"
        " from generate_series(1, $4::int) n"
        " union all select $5, $2, 'group', 'large', 1, $6, now(), '0', now()",
        first, company.id, A_TALK, talks, large, large_size,
    )  # fmt: skip
    await connection.execute(
        "insert into participants (conversation_id, person_id, joined_at, joined_seq, read_seq, changed_xid)"
        " select $1::bigint + n, $2::bigint, now(), case when n % 4 = 0 then $3::int / 2 else 0 end, 0, '0'::xid8"
        " from generate_series(2, $4::int, 2) n"
        " union all select $5, $2, now(), 0, 0, '0'"
        " union all select $1::bigint + n, $6, now(), 0, 0, '0' from generate_series(1, least($7, $4::int)) n",
        first, lin, A_TALK, talks, large, chen, TALKS_OF_CHEN,
    )  # fmt: skip
    await _say(connection, company.id, people[2:], first, talks, large, large_size)
    await connection.execute("analyze")
    hours_ago = await connection.fetchval(
        "select min(sent_at) + (max(sent_at) - min(sent_at)) * 0.9 from messages where conversation_id = $1", large
    )
    await connection.close()

    def actor(person_id: int) -> Actor:
        return Actor(kind="member", company_id=company.id, person_id=person_id, session_id=0)

    own = [first + number for number in range(2, talks + 1, 2)]
    return World(actor(lin), actor(chen), own[0], large, quiet, own[:50], hours_ago)


async def _say(
    connection: asyncpg.Connection[asyncpg.Record],
    company_id: int, speakers: list[int], first: int, talks: int, large: int, large_size: int,
) -> None:  # fmt: skip
    """All talk at the same time, but those of Chen, which ended long ago. The first speaker says one in 5,000."""
    await connection.execute(
        "insert into messages (conversation_id, seq, company_id, sender_id, client_id, kind, body, sent_at)"
        " select t.id, s, $1, ($2::bigint[])[case when random() < 0.0002 then 1"
        "    else 2 + floor(random() * (cardinality($2::bigint[]) - 1))::int end], gen_random_uuid(), 'text',"
        "  case when random() < 0.95 then '收到，' else '' end"
        "  || ($3::text[])[1 + floor(random() * random() * cardinality($3::text[]))::int] || floor(random() * 10000)"
        "  || case when random() < 0.0005 then '秘钥罐' else '' end,"
        "  now() - ((t.size - s) * (200000.0 / t.size) + t.n * 0.01) * interval '1 s'"
        "   - case when t.n between 1 and $8 then interval '9 days' else interval '0' end"
        " from (select $4::bigint + n as id, n, $5::int as size from generate_series(1, $6::int) n"
        "   union all select $7, 0, $9) t cross join lateral generate_series(1, t.size) s",
        company_id, speakers, PHRASES, first, A_TALK, talks, large, TALKS_OF_CHEN, large_size,
    )  # fmt: skip


async def truth(
    connection: asyncpg.Connection[asyncpg.Record], world: World, query: Query, limit: int
) -> list[tuple[int, int]]:
    words = [f"%{word}%" for word in query.words.replace("２０００", "2000").split()]
    rows = await connection.fetch(
        "select m.conversation_id, m.seq from messages m join participants p on p.conversation_id = m.conversation_id"
        " and p.person_id = $1 and m.seq > p.joined_seq where m.body ilike all($2::text[])"
        " and ($3::bigint is null or m.conversation_id = $3) and ($4::bigint is null or m.sender_id = $4)"
        " and ($5::timestamptz is null or m.sent_at >= $5)"
        " order by m.sent_at desc, m.conversation_id desc, m.seq desc limit $6",
        world.actor(query).person_id, words, world.conversation(query), world.sender(query), world.from_at(query),
        limit,
    )  # fmt: skip
    return [(row[0], row[1]) for row in rows]


def cpu_seconds(postgres_pid: int) -> float:
    """Of this process and of the PostgreSQL whose postmaster this is, live children included."""
    total = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == postgres_pid:
            total += (int(fields[11]) + int(fields[12])) / 100
    return total
