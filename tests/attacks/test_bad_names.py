"""Names and words that are too long, unseen, or show what they are not: answered, and nothing of them kept."""

import unicodedata
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, NamedTuple

from hutong.core import clock
from tests.messaging.channels import open_channel
from tests.people import Caller, Consumer, Json, Member, new_client_id

LONG = "长" * 10_000
UNSEEN = "\u200b\u2060\u202e\ufeff\u00ad\u3164\u2800"
# Shown as 林晓exe.jpg by whoever obeys it; and a name that is somebody else's but for what is not seen.
TRICKS = ("林晓\u202egpj.exe", "赵\u200b敏", "一\u2028二\r\n三", "\u2066林\u2069晓")


class Named(NamedTuple):
    """Where a name is given: the request (`{}` in its body), and how the name is read back."""

    caller: Caller
    method: str
    path: str
    field: str
    read: Callable[[], Awaitable[str | None]]
    may_be_empty: bool = False


def is_plain(name: str) -> bool:
    """One line, and all of it to be seen; the joiner of emoji is."""
    return all(c == "\u200d" or unicodedata.category(c) not in {"Cc", "Cf", "Zl", "Zp"} for c in name)


async def test_names_are_one_line_of_what_can_be_seen_everywhere(
    lin: Member, zhao: Member, chen: Member, wu: Consumer
) -> None:
    group = (await lin.group("试驾群", zhao, chen))["id"]
    await wu.walk_in(await lin.way(), "您好")
    [customer] = await lin.customers()
    topic = await lin.post(f"/api/conversations/{group}/topics", {"client_id": new_client_id(), "name": "价格"})
    channel = await open_channel(zhao, "公告")

    async def group_name() -> str:
        return str((await lin.get(f"/api/conversations/{group}"))["name"])

    async def topic_name() -> str:
        return str((await lin.get(f"/api/conversations/{group}/topics/{topic['id']}"))["name"])

    async def channel_name() -> str:
        return str((await zhao.get(f"/api/conversations/{channel['id']}"))["name"])

    async def own_name() -> str:
        return str((await lin.customers())[0]["name"])

    async def remark() -> str | None:
        return (await lin.customers())[0]["remark"]  # type: ignore[no-any-return]

    places = [
        Named(lin, "PATCH", f"/api/conversations/{group}", "name", group_name, may_be_empty=True),
        Named(lin, "PATCH", f"/api/conversations/{group}/topics/{topic['id']}", "name", topic_name),
        Named(zhao, "PATCH", f"/api/channels/{channel['id']}", "name", channel_name),
        Named(wu, "PUT", f"{wu.door}/name", "name", own_name),
        Named(lin, "PATCH", f"/api/contacts/{customer['id']}", "remark", remark, may_be_empty=True),
    ]
    for place in places:
        before = await place.read()
        refusal = await place.caller.refused(place.method, place.path, {place.field: LONG})
        assert (refusal.status, refusal.code) == (422, "invalid"), place.path
        assert await place.read() == before, place.path
        if not place.may_be_empty:
            assert (await place.caller.refused(place.method, place.path, {place.field: UNSEEN})).status == 422, (
                place.path
            )
        for trick in TRICKS:
            await place.caller.request(place.method, place.path, {place.field: trick})
            kept = await place.read()
            assert kept is not None, place.path
            assert is_plain(kept), (place.path, kept)


async def test_words_that_are_too_long_or_unseen_are_said_nowhere(lin: Member, zhao: Member) -> None:
    group = (await lin.group("试驾群", zhao))["id"]
    said = await lin.say(group, "原话")
    at = f"/api/conversations/{group}"
    soon = (clock.now() + timedelta(hours=1)).isoformat()

    def doors(text: str) -> list[tuple[str, str, Json]]:
        fresh: dict[str, Any] = {"client_id": new_client_id()}
        return [
            ("POST", f"{at}/messages", fresh | {"kind": "text", "text": text}),
            ("PATCH", f"{at}/messages/{said['seq']}", {"text": text}),
            ("POST", f"{at}/scheduled-messages", fresh | {"text": text, "send_at": soon}),
        ]

    for text, code in ((LONG, "message_too_long"), ("长" * 40_000, "invalid"), (UNSEEN, "empty_message")):
        for method, path, body in doors(text):
            assert (await lin.refused(method, path, body)).code == code, (path, code)
    forward = {"client_id": new_client_id(), "seqs": [said["seq"]], "to": [group], "way": "each", "comment": LONG}
    assert (await lin.refused("POST", f"{at}/forwards", forward)).code == "message_too_long"
    assert (await lin.refused("PUT", f"{at}/notice", {"text": LONG})).status == 422
    async with lin.socket() as socket:
        assert (await socket.say(group, LONG))["code"] == "message_too_long"
        assert (await socket.say(group, UNSEEN))["code"] == "empty_message"
    assert (await lin.texts(group))[-1] == "原话"
    assert (await lin.get("/api/me/scheduled-messages"))["items"] == []
