"""A recording: all that one client heard and was answered, in its order, and what a fresh client is told at the end.

The reducers of both clients replay it: `steps` hold `{"ask": true}` (the client asks to sync), `{"sync": answer}`,
`{"page": {"conversation_id", "page"}}`, `{"changed": {…}}` likewise and `{"frame": frame}`; `fresh` holds
`conversations`, `settings` and, by conversation, `messages`. Frames are lost and doubled, answers come late, as on a
bad line.
"""

import random

from tests.people import Consumer, Json, Member, Socket, id_of, new_client_id

# Of ten frames, so many get lost, and so many come twice.
LOST, DOUBLED = 3, 2


class Recorder:
    """Lin's client as a tape: it keeps what comes and knows only up to where each talk has no hole."""

    def __init__(self, lin: Member, socket: Socket, chance: random.Random) -> None:
        self.lin = lin
        self.socket = socket
        self.chance = chance
        self.steps: list[Json] = []
        self._token: str | None = None
        self._heard: dict[str, set[int]] = {}
        self._opened: set[str] = set()
        self._revisions: dict[str, int] = {}

    async def listen(self, *, is_away: bool = False) -> None:
        """Takes down what has arrived; nothing of it reached a client that is away."""
        for frame in await self.socket.heard():
            luck = self.chance.randrange(10)
            if is_away or luck < LOST:
                continue
            for _ in range(2 if luck < LOST + DOUBLED else 1):
                self.steps.append({"frame": frame})
            if frame["type"] == "message":
                self._know(frame["message"])

    async def catch_up(self) -> None:
        """Asks; some frames may arrive before the answer does."""
        self.steps.append({"ask": True})
        answer = await self.lin.get("/api/sync", **({"since": self._token} if self._token else {}))
        self._token = answer["token"]
        await self.listen()
        self.steps.append({"sync": answer})
        for conversation in answer["conversations"]:
            if not conversation["has_left"]:
                await self._fill(conversation["id"])
                if conversation["last_revision"]:
                    await self._mend(conversation["id"])

    async def _fill(self, conversation_id: str) -> None:
        page: Json = {"has_newer": True}
        while page["has_newer"]:
            # A talk is opened at its beginning: what was heard of it before counts from then on.
            after = self._end_of(conversation_id) if conversation_id in self._opened else 0
            self._opened.add(conversation_id)
            page = await self.lin.get(f"/api/conversations/{conversation_id}/messages", after_seq=after, limit=4)
            self.steps.append({"page": {"conversation_id": conversation_id, "page": page}})
            for message in page["items"]:
                self._know(message)

    async def _mend(self, conversation_id: str) -> None:
        page: Json = {"has_newer": True}
        while page["has_newer"]:
            after = self._revisions.get(conversation_id, 0)
            path = f"/api/conversations/{conversation_id}/changed-messages"
            page = await self.lin.get(path, after_revision=after, limit=3)
            self.steps.append({"changed": {"conversation_id": conversation_id, "page": page}})
            self._revisions[conversation_id] = (
                page["items"][-1]["revision"] if page["has_newer"] else page["last_revision"]
            )

    def _know(self, message: Json) -> None:
        self._heard.setdefault(message["conversation_id"], set()).add(message["seq"])

    def _end_of(self, conversation_id: str) -> int:
        heard, end = self._heard.get(conversation_id, set()), 0
        while end + 1 in heard:
            end += 1
        return end


async def govern(who: Member, group: str, number: int, chance: random.Random) -> None:
    path = f"/api/conversations/{group}"
    await who.patch(path, {"name": f"试驾{number}"})
    await who.patch(f"{path}/group", {"who_edits": chance.choice(["everybody", "managers"])})
    # Later on: what is changed afterwards are words, which stand among the first.
    if number > 20:
        await who.put(f"{path}/notice", {"text": f"第{number}条公告"})


async def show(who: Member, talk: str, whose: Member) -> None:
    """What one can say beside text: a name card and a place."""
    place = {"lat": 30.1, "lon": 120, "datum": "wgs84"}
    for said in ({"kind": "card", "card_id": whose.id}, {"kind": "location", "location": place}):
        await who.post(f"/api/conversations/{talk}/messages", {"client_id": new_client_id(), **said})


async def record(lin: Member, zhao: Member, chen: Member, wu: Consumer, seed: int) -> Json:
    """A day of Lin's: a colleague, two groups, a customer; on a bad line, with three absences."""
    chance = random.Random(seed)
    await wu.walk_in(await lin.way(), "您好，想看看车")
    talks = [id_of(await lin.direct(chen)), id_of(await chen.group("试驾", lin, zhao))]
    async with lin.socket() as socket:
        tape = Recorder(lin, socket, chance)
        await tape.catch_up()
        for number in range(40):
            who = chance.choice([lin, chen])
            talk, place = chance.choice(talks), chance.randrange(1, 12)
            said = f"/api/conversations/{talk}/messages/{place}"
            match chance.randrange(12):
                case 0:
                    await wu.say(f"客户第{number}句")
                case 1:
                    seq = chance.randrange(1, 12)
                    await who.read(chance.choice(talks), seq)
                case 2:
                    await wu.http.put(f"{wu.door}/read", json={"seq": chance.randrange(1, 6)})
                case 3 if number < 30:
                    await govern(chen, talks[1], number, chance)
                case 4:
                    await who.request("PATCH", said, {"text": f"改成第{number}句"})
                case 5:
                    deed = chance.choice(["reactions/👍", "reactions/🎉", "pin"])
                    await who.request(chance.choice(["PUT", "PUT", "DELETE"]), f"{said}/{deed}")
                case 6 if number < 30:
                    await who.request("POST", f"{said}/recall")
                case _:
                    called = {"person_ids": [lin.id]} if number % 3 == 0 else None
                    await who.say(chance.choice(talks), f"第{number}句", mentions=called)
            if number % 5 == 0:
                wish = ["is_muted", "is_pinned", "is_archived", "is_marked_unread"][number // 5 % 4]
                await lin.patch(f"/api/conversations/{talk}/settings", {wish: number % 3 != 0})
                await show(chen, talk, zhao)
            if number in {10, 20, 30}:
                await tape.listen(is_away=True)
                await tape.catch_up()
            elif chance.randrange(3) == 0:
                await tape.listen()
        left = id_of(await zhao.group("散了", lin, chen))
        await tape.listen()
        await zhao.delete(f"/api/conversations/{left}/participants/{lin.id}")
        await tape.listen(is_away=True)
        await tape.catch_up()
        await tape.listen()
    fresh = await lin.get("/api/sync")
    messages = {it["id"]: await lin.messages(it["id"], after_seq=0, limit=200) for it in fresh["conversations"]}
    assert any("changed" in step for step in tape.steps)
    return {
        "person_id": lin.id,
        "steps": tape.steps,
        "fresh": {"conversations": fresh["conversations"], "messages": messages, "settings": fresh["settings"]},
    }
