"""Who is here is told to colleagues who have them on the screen, and to nobody else."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hutong.gateway import NatsServer
from hutong.gateway.protocol import MAX_LOOKED_AT
from tests.cast import Role
from tests.people import PATIENCE, Consumer, Json, Member, Socket
from tests.roles.running import running


async def look(socket: Socket, *whom: str) -> None:
    await socket.send({"type": "look", "person_ids": list(whom)})


async def told(socket: Socket, person_id: str) -> str:
    frame = await socket.next("presence", lambda it: it["person_id"] == person_id)
    return str(frame["state"])


async def test_who_looks_hears_a_colleague_come_turn_away_and_leave(lin: Member, zhao: Member) -> None:
    async with lin.socket() as hers:
        await look(hers, zhao.id)
        assert await hers.heard_nothing("presence"), "of who is not here nothing is said"
        async with zhao.socket() as theirs:
            assert await told(hers, zhao.id) == "active"
            await theirs.send({"type": "attend", "is_active": False})
            assert await told(hers, zhao.id) == "away"
            async with zhao.socket():
                assert await told(hers, zhao.id) == "active", "one page in sight is enough"
            # The page that was closed may be loading again: it is waited for.
            assert await told(hers, zhao.id) == "away"
            await theirs.send({"type": "attend", "is_active": True})
            assert await told(hers, zhao.id) == "active"
        async with zhao.socket():
            await asyncio.sleep(0)
        assert await told(hers, zhao.id) == "offline"


async def test_who_looks_away_hears_no_more_and_on_looking_again_how_it_is(lin: Member, zhao: Member) -> None:
    async with lin.socket() as hers, zhao.socket() as theirs:
        await look(hers, zhao.id, zhao.id)
        assert await told(hers, zhao.id) == "active"
        await look(hers)
        await hers.heard()
        await theirs.send({"type": "attend", "is_active": False})
        await asyncio.sleep(4)
        assert await hers.heard_nothing("presence")
        await look(hers, zhao.id)
        assert await told(hers, zhao.id) == "away"
        async with lin.socket() as other:
            await look(other, zhao.id)
            assert await told(other, zhao.id) == "away", "a second page is told at once"
        assert await hers.heard_nothing("presence")


async def test_nobody_sees_people_of_another_company_and_customers_are_not_seen(
    lin: Member, zhao: Member, sun: Member, wu: Consumer
) -> None:
    said = await wu.walk_in(await lin.way(), "您好")
    customer = said["sender_id"]
    async with lin.socket() as hers, sun.socket() as foreign, zhao.socket(), wu.socket() as phone:
        await look(foreign, lin.id, zhao.id, customer)
        await look(hers, sun.id, zhao.id, customer)
        assert await told(hers, zhao.id) == "active"
        assert [it for it in await hers.heard() if it["type"] == "presence"] == []
        assert await foreign.heard_nothing("presence")
        await phone.send({"type": "look", "person_ids": [lin.id]})
        assert (await phone.next("error"))["code"] == "bad_frame", "a customer looks at nobody"


async def test_what_cannot_be_looked_at_is_answered(lin: Member, zhao: Member) -> None:
    bad: list[Json] = [
        {"person_ids": "1"}, {"person_ids": [1]}, {"person_ids": [""]}, {"person_ids": ["x"]}, {},
        {"person_ids": ["1" * 21]}, {"person_ids": [str(n) for n in range(1, MAX_LOOKED_AT + 2)]},
    ]  # fmt: skip
    async with lin.socket() as hers, zhao.socket():
        await look(hers, zhao.id, "999999999999")
        assert await told(hers, zhao.id) == "active"
        for frame in [{"type": "look"} | it for it in bad] + [{"type": "attend"}, {"type": "attend", "is_active": "x"}]:
            await hers.send(frame)
            assert (await hers.next("error"))["code"] == "bad_frame", frame
        async with zhao.socket() as theirs:
            await theirs.send({"type": "attend", "is_active": False})
        assert await hers.heard_nothing("presence"), "another page of theirs is in sight"


@pytest.fixture
async def two_doors(
    dsn: str, tmp_path: Path, nats: NatsServer, template: dict[str, Role]
) -> AsyncIterator[tuple[Member, Member]]:
    """Lin at one process, Zhao at another."""
    async with (
        running(dsn, tmp_path / "1", nats_url=nats.url) as one,
        running(dsn, tmp_path / "2", nats_url=nats.url) as two,
        Member(one.base_url, **template["lin"]._asdict()) as lin,
        Member(two.base_url, **template["zhao"]._asdict()) as zhao,
    ):
        yield lin, zhao


async def test_between_processes_it_is_the_same(two_doors: tuple[Member, Member]) -> None:
    lin, zhao = two_doors
    async with lin.socket() as hers, zhao.socket() as theirs:
        async with asyncio.timeout(PATIENCE):
            await look(hers, zhao.id)
            assert await told(hers, zhao.id) == "active", "who was here before is asked for"
            await theirs.send({"type": "attend", "is_active": False})
            assert await told(hers, zhao.id) == "away"
            await theirs.close()
            assert await told(hers, zhao.id) == "offline"
