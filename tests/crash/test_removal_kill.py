"""kill -9 while what is too old is removed: what is left is whole, and a restart goes on from there."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from hutong.core import clock
from hutong.core.db import Database, Row
from tests.cast import Role
from tests.people import Member
from tests.roles.served import Served

_COUNT = 6000
_FILL = (
    "insert into messages (conversation_id, seq, company_id, sender_id, client_id, kind, body, sent_at)"
    " select conversation_id, seq + n, company_id, sender_id, gen_random_uuid(), kind, '旧' || n, $3"
    " from messages, generate_series(1, $2::bigint) n where conversation_id = $1"
)


async def _head(db: Database, conversation_id: int) -> Row:
    async with db.begin() as tx:
        row = await tx.fetchrow(
            "select first_seq, last_seq, (select min(seq) from messages where conversation_id = id) as lowest,"
            " (select count(*) from messages where conversation_id = id) as count from conversations where id = $1",
            conversation_id,
        )
    assert row is not None
    return row


async def _until(db: Database, conversation_id: int, holds: Callable[[Row], bool]) -> None:
    for _ in range(1200):
        if holds(await _head(db, conversation_id)):
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not come to be")


async def _keep(who: Member, days: int) -> None:
    wish = {"staff_days": days, "customer_days": None}
    shown = await who.post("/api/retention/preview", wish)
    await who.put("/api/retention", wish | {"as_of": shown["as_of"], "message_count": shown["staff_messages"]})


async def test_a_removal_that_was_killed_goes_on_where_it_stood(
    dsn: str, db: Database, template: dict[str, Role], tmp_path: Path
) -> None:
    served = Served(dsn, tmp_path)
    served.spawn()
    await served.ready()
    try:
        async with (
            Member(served.base_url, **template["lin"]._asdict()) as lin,
            Member(served.base_url, **template["zhao"]._asdict()) as zhao,
        ):
            talk = await lin.direct(zhao)
            await lin.say(talk, "开始")
            id_ = int(talk["id"])
            long_ago = clock.now() - timedelta(days=90)
            async with db.begin() as tx:
                await tx.execute(_FILL, id_, _COUNT, long_ago)
                await tx.execute("update messages set sent_at = $1", long_ago)
                await tx.execute("update conversations set last_seq = $1, created_at = $2", _COUNT + 1, long_ago)
            await lin.say(talk, "新的")
            await _keep(zhao, 60)
            await _until(db, id_, lambda head: head["first_seq"] > 1)
            served.kill()
            head = await _head(db, id_)
            assert 1 < head["first_seq"] < _COUNT, "killed on its way"
            assert head["lowest"] == head["first_seq"]
            assert head["count"] == head["last_seq"] - head["first_seq"] + 1, "nothing went but the beginning"
            served.spawn()
            await served.ready()
            await _until(db, id_, lambda head: head["first_seq"] == _COUNT + 2)
            assert (await _head(db, id_))["count"] == 1
            assert await zhao.texts(talk) == ["新的"]
            assert (await lin.say(talk, "又一句"))["seq"] == _COUNT + 3
    finally:
        served.kill()
