"""Several processes are one network: who is at one hears who is at another, and each may die."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from hutong.core import settings
from hutong.core.db import Database
from hutong.core.settings import SettingRefused
from hutong.gateway import NatsServer
from tests.cast import Role
from tests.people import PATIENCE, Caller, Json, Member, Socket, new_client_id
from tests.roles.running import running
from tests.roles.served import Served

Serve = Callable[..., Served]


@pytest.fixture
def serve(dsn: str, tmp_path: Path) -> Iterator[Serve]:
    """Starts `hutong serve` with these settings; what still runs at the end is killed."""
    started: list[Served] = []

    def start(**options: object) -> Served:
        served = Served(dsn, tmp_path, **options)
        served.spawn()
        started.append(served)
        return served

    yield start
    for served in started:
        served.kill()


def member(served: Served, role: Role) -> Member:
    return Member(served.base_url, **role._asdict())


@asynccontextmanager
async def at_different_processes(served: Served, one: Member, other: Member) -> AsyncIterator[tuple[Socket, Socket]]:
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(one.socket())
        for _ in range(40):
            second = await stack.enter_async_context(other.socket())
            if served.pid_of(first) != served.pid_of(second):
                yield first, second
                return
        raise AssertionError("one process has all connections")


def has_text(text: str) -> Callable[[Json], bool]:
    return lambda frame: frame["message"]["text"] == text


async def test_who_is_at_one_process_hears_who_is_at_the_other(serve: Serve, template: dict[str, Role]) -> None:
    served = serve(processes=2)
    await served.ready()
    async with member(served, template["lin"]) as lin, member(served, template["zhao"]) as zhao:
        talk = await lin.direct(zhao)
        async with at_different_processes(served, lin, zhao) as (hers, his):
            for number in range(20):
                assert (await hers.say(talk, f"问 {number}"))["type"] == "ack"
                await his.next("message", has_text(f"问 {number}"))
                assert (await his.say(talk, f"答 {number}"))["type"] == "ack"
                await hers.next("message", has_text(f"答 {number}"))
            heard = [frame["message"]["seq"] for frame in await hers.heard() if frame["type"] == "message"]
            assert heard == sorted(heard)
            assert len(heard) == len(set(heard)), "nobody hears twice"
            for _ in range(6):
                assert await figures(served) >= {"hutong_connections": 2.0, "hutong_broker_lag_seconds_count": 40.0}


async def figures(served: Served) -> "Figures":
    """As one of the processes tells them, whichever is asked."""
    async with Caller(served.base_url) as caller:
        text = (await caller.request("GET", "/metrics")).text
    return Figures(
        (name, float(value))
        for name, _, value in (line.rpartition(" ") for line in text.splitlines())
        if name[:1] != "#"
    )


class Figures(dict[str, float]):
    def __ge__(self, least: dict[str, float]) -> bool:
        return all(self[name] >= value for name, value in least.items())


async def test_who_is_killed_comes_back_and_nobody_outlives_the_parent(serve: Serve, template: dict[str, Role]) -> None:
    served = serve(processes=2)
    await served.ready()
    async with member(served, template["lin"]) as lin, member(served, template["zhao"]) as zhao:
        talk = await lin.direct(zhao)
        async with at_different_processes(served, lin, zhao) as (hers, his):
            os.kill(served.pid_of(hers), signal.SIGKILL)
            assert await hers.close_code() == 1006
            await his.next("look_again")
            async with lin.socket() as again:
                assert (await again.say(talk, "我回来了"))["type"] == "ack"
                await his.next("message", has_text("我回来了"))
        await served.ready()
        async with at_different_processes(served, lin, zhao) as (hers, his):
            assert (await hers.say(talk, "都在"))["type"] == "ack"
            await his.next("message", has_text("都在"))
            os.kill(served.pid_named("nats-server"), signal.SIGKILL)
            await asyncio.gather(hers.next("look_again"), his.next("look_again"))
            assert (await hers.say(talk, "又通了"))["type"] == "ack"
            await his.next("message", has_text("又通了"))
    family = served.family()
    os.kill(served.pid, signal.SIGKILL)
    async with asyncio.timeout(PATIENCE):
        while [pid for pid in family if runs(pid) and pid != served.pid]:  # noqa: ASYNC110 - other processes tell us nothing
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("processes", [1, 2])
async def test_sigterm_answers_what_is_in_flight_then_sends_everybody_away(
    serve: Serve, template: dict[str, Role], db: Database, processes: int
) -> None:
    served = serve(processes=processes)
    await served.ready()
    async with member(served, template["lin"]) as lin, member(served, template["zhao"]) as zhao:
        talk = await lin.direct(zhao)
        answered: set[str] = set()

        async def speak_by_socket(socket: Socket) -> int:
            with suppress(ConnectionClosed):
                while True:
                    waiting = {await send_something(socket, talk) for _ in range(10)}
                    while waiting:
                        frame = await socket.receive()
                        if frame["type"] == "ack":
                            waiting.discard(frame["client_id"])
                            answered.add(frame["client_id"])
            code = await socket.close_code()
            answered.update(frame["client_id"] for frame in socket.left() if frame["type"] == "ack")
            return code

        async def speak_by_http() -> None:
            with suppress(httpx.HTTPError, AttributeError, AssertionError):
                while True:
                    client_id = new_client_id()
                    await lin.say(talk, "在路上", client_id=client_id)
                    answered.add(client_id)

        async with lin.socket() as one, zhao.socket() as other:
            family = served.family()
            ending = asyncio.get_running_loop().create_task(served.terminate(after_seconds=0.3))
            codes = await asyncio.gather(
                speak_by_socket(one), speak_by_socket(other), *(speak_by_http() for _ in range(4))
            )
            assert await ending == 0
            assert codes[:2] == [1012, 1012]
    async with db.begin() as tx:
        rows = await tx.fetch("select client_id::text from messages where conversation_id = $1", int(talk["id"]))
        assert not await tx.fetch("select from processes"), "who goes in order leaves no lease"
    assert {row["client_id"] for row in rows} == answered, "what was written was acknowledged, and the other way round"
    assert not [pid for pid in family if runs(pid)]


def runs(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


async def send_something(socket: Socket, talk: Json) -> str:
    client_id = new_client_id()
    words = {"conversation_id": talk["id"], "kind": "text", "text": "在"}
    await socket.send({"type": "send", "client_id": client_id, **words})
    return client_id


async def test_two_gateways_and_two_apis_outlive_one_of_each(
    serve: Serve, nats: NatsServer, template: dict[str, Role]
) -> None:
    apis = [serve(roles="api,worker", nats_url=nats.url) for _ in range(2)]
    gateways = [serve(roles="gateway", nats_url=nats.url) for _ in range(2)]
    for served in apis + gateways:
        await served.ready()
        async with Caller(served.base_url) as caller:
            assert "hutong_connections" in (await caller.request("GET", "/metrics")).text
    written: dict[str, int] = {}
    async with AsyncExitStack() as stack:
        lins = [await stack.enter_async_context(member(api, template["lin"])) for api in apis]
        zhao = await stack.enter_async_context(member(gateways[1], template["zhao"]))
        zhao_asks = await stack.enter_async_context(member(apis[1], template["zhao"]))
        talk = await lins[0].direct(zhao_asks)
        his = await stack.enter_async_context(zhao.socket())
        lost = await stack.enter_async_context(member(gateways[0], template["zhao"]).socket())
        for victim in (apis[0], gateways[0]):
            asyncio.get_running_loop().call_later(0.3, victim.kill)
        await asyncio.gather(*(speak(lins, talk, written) for _ in range(8)))
        assert await lost.close_code() == 1006
        apis[0].spawn()
        await his.next("look_again")
        heard = {frame["message"]["client_id"] for frame in await his.heard() if frame["type"] == "message"}
        page = await zhao_asks.get(f"/api/conversations/{talk['id']}/messages", after_seq=0, limit=200)
        there = {message["client_id"]: message["seq"] for message in page["items"]}
        assert written.items() <= there.items(), "acknowledged and lost: none"
        assert sorted(there.values()) == list(range(1, len(there) + 1)), "each in its place, none twice"
        assert len(heard) > len(there) // 2
        await lins[1].say(talk, "继续")
        await his.next("message", has_text("继续"))


async def speak(doors: list[Member], talk: Json, written: dict[str, int]) -> None:
    """Twenty messages; at the other door when the first is gone."""
    for _ in range(20):
        client_id = new_client_id()
        for door in (*doors, doors[-1]):
            with suppress(httpx.HTTPError, AttributeError):
                written[client_id] = (await door.say(talk, "量产", client_id=client_id))["seq"]
                break
        await asyncio.sleep(0.02)


async def test_a_process_refuses_what_is_not_its_role(
    dsn: str, tmp_path: Path, nats: NatsServer, template: dict[str, Role]
) -> None:
    lin = template["lin"]._asdict()
    async with running(dsn, tmp_path, roles="api", nats_url=nats.url) as api, Member(api.base_url, **lin) as caller:
        for path in ("/ws", "/ws/consumer?way=x"):
            with pytest.raises(InvalidStatus) as refusal:
                async with caller.socket(path):
                    pass
            assert refusal.value.response.status_code == 503
            assert b'"unavailable"' in refusal.value.response.body
    for roles in ("gateway", "worker"):
        served = running(dsn, tmp_path, roles=roles, nats_url=nats.url)
        async with served as other, Member(other.base_url, **lin) as caller:
            assert (await caller.request("GET", "/metrics")).status_code == 200
            for path in ("/api/me", "/chats", "/api/docs", "/assets/app.js"):
                assert (await caller.request("GET", path)).status_code == 404


async def test_a_process_that_cannot_start_is_said_and_leaves_nothing_running(serve: Serve) -> None:
    served = serve(processes=2, files_url="nonsense://nowhere")
    assert await served.ended() == 1


@pytest.mark.parametrize(
    "chosen",
    [
        {"roles": "api"}, {"roles": "gateway,worker"}, {"roles": "api,gateway,worker,cook", "nats_url": "nats://x"},
        {"roles": ""}, {"processes": 0}, {"database_connections": 1},
    ],
)  # fmt: skip
def test_settings_that_make_no_network_are_refused_at_once(tmp_path: Path, chosen: dict[str, object]) -> None:
    with pytest.raises(SettingRefused):
        settings.load({}, data=tmp_path, **chosen)
