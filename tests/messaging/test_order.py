"""Order: whatever arrives at once, and however often, everybody sees one and the same sequence without a hole."""

import asyncio
from itertools import groupby

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.people import Json, Member, Socket, id_of, new_client_id

# Who speaks, by which door, and how many times the very same message is said.
WORDS = st.lists(
    st.tuples(st.sampled_from(["lin", "chen", "zhao"]), st.sampled_from(["socket", "http"]), st.integers(1, 3)),
    min_size=1,
    max_size=40,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=WORDS)
async def test_all_see_each_message_once_in_one_order_and_each_ones_own_order_holds(
    lin: Member, zhao: Member, chen: Member, words: list[tuple[str, str, int]]
) -> None:
    people = {"lin": lin, "chen": chen, "zhao": zhao}
    group = await lin.group(None, zhao, chen)
    async with lin.socket() as a, chen.socket() as b, zhao.socket() as c:
        sockets = {"lin": a, "chen": b, "zhao": c}
        said = {who: [w[1:] for w in words if w[0] == who] for who in people}
        acks = await asyncio.gather(*(_speak(people[who], sockets[who], group, said[who]) for who in people))
        expected = sum(len(own) for own in said.values())
        heard = [await _hear(socket, group, expected) for socket in sockets.values()]
    kept = [m for m in await lin.messages(group, limit=200) if m["kind"] == "text"]
    assert heard == [kept, kept, kept]
    assert [m["seq"] for m in kept] == list(range(2, expected + 2)), "the notice is the first"
    for who, own in zip(people, acks, strict=True):
        places = [m["seq"] for m in kept if m["sender_id"] == people[who].id]
        assert [place for place, _ in groupby(own)] == places, "each repetition found its first place, in order"


async def _speak(who: Member, socket: Socket, group: Json, words: list[tuple[str, int]]) -> list[int]:
    """The place each word was given, in the order of speaking, repetitions included."""
    places = []
    for door, times in words:
        client_id = new_client_id()
        for _ in range(times):
            if door == "socket":
                places.append((await socket.say(group, "话", client_id=client_id))["seq"])
            else:
                places.append((await who.say(group, "话", client_id=client_id))["seq"])
    return places


async def _hear(socket: Socket, group: Json, count: int) -> list[Json]:
    mine = id_of(group)
    heard: list[Json] = []
    while len(heard) < count:
        frame = await socket.next("message", lambda f: f["message"]["conversation_id"] == mine)
        heard += [frame["message"]] if frame["message"]["kind"] == "text" else []
    return heard
