"""Groups of up to 10,000: who comes and goes costs little, and everybody's view stays right."""

import asyncio
import json
from contextlib import AsyncExitStack

from hutong.core.db import Database
from tests.messaging.crowd import Colleague, gather_crowd, sign_in
from tests.people import Json, Member, Socket, new_client_id

SHARED = ("name", "owner_id", "participant_count", "people")


async def test_a_join_and_a_leave_among_ten_thousand_are_one_frame_each(
    db: Database, lin: Member, zhao: Member, chen: Member
) -> None:
    group = await lin.group("万人群", zhao)
    await gather_crowd(db, group, 9_997)
    people = f"/api/conversations/{group['id']}/participants"
    async with zhao.socket() as hers, chen.socket() as his:
        await lin.post(people, {"person_ids": [chen.id]})
        begun = (await his.next("conversation"))["conversation"]
        assert (begun["participant_count"], begun["unread_count"], len(begun["people"])) == (10_000, 1, 3)
        heard = await hers.heard()
        assert [frame["type"] for frame in heard] == ["message", "conversation_changed"]
        assert len(json.dumps(heard[1])) < 4_000
        assert (heard[1]["participant_count"], heard[1]["seq"]) == (10_000, heard[0]["message"]["seq"])
        await lin.delete(f"{people}/{chen.id}")
        await his.next("conversation_left")
        heard = await hers.heard()
        assert [frame["type"] for frame in heard] == ["message", "conversation_changed"]
        assert heard[1]["participant_count"] == 9_999
    assert (await lin.get(f"/api/conversations/{group['id']}"))["participant_count"] == 9_999


async def test_the_ten_thousand_and_first_is_refused(db: Database, lin: Member, zhao: Member, chen: Member) -> None:
    group = await lin.group("满了", zhao)
    await gather_crowd(db, group, 9_998)
    path = f"/api/conversations/{group['id']}/participants"
    assert (await lin.refused("POST", path, {"person_ids": [chen.id]})).code == "group_too_large"


async def test_the_owner_of_a_great_group_may_leave_it(db: Database, lin: Member, zhao: Member) -> None:
    group = await lin.group("群主要走", zhao)
    await gather_crowd(db, group, 9_998)
    await lin.delete(f"/api/conversations/{group['id']}/participants/{lin.id}")
    assert (await zhao.get(f"/api/conversations/{group['id']}"))["owner_id"] == zhao.id


class View:
    """The group as a client knows it that believes its socket."""

    def __init__(self, group_id: str, known: Json | None) -> None:
        self.group_id = group_id
        self.known = known
        self.changed_at = known["last_seq"] if known else 0
        self.last_seq = self.changed_at

    def take(self, frame: Json) -> None:
        if frame["type"] == "conversation" and frame["conversation"]["id"] == self.group_id:
            self.known = frame["conversation"]
            self.changed_at = self.known["last_seq"]
            self.last_seq = max(self.last_seq, self.changed_at)
        elif frame["type"] == "conversation_left" and frame["conversation_id"] == self.group_id:
            self.known = None
        elif frame["type"] == "conversation_changed" and frame["conversation_id"] == self.group_id:
            if self.known and frame["seq"] >= self.changed_at:
                self.known = self.known | {key: frame[key] for key in SHARED}
                self.changed_at = frame["seq"]
        elif frame["type"] == "message" and frame["message"]["conversation_id"] == self.group_id:
            self.last_seq = max(self.last_seq, frame["message"]["seq"])


async def test_while_people_come_and_go_and_others_speak_every_view_equals_a_fresh_fetch(
    db: Database, lin: Member, zhao: Member, chen: Member
) -> None:
    group = await lin.group("人来人往", zhao)
    group = await lin.get(f"/api/conversations/{group['id']}")
    path = f"/api/conversations/{group['id']}"
    crowd = await gather_crowd(db, await lin.group("候场", zhao), 6)

    async def speak(socket: Socket) -> None:
        for number in range(40):
            assert (await socket.say(group, f"第{number}句"))["type"] == "ack"

    async def come_and_go(host: Member, guests: list[Colleague | Member]) -> None:
        for _ in range(5):
            for guest in guests:
                await host.post(f"{path}/participants", {"person_ids": [guest.id]})
            for guest in guests[1:]:
                await lin.delete(f"{path}/participants/{guest.id}")

    async def rename() -> None:
        for number in range(10):
            await zhao.patch(path, {"name": f"第{number}个名字"})

    async with AsyncExitStack() as stack:
        hers, store, his = [await stack.enter_async_context(who.socket()) for who in (lin, zhao, chen)]
        others = [
            await stack.enter_async_context(lin.socket(headers=await sign_in(db, colleague))) for colleague in crowd
        ]
        await asyncio.gather(
            speak(hers), speak(store), rename(),
            come_and_go(zhao, [chen, *crowd[:3]]), come_and_go(lin, list(crowd[3:])),
        )  # fmt: skip
        fresh = await lin.get(path)
        staying = [(hers, group), (store, group), (his, None), (others[3], None)]
        for socket, known in staying:
            view = View(group["id"], known)
            for frame in await socket.heard():
                view.take(frame)
            assert view.known is not None
            assert {key: view.known[key] for key in SHARED} == {key: fresh[key] for key in SHARED}
            assert view.last_seq == fresh["last_seq"]
        for socket in (*others[:3], *others[4:]):
            view = View(group["id"], None)
            for frame in await socket.heard():
                view.take(frame)
            assert view.known is None or view.known["id"] != group["id"]
    assert fresh["participant_count"] == 4
    seqs = [message["seq"] for message in await lin.messages(group, limit=200)]
    assert seqs == sorted(set(seqs))


async def test_inviting_a_thousand_at_once_gives_each_the_whole_conversation(
    db: Database, lin: Member, zhao: Member
) -> None:
    crowd = await gather_crowd(db, await lin.group("别的群", zhao), 1_000)
    group = await lin.group("一次一千", zhao)
    async with lin.socket(headers=await sign_in(db, crowd[-1])) as last, zhao.socket() as hers:
        await lin.post(
            f"/api/conversations/{group['id']}/participants", {"person_ids": [colleague.id for colleague in crowd]}
        )
        begun = (await last.next("conversation"))["conversation"]
        assert (begun["id"], begun["participant_count"]) == (group["id"], 1_002)
        assert [frame["type"] for frame in await hers.heard()] == ["message", "conversation_changed"]
        await hers.send(
            {
                "type": "send",
                "client_id": new_client_id(),
                "conversation_id": group["id"],
                "kind": "text",
                "text": "欢迎",
            }
        )
        assert (await last.next("message", lambda frame: frame["message"]["kind"] == "text"))["message"][
            "text"
        ] == "欢迎"
