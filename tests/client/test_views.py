"""Whatever happens to people, groups and lines on a day: in the end every client knows what a fresh one is told.

Of one network that is one process, and of two processes that hear of each other over NATS.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from hutong.client import Client, Conversation, Message, Refused, Sync
from hutong.gateway import NatsServer
from tests.cast import Role
from tests.client.relay import Relay, relay_to
from tests.people import PATIENCE, Json, Member, id_of, new_client_id
from tests.roles.running import running

EXAMPLES = int(os.environ.get("HUTONG_EXAMPLES", "8"))
# Lin has two devices.
DEVICES = ("lin", "zhao", "chen", "lin")
DEEDS = (
    "say",
    "say",
    "post",
    "read",
    "invite",
    "leave",
    "remove",
    "rename",
    "found",
    "govern",
    "notify",
    "name",
    "cut",
    "mend",
    "lose",
    "edit",
    "recall",
    "react",
    "pin",
    "keep",
    "write",
)
# Which device, what its owner does, and with which talk, person or number of frames.
STEPS = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(DEEDS), st.integers(0, 11)), min_size=5, max_size=40)
# So many things happen at the same time.
AT_ONCE = 3
LOSABLE = {
    "message",
    "message_changed",
    "conversation",
    "conversation_changed",
    "conversation_left",
    "group",
    "read",
    "settings",
    "draft",
}


@pytest.fixture(params=["memory", "nats"])
async def doors(
    request: pytest.FixtureRequest, dsn: str, tmp_path: Path, template: dict[str, Role]
) -> AsyncIterator[list[dict[str, Member]]]:
    """The cast, at each process of the network."""
    async with AsyncExitStack() as stack:
        if request.param == "memory":
            houses = [await stack.enter_async_context(running(dsn, tmp_path))]
        else:
            nats: NatsServer = request.getfixturevalue("nats")
            houses = [await stack.enter_async_context(running(dsn, tmp_path, nats_url=nats.url)) for _ in range(2)]
        yield [
            {
                who: await stack.enter_async_context(Member(house.base_url, **template[who]._asdict()))
                for who in ("lin", "zhao", "chen")
            }
            for house in houses
        ]


class Device:
    def __init__(self, owner: Member, client: Client, line: Relay) -> None:
        self.owner, self.client, self.line = owner, client, line

    def lose(self, count: int) -> None:
        left = iter(range(count))
        self.line.drop = lambda frame: frame["type"] in LOSABLE and next(left, None) is not None


def change_of(deed: str, path: str, number: int) -> tuple[str, str, Json | None]:
    """What happens to a message afterwards, if there is one and it is one's own; what one keeps for oneself; how a
    group governs itself."""
    wish: Json = {["is_muted", "is_pinned", "is_archived"][number % 3]: number % 2 == 0}
    return {
        "write": ("PUT", f"{path.partition('/messages')[0]}/draft", {"text": "稿" * (number % 4)}),
        "keep": ("PATCH", f"{path.partition('/messages')[0]}/settings", wish),
        "govern": (
            "PATCH",
            f"{path.partition('/messages')[0]}/group",
            {"who_edits": ("everybody", "managers")[number % 2]},
        ),
        "notify": ("PUT", f"{path.partition('/messages')[0]}/notice", {"text": "公告" * (number % 3)}),
        "edit": ("PATCH", path, {"text": f"改成第{number}句"}),
        "pin": (("PUT", "DELETE")[number % 2], f"{path}/pin", None),
        "recall": ("POST", f"{path}/recall", None),
        "react": ("PUT", f"{path}/reactions/{'👍🎉'[number % 2]}", None),
    }[deed]


class Day:
    def __init__(self, devices: list[Device], talks: list[str]) -> None:
        self.devices = devices
        self.talks = talks
        self.sent: list[asyncio.Future[int]] = []

    async def do(self, step: tuple[int, str, int]) -> None:
        place, deed, number = step
        device = self.devices[place]
        talk, other = self.talks[number % len(self.talks)], self.devices[number % 3].owner
        path = f"/api/conversations/{talk}"
        match deed:
            case "say":
                self.sent.append(device.client.send(talk, f"@所有人 第{number}句", mentions_everybody=number % 2 == 0))
            case "read":
                device.client.mark_read(talk)
            case "cut":
                device.line.cut()
            case "mend":
                device.line.mend(device.client)
            case "lose":
                device.lose(number)
            case "post":
                body = {"client_id": new_client_id(), "kind": "text", "text": f"第{number}句"}
                await self._ask(device, "POST", f"{path}/messages", body)
            case "invite":
                await self._ask(device, "POST", f"{path}/participants", {"person_ids": [other.id]})
            case "leave":
                await self._ask(device, "DELETE", f"{path}/participants/{device.owner.id}")
            case "remove" | "name":
                method, role = ("DELETE", "participants") if deed == "remove" else ("PUT", "deputies")
                await self._ask(device, method, f"{path}/{role}/{other.id}")
            case "rename":
                await self._ask(device, "PATCH", path, {"name": f"第{number}个名字"})
            case "edit" | "recall" | "react" | "pin" | "keep" | "write" | "govern" | "notify":
                await self._ask(device, *change_of(deed, f"{path}/messages/{number}", place + number))
            case "found":
                others = [each.owner for each in self.devices[:3] if each.owner.id != device.owner.id]
                self.talks.append(id_of(await device.owner.group(f"群{number}", *others[: 1 + number % 2])))

    async def _ask(self, device: Device, method: str, path: str, body: Any = None) -> None:
        """Whether one may, changes with what others do at the same time."""
        answer = await device.owner.request(method, path, body)
        assert answer.status_code < 500, answer.text

    async def end(self) -> None:
        """All lines are whole again; who lost frames that no later one tells of comes back, as after a sleep."""
        for device in self.devices:
            device.line.drop = lambda _: False
            if device.line.dropped and not device.line.is_cut:
                device.line.cut()
            if device.line.is_cut:
                device.line.mend(device.client)
        async with asyncio.timeout(PATIENCE):
            for answer in await asyncio.gather(*self.sent, return_exceptions=True):
                assert isinstance(answer, int | Refused), answer


# Nothing is made shorter: what depends on who comes first may not happen a second time.
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(steps=STEPS)
async def test_every_clients_view_equals_a_fresh_fetch(
    doors: list[dict[str, Member]], steps: list[tuple[int, str, int]]
) -> None:
    note(f"steps: {steps}")
    async with AsyncExitStack() as stack:
        lin, zhao, chen = doors[0].values()
        talks = [id_of(await lin.group("试驾", zhao, chen)), id_of(await lin.direct(chen))]
        devices = []
        for place, who in enumerate(DEVICES):
            owner = doors[place % len(doors)][who]
            line = await stack.enter_async_context(relay_to(owner.base_url))
            token = str(owner.http.cookies["hutong_session"])
            client = Client(line.base_url, token=token, begin="beginning", trust_env=False)
            devices.append(Device(owner, await stack.enter_async_context(client), line))
        day = Day(devices, talks)
        for start in range(0, len(steps), AT_ONCE):
            await asyncio.gather(*(day.do(step) for step in steps[start : start + AT_ONCE]))
        await day.end()
        for device in devices:
            await check_view(device)


async def check_view(device: Device) -> None:
    now = asyncio.get_running_loop().time
    deadline = now() + PATIENCE
    fresh = await fetch(device.owner)
    answer = msgspec.convert(await device.owner.get("/api/sync"), Sync)
    kept = {it.conversation_id: it for it in answer.settings}, {it.conversation_id: it for it in answer.drafts}
    client = device.client
    while (view_of(client, fresh), (client.settings, client.drafts)) != (fresh, kept) and now() < deadline:
        await asyncio.sleep(0.02)
        fresh = await fetch(device.owner)
    assert view_of(client, fresh) == fresh
    assert (client.settings, client.drafts) == kept


View = dict[str, tuple[Conversation, list[Message]]]


async def fetch(owner: Member) -> View:
    conversations: list[Json] = await owner.inbox()
    return {
        it["id"]: (
            msgspec.convert(it, Conversation),
            msgspec.convert(await owner.messages(it, after_seq=0, limit=200), list[Message]),
        )
        for it in conversations
    }


def view_of(client: Client, fresh: View) -> View:
    """Without talks in which nothing was said, of which nobody is told afresh, and what was heard before one left and
    came back, which nobody is given afresh."""
    view = {}
    for id_, conversation in client.conversations.items():
        if conversation.last_seq:
            first = next((message.seq for message in fresh[id_][1]), 0) if id_ in fresh else 0
            view[id_] = (conversation, [message for message in client.log(id_) if message.seq >= first])
    return view
