"""kill -9 of everything at any instant: what was acknowledged is there, once, in its place; what was not can be said
again without being doubled; and all of it is found by its words."""

import asyncio
import os
import signal
import socket as sockets
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import ConnectionClosed

from hutong.core.children import die_with_parent
from tests.cast import PASSWORD
from tests.people import PATIENCE, Json, Member, new_client_id
from tests.roles.served import HUTONG, command_of, descendants

ROUNDS = int(os.environ.get("HUTONG_KILLS", "3"))


class Server:
    """`hutong serve` as a process of its own, with a folder that outlives it."""

    def __init__(self, data: Path) -> None:
        self.data = data
        with sockets.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.base_url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        self._spawn()
        async with httpx.AsyncClient(trust_env=False) as http:
            for _ in range(300):
                with suppress(httpx.HTTPError, AttributeError):
                    if (await http.get(f"{self.base_url}/healthz")).status_code == 200:
                        return
                await asyncio.sleep(0.1)
        raise AssertionError("the server did not come up in 30 s")

    def _spawn(self) -> None:
        # From this very thread: the kernel ends the server when the thread that made it ends.
        command = [HUTONG, "serve", "--data", str(self.data), "--port", str(self.port)]
        self._process = subprocess.Popen(command, preexec_fn=die_with_parent(signal.SIGKILL))  # noqa: PLW1509 - no lock is held here

    def kill(self) -> None:
        """Every process of it, at this instant and without a word."""
        assert self._process is not None
        family = [self._process.pid, *descendants(self._process.pid)]
        for pid in family:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait()

    def terminate(self) -> int:
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(30)


def _runs(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path / "data")
    options = ["--data", str(server.data)]
    subprocess.run(
        [HUTONG, "init", "lanting", "蓝汀汽车", "--account", "zhaomin", "--admin-name", "赵敏", "--password-stdin",
         *options],
        input=f"{PASSWORD}\n".encode(), check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    yield server
    with suppress(AssertionError, OSError):
        server.kill()


async def test_nothing_acknowledged_is_lost_or_doubled_by_kills(server: Server) -> None:
    await server.start()
    async with Member(server.base_url, id="", name="赵敏", account="zhaomin", company="lanting") as zhao:
        await zhao.sign_in(PASSWORD)
        new = {"name": "陈默", "account": "chenmo", "department": "研发部"}
        chen_id = (await zhao.post("/api/members", new))["id"]
        body = {"kind": "group", "client_id": new_client_id(), "name": "不丢", "person_ids": [chen_id]}
        group = await zhao.post("/api/conversations", body)
        acknowledged: dict[str, Json] = {}
        attempted: list[str] = []
        for round_ in range(ROUNDS):
            if round_:
                await server.start()
            killing = asyncio.get_running_loop().call_later(0.4 + 0.13 * (round_ % 7), server.kill)
            await asyncio.gather(*(_talk(zhao, group, acknowledged, attempted) for _ in range(4)))
            killing.cancel()
        await server.start()
        assert len(acknowledged) > 20 * ROUNDS, "the kill came in the middle of a conversation"
        said = await _check(zhao, group, acknowledged, attempted)
        await _check_found(zhao, said)


async def test_no_acknowledged_change_of_a_message_is_lost_or_half_done_by_a_kill(server: Server) -> None:
    await server.start()
    async with Member(server.base_url, id="", name="赵敏", account="zhaomin", company="lanting") as zhao:
        await zhao.sign_in(PASSWORD)
        new = {"name": "陈默", "account": "chenmo", "department": "研发部"}
        chen_id = (await zhao.post("/api/members", new))["id"]
        talk = await zhao.post("/api/conversations", {"kind": "direct", "person_id": chen_id})
        edits = {(await zhao.say(talk, "第0版"))["seq"]: 0 for _ in range(4)}
        await asyncio.gather(*(_edit(zhao, talk, seq, edits, server) for seq in edits))
        await server.start()
        revisions = []
        for message in await zhao.messages(talk):
            version = int(message["text"].strip("第版"))
            # The one that was on its way may have arrived; what was acknowledged did.
            assert version in {edits[message["seq"]], edits[message["seq"]] + 1}
            path = f"/api/conversations/{talk['id']}/messages/{message['seq']}/versions"
            kept = (await zhao.get(path))["items"]
            assert [it["text"] for it in kept] == [f"第{number}版" for number in range(version)], "each of them, once"
            revisions.append(message["revision"])
        head = await zhao.get(f"/api/conversations/{talk['id']}")
        assert len(set(revisions)) == len(edits)
        assert max(revisions) == head["last_revision"]


async def _edit(who: Member, talk: Json, seq: int, edits: dict[int, int], server: Server) -> None:
    """One edit after the other, `edits` holds the last that was acknowledged; the fortieth ends the server."""
    with suppress(OSError, httpx.HTTPError):
        while True:
            text = f"第{edits[seq] + 1}版"
            await who.patch(f"/api/conversations/{talk['id']}/messages/{seq}", {"text": text})
            edits[seq] += 1
            if sum(edits.values()) == 40:
                server.kill()


async def _talk(who: Member, group: Json, acknowledged: dict[str, Json], attempted: list[str]) -> None:
    """Speak until the line breaks."""
    with suppress(ConnectionClosed, OSError, TimeoutError, httpx.HTTPError):
        async with who.socket() as socket:
            while True:
                client_id = new_client_id()
                attempted.append(client_id)
                ack = await socket.say(group, f"到货 {client_id}", client_id=client_id)
                assert ack["type"] == "ack"
                acknowledged[client_id] = ack


async def _check(who: Member, group: Json, acknowledged: dict[str, Json], attempted: list[str]) -> list[str]:
    """What stands in the group in the end, the newest first."""
    for client_id in attempted:
        again = await who.say(group, f"到货 {client_id}", client_id=client_id)
        if client_id in acknowledged:
            assert again["seq"] == acknowledged[client_id]["seq"], "a retry finds its first place"
    messages: list[Json] = []
    page = {"has_newer": True}
    while page["has_newer"]:
        last = messages[-1]["seq"] if messages else 0
        page = await who.get(f"/api/conversations/{group['id']}/messages", after_seq=last, limit=200)
        messages += page["items"]
    assert [message["seq"] for message in messages] == list(range(1, len(messages) + 1)), "no gap"
    said = [message["text"] for message in messages if message["kind"] == "text"]
    assert sorted(said) == sorted(f"到货 {client_id}" for client_id in attempted), "each once"
    return said[::-1]


async def _check_found(who: Member, said: list[str]) -> None:
    """The kills came while words were being indexed, and between an acknowledgement and its index."""
    async with asyncio.timeout(PATIENCE):
        while (found := await _find(who)) != said:
            # A word found twice, or out of its place, stays so.
            assert len(found) < len(said)
            await asyncio.sleep(0.2)


async def _find(who: Member) -> list[str]:
    found: list[str] = []
    page = await who.get("/api/search/messages", q="到货", limit=50)
    while True:
        found += [item["text"] for item in page["items"]]
        if page["next_cursor"] is None:
            return found
        page = await who.get("/api/search/messages", q="到货", limit=50, cursor=page["next_cursor"])


async def test_a_database_that_was_killed_is_there_again(server: Server) -> None:
    await server.start()
    async with Member(server.base_url, id="", name="赵敏", account="zhaomin", company="lanting") as zhao:
        await zhao.sign_in(PASSWORD)
        assert server._process is not None
        (postgres,) = [pid for pid in descendants(server._process.pid) if "bin/postgres" in command_of(pid)]
        os.kill(postgres, signal.SIGKILL)
        async with asyncio.timeout(PATIENCE):
            while (answer := await zhao.request("GET", "/api/me")).status_code == 503:  # noqa: ASYNC110 - a server tells nobody that it is back
                await asyncio.sleep(0.05)
        assert answer.status_code == 200, "the same server, and it still knows her"


async def test_sigterm_says_to_come_back_and_leaves_nothing_running(server: Server) -> None:
    await server.start()
    async with Member(server.base_url, id="", name="赵敏", account="zhaomin", company="lanting") as zhao:
        await zhao.sign_in(PASSWORD)
        async with zhao.socket() as socket:
            assert server._process is not None
            family = descendants(server._process.pid)
            assert await asyncio.to_thread(server.terminate) == 0
            assert await socket.close_code() == 1012
    assert not [pid for pid in family if _runs(pid)]
