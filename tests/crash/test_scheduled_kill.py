"""kill -9 between the moment in which the clock says something and the one in which it is crossed out: said once."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from hutong.core import clock
from hutong.core.db import Database
from tests.cast import Role
from tests.people import Json, Member, new_client_id
from tests.roles.served import Served

_STUCK = (
    "create function stuck() returns trigger language plpgsql as $$ begin perform pg_sleep(60); return old; end $$",
    "create trigger stuck before delete on scheduled_messages for each row execute function stuck()",
)
_NOW_DUE = "update scheduled_messages set due_at = $1, taken_until = null"


async def _until(holds: Callable[[], Awaitable[bool]]) -> None:
    for _ in range(600):
        if await holds():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it did not come to be")


async def _said(who: Member, talk: Json) -> bool:
    return bool(await who.texts(talk))


async def _is_crossed_out(who: Member) -> bool:
    return not (await who.get("/api/me/scheduled-messages"))["items"]


async def test_what_was_said_before_a_kill_is_said_once(
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
            send_at = (clock.now() + timedelta(hours=1)).isoformat()
            wish = {"client_id": new_client_id(), "text": "这句之后断电", "send_at": send_at}
            await lin.post(f"/api/conversations/{talk['id']}/scheduled-messages", wish)
            async with db.begin() as tx:
                for statement in _STUCK:
                    await tx.execute(statement)
                await tx.execute(_NOW_DUE, clock.now())
            await _until(lambda: _said(zhao, talk))
            served.kill()
            async with db.begin() as tx:
                await tx.execute("select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep'")
            async with db.begin() as tx:
                await tx.execute("drop function stuck cascade")
                # Its lease ends in half a minute anyhow.
                await tx.execute(_NOW_DUE, clock.now())
            served.spawn()
            await served.ready()
            await _until(lambda: _is_crossed_out(lin))
            assert await zhao.texts(talk) == ["这句之后断电"]
    finally:
        served.kill()
