"""Many things at the same instant: a group is never torn, nobody hears what is not theirs, no number is missing."""

import asyncio
import io
import random
from pathlib import Path
from typing import Any

from PIL import Image

from hutong.contacts import model
from hutong.core.db import Database
from hutong.roles.serve import Network
from tests.people import PATIENCE, Consumer, Json, Member, Socket, new_client_id

ROUNDS = 6


async def _refusable(who: Member, method: str, path: str, body: Any = None) -> int:
    answer = await who.request(method, path, body)
    assert answer.status_code in {200, 201, 204, 403, 404, 422}, f"{method} {path}: {answer.status_code} {answer.text}"
    return answer.status_code


async def _whole(who: Member, group: Json) -> None:
    """From where one joined to the last message, every number once."""
    view, items = await who.get(f"/api/conversations/{group['id']}"), list[Json]()
    page: Json = {"has_newer": True}
    while page["has_newer"]:
        after = items[-1]["seq"] if items else 0
        page = await who.get(f"/api/conversations/{group['id']}/messages", after_seq=after, limit=200)
        items += page["items"]
    numbers = [message["seq"] for message in items]
    assert numbers == list(range(numbers[0], view["last_seq"] + 1))


async def test_coming_going_handing_over_and_talking_at_once_leave_a_group_whole(
    lin: Member, zhao: Member, chen: Member
) -> None:
    group = await lin.group("三人", zhao, chen)
    path = f"/api/conversations/{group['id']}"
    people, dice = {who.id: who for who in (lin, zhao, chen)}, random.Random(7)
    async with lin.socket() as ear, zhao.socket() as ear2, chen.socket() as ear3:
        ears = dict(zip(people, (ear, ear2, ear3), strict=True))
        for _ in range(ROUNDS):
            deeds = [
                _refusable(who, *deed)
                for who in people.values()
                for deed in (
                    ("POST", f"{path}/messages", {"client_id": new_client_id(), "text": "在吗"}),
                    ("POST", f"{path}/participants", {"person_ids": [lin.id, zhao.id, chen.id]}),
                    ("PUT", f"{path}/owner", {"person_id": dice.choice(list(people))}),
                    ("DELETE", f"{path}/participants/{dice.choice([zhao.id, chen.id])}"),
                    ("PUT", f"{path}/read", {"seq": 3}),
                )
            ]
            dice.shuffle(deeds)
            await asyncio.gather(*deeds)
            inside = await _check_whole(people, path, group)
            await _check_heard(people, ears, inside, group)


async def _check_whole(people: dict[str, Member], path: str, group: Json) -> list[str]:
    """Who is in it now."""
    answers = {id_: await who.request("GET", path) for id_, who in people.items()}
    inside = [id_ for id_, answer in answers.items() if answer.status_code == 200]
    for id_ in inside:
        view = answers[id_].json()
        listed = (await people[id_].get(f"{path}/participants"))["items"]
        assert sorted(item["person"]["id"] for item in listed) == sorted(inside)
        assert view["participant_count"] == len(inside)
        assert view["owner_id"] in inside, "a group with people in it has an owner among them"
        await _whole(people[id_], group)
    return inside


async def _check_heard(people: dict[str, Member], ears: dict[str, Socket], inside: list[str], group: Json) -> None:
    """Who is in hears the next word, who is out hears nothing."""
    for ear in ears.values():
        await ear.heard()
    await people[inside[0]].say(group, "还有谁在")
    for id_, ear in ears.items():
        heard = [frame for frame in await ear.heard() if frame["type"] == "message"]
        assert len(heard) == (id_ in inside)


async def test_a_member_removed_in_the_middle_of_talking_says_nothing_more(lin: Member, zhao: Member) -> None:
    group = await lin.group("两人", zhao)

    async def talk() -> list[int]:
        body = {"kind": "text", "text": "一句"}
        posts = [
            zhao.request("POST", f"/api/conversations/{group['id']}/messages", body | {"client_id": new_client_id()})
            for _ in range(40)
        ]
        return [answer.status_code for answer in await asyncio.gather(*posts)]

    talked, _ = await asyncio.gather(talk(), lin.delete(f"/api/conversations/{group['id']}/participants/{zhao.id}"))
    assert set(talked) <= {201, 404}
    said = [m["notice"]["action"] if m["notice"] else m["text"] for m in await lin.messages(group, limit=200)]
    assert said == ["group_created", *["一句"] * talked.count(201), "person_removed"]


async def test_the_databases_end_in_the_middle_is_told_as_such_and_leaves_no_hole(
    lin: Member, zhao: Member, db: Database
) -> None:
    talk, seen, ended = await lin.direct(zhao), set[int](), False

    async def speak() -> None:
        while not ended:
            body = {"client_id": new_client_id(), "kind": "text", "text": "一句"}
            answer = await lin.request("POST", f"/api/conversations/{talk['id']}/messages", body)
            seen.add(answer.status_code)
            seen.add((await lin.request("GET", "/api/sync")).status_code)

    speakers = [asyncio.create_task(speak()) for _ in range(6)]
    for _ in range(8):
        await asyncio.sleep(0.1)
        async with db.begin() as tx:
            await tx.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
            )
    ended = True
    await asyncio.gather(*speakers)
    assert seen == {200, 201, 503}
    await _whole(lin, talk)


async def test_who_was_away_learns_of_a_customers_new_name(lin: Member, wu: Consumer) -> None:
    await wu.walk_in(await lin.way(), "您好")
    token = (await lin.get("/api/sync"))["token"]
    await wu.put(f"{wu.door}/name", {"name": "吴女士"})
    (changed,) = (await lin.get("/api/sync", since=token))["conversations"]
    assert "吴女士" in [person["name"] for person in changed["people"]]


async def test_refused_newcomers_leave_no_picture_on_the_disk(
    lin: Member, wu: Consumer, base_url: str, network: Network
) -> None:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(out, "PNG")
    way = await lin.way()

    async def newcomer(number: int) -> None:
        async with Consumer(base_url) as consumer:
            await consumer.walk_in(way, f"您好 {number}")

    await asyncio.gather(*[newcomer(number) for number in range(model.MAX_WALK_INS_PER_ADDRESS)])
    await wu.open(way)
    before = await asyncio.to_thread(_kept, network.settings.data)
    refusal = await wu.refused("POST", f"{wu.door}/pictures", out.getvalue(), params={"client_id": new_client_id()})
    assert refusal.code == "too_many_walk_ins"
    assert await asyncio.to_thread(_kept, network.settings.data) == before


def _kept(data: Path) -> int:
    return sum(file.is_file() for file in (data / "files").rglob("*"))


async def test_a_flood_on_one_socket_is_slowed_down_and_others_are_served(lin: Member, zhao: Member) -> None:
    talk = await lin.direct(zhao)
    async with lin.socket() as flood, zhao.socket() as other:
        for _ in range(500):
            await flood.send({"type": "typing", "conversation_id": talk["id"]})
            await flood.send({"type": "read", "conversation_id": talk["id"], "seq": 1})
        async with asyncio.timeout(PATIENCE):
            assert (await other.say(talk, "一句"))["type"] == "ack"
        codes = {heard.get("code") for heard in await flood.heard() if heard["type"] == "error"}
        assert codes <= {"too_fast"}
