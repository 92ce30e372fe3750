"""A program hears every message of its conversations once and in order, whatever happens to the line."""

import asyncio
from collections.abc import AsyncIterator, Callable
from itertools import pairwise
from typing import TypeVar

import msgspec
import pytest

from hutong.client import (
    Client,
    Conversation,
    Event,
    LineRefused,
    Message,
    MessageChanged,
    Read,
    Refused,
    SignedOut,
    TopicFrame,
    Typing,
)
from hutong.core.live import HearingChanged
from hutong.roles.serve import Network
from tests.cast import PASSWORD
from tests.client.relay import Relay, until
from tests.messaging.channels import department, open_channel
from tests.people import PATIENCE, Member, new_client_id

Bot = Callable[..., Client]
E = TypeVar("E", bound=Event)


async def hear(messages: AsyncIterator[Message], count: int) -> list[str]:
    async with asyncio.timeout(PATIENCE):
        return [(await anext(messages)).text for _ in range(count)]


async def test_one_signs_in_by_account_and_the_session_ends_with_the_program(
    lin: Member, chen: Member, base_url: str
) -> None:
    talk = await lin.direct(chen)
    before = len((await chen.get("/api/sessions"))["items"])

    def client_with(password: str) -> Client:
        return Client(base_url, company="lanting", login="chenmo", password=password, trust_env=False)

    async with client_with(PASSWORD) as client:
        assert client.person_id == chen.id
        assert await client.send(talk["id"], "您好") == 1
    assert len((await chen.get("/api/sessions"))["items"]) == before
    with pytest.raises(Refused) as refused:
        await client_with("wrong").__aenter__()
    assert refused.value.status == 401


async def test_a_bot_answers_what_others_say_and_not_itself(lin: Member, chen: Member, bot: Bot) -> None:
    talk = await lin.direct(chen)
    await lin.say(talk, "以前的话")
    async with bot(chen) as client:
        messages = client.messages()
        for words in ("一", "二"):
            await lin.say(talk, words)
            assert await hear(messages, 1) == [words], "neither the past nor its own answer"
            await client.send(talk["id"], f"收到{words}")
    assert await lin.texts(talk) == ["以前的话", "一", "收到一", "二", "收到二"]


async def test_an_answer_that_comes_before_one_listens_is_not_missed(lin: Member, chen: Member, bot: Bot) -> None:
    talk = await lin.direct(chen)
    async with bot(chen) as client:
        await client.send(talk["id"], "在吗")
        await lin.say(talk, "在")
        await asyncio.sleep(0.2)
        assert await hear(client.messages(), 1) == ["在"]


async def test_an_outage_leaves_no_gap_and_doubles_nothing(
    lin: Member, zhao: Member, chen: Member, bot: Bot, line: Relay
) -> None:
    group, talk = await lin.group("群", zhao, chen), await lin.direct(chen)
    async with bot(chen) as client:
        messages = client.messages()
        await lin.say(talk, "之前")
        assert await hear(messages, 1) == ["之前"]
        for outage in range(3):
            line.cut()
            for number in range(5):
                await zhao.say(group, f"{outage}.{number}")
            line.mend(client)
            assert await hear(messages, 5) == [f"{outage}.{number}" for number in range(5)]
        line.cut()
        for number in range(250):
            await lin.say(talk, str(number))
        line.mend(client)
        assert await hear(messages, 250) == [str(number) for number in range(250)], "more than a page"
        await lin.say(talk, "之后")
        assert await hear(messages, 1) == ["之后"]
        for log in (client.log(talk["id"]), client.log(group["id"])):
            assert all(later.seq == earlier.seq + 1 for earlier, later in pairwise(log))


async def test_a_lost_frame_is_asked_for_when_the_next_one_shows_the_hole(
    lin: Member, chen: Member, bot: Bot, line: Relay
) -> None:
    talk = await lin.direct(chen)
    async with bot(chen) as client:
        line.drop = lambda frame: frame["type"] == "message" and frame["message"]["text"] in {"二", "三", "五"}
        for words in ("一", "二", "三", "四", "五", "六"):
            await lin.say(talk, words)
        assert await hear(client.messages(), 6) == ["一", "二", "三", "四", "五", "六"]
        assert len(line.dropped) == 3
        assert line.upgrades == 1, "all on one socket"


async def test_told_to_look_again_it_finds_what_no_frame_told(lin: Member, chen: Member, bot: Bot, line: Relay) -> None:
    talk = await lin.direct(chen)
    async with bot(chen) as client:
        line.drop = lambda frame: frame["type"] == "message"
        await lin.say(talk, "没人听见")
        await until(lambda: line.dropped)
        line.inject({"type": "look_again", "within_seconds": 0.2})
        assert await hear(client.messages(), 1) == ["没人听见"]
        assert line.upgrades == 1


async def test_what_happened_to_a_message_is_told_once_and_found_after_a_lost_frame(
    lin: Member, chen: Member, bot: Bot, line: Relay
) -> None:
    talk = await lin.direct(chen)
    async with bot(chen) as client:
        events = client.events()
        for text in ("一", "二"):
            await lin.say(talk, text)
        path = f"/api/conversations/{talk['id']}/messages"
        await until(lambda: len(client.log(talk["id"])) == 2)
        line.drop = lambda frame: frame["type"] == "message_changed"
        await lin.patch(f"{path}/1", {"text": "改一"})
        await until(lambda: line.dropped)
        line.drop = lambda _: False
        await lin.post(f"{path}/2/recall")
        await until(lambda: [message.text for message in client.log(talk["id"])] == ["改一", ""])
        assert client.conversations[talk["id"]].last_message == client.log(talk["id"])[1]
        told: list[tuple[int, bool]] = []
        async for event in events:
            if isinstance(event, MessageChanged):
                told.append((event.message.seq, event.message.recalled_at is not None))
                if len(told) == 2:
                    break
        assert sorted(told) == [(1, False), (2, True)]


async def test_ones_own_message_that_a_later_one_overtook_is_read_all_the_same(
    lin: Member, chen: Member, bot: Bot, line: Relay
) -> None:
    talk = await lin.direct(chen)
    await lin.say(talk, "开始")
    async with bot(chen) as client:
        line.drop = lambda frame: frame["type"] == "message"
        await chen.say(talk, "从手机")
        await lin.say(talk, "几乎同时")
        await until(lambda: len(line.dropped) == 2)
        line.drop = lambda _: False
        for frame in reversed(line.dropped):
            line.inject(frame)
        await until(lambda: client.conversations[talk["id"]].last_seq == 3)
        await until(lambda: client.conversations[talk["id"]].read_seq == 2)
        known = client.conversations[talk["id"]]
        assert (known.unread_count, known.peer_read_seq) == (1, 3)


async def test_a_channel_is_known_by_its_new_name_and_found_when_it_becomes_ones_own(
    zhao: Member, chen: Member, bot: Bot
) -> None:
    heard = await open_channel(zhao, "旧名")
    other = await open_channel(zhao, "只给销售", await department(zhao, "销售部"))
    async with bot(chen) as client:
        await until(lambda: heard["id"] in client.conversations)
        assert other["id"] not in client.conversations
        await zhao.patch(f"/api/channels/{heard['id']}", {"name": "新名"})
        await until(lambda: client.conversations[heard["id"]].name == "新名")
        await zhao.patch(f"/api/channels/{other['id']}", {"audience": {"everybody": True}})
        await until(lambda: other["id"] in client.conversations)
        with pytest.raises(Refused) as refused:
            await client.send(heard["id"], "我也说")
        assert refused.value.code == "not_publisher"


async def test_the_server_tells_everybody_to_look_again_when_word_may_have_been_lost(
    lin: Member, chen: Member, bot: Bot, line: Relay, network: Network
) -> None:
    talk = await lin.direct(chen)
    async with bot(chen) as client:
        line.drop = lambda frame: frame["type"] == "message"
        await lin.say(talk, "路上丢了")
        await until(lambda: line.dropped)
        network.db.broker.publish(HearingChanged(None))
        assert await hear(client.messages(), 1) == ["路上丢了"]


async def test_a_conversation_whose_beginning_was_missed_is_heard_from_its_beginning(
    lin: Member, zhao: Member, chen: Member, bot: Bot, line: Relay
) -> None:
    async with bot(chen) as client:
        line.drop = lambda frame: frame["type"] == "conversation"
        group = await lin.group("新群", zhao, chen)
        await zhao.say(group, "大家好")
        said = [message async for message in _until(client, "大家好")]
        assert [message.seq for message in said] == list(range(1, said[-1].seq + 1))
        assert client.conversations[group["id"]].name == "新群"


async def _until(client: Client, text: str) -> AsyncIterator[Message]:
    async with asyncio.timeout(PATIENCE):
        async for message in client.messages():
            yield message
            if message.text == text:
                return


async def test_followed_from_the_beginning_from_the_unread_or_from_now(
    lin: Member, zhao: Member, chen: Member, bot: Bot
) -> None:
    talk, other = await lin.direct(chen), await zhao.direct(chen)
    for number in range(4):
        await lin.say(talk, str(number))
    await zhao.say(other, "别的会话")
    await chen.read(talk, 2)
    for begin, expected in (("unread", ["2", "3"]), ("beginning", ["0", "1", "2", "3", "unread"]), ("now", [])):
        async with bot(chen, begin=begin, follow=[talk["id"]]) as client:
            await lin.say(talk, begin)
            assert await hear(client.messages(), len(expected) + 1) == [*expected, begin]
            assert client.log(other["id"]) == []
            assert client.conversations[other["id"]].unread_count == 1


async def test_other_events_come_beside_the_messages(lin: Member, zhao: Member, chen: Member, bot: Bot) -> None:
    talk = await lin.direct(chen)
    await chen.say(talk, "请看")
    async with bot(chen) as client, lin.socket() as hers:
        events = client.events()
        await hers.send({"type": "typing", "conversation_id": talk["id"]})
        await lin.read(talk, 1)
        async with asyncio.timeout(PATIENCE):
            seen = [await anext(events) for _ in range(2)]
        assert {type(event) for event in seen} == {Typing, Read}
        assert client.conversations[talk["id"]].peer_read_seq == 1
        group = await client.open_group("机器人的群", [lin.id, zhao.id])
        assert await client.send(group.id, "欢迎") == 2


async def test_a_changed_group_is_told_and_a_change_that_comes_late_is_not_believed(
    lin: Member, zhao: Member, chen: Member, bot: Bot, line: Relay
) -> None:
    group = await lin.group("试驾", chen)
    async with bot(chen) as client:
        events = client.events()
        await lin.post(f"/api/conversations/{group['id']}/participants", {"person_ids": [zhao.id]})
        await lin.patch(f"/api/conversations/{group['id']}", {"name": "周末试驾"})
        changes = [await _next(events, Conversation) for _ in range(2)]
        assert [(it.name, it.participant_count) for it in changes] == [("试驾", 3), ("周末试驾", 3)]
        late = {"seq": 2, "name": "试驾", "owner_id": lin.id, "participant_count": 2, "people": []}
        line.inject({"type": "conversation_changed", "conversation_id": group["id"], **late})
        line.inject({"type": "conversation_changed", "conversation_id": "1", **late})
        await lin.say(group, "周六见")
        while (await _next(events, Message)).text != "周六见":
            pass
        fresh = await chen.get(f"/api/conversations/{group['id']}")
        assert client.conversations[group["id"]] == msgspec.convert(fresh, Conversation)
        assert list(client.conversations) == [group["id"]]


async def _next(events: AsyncIterator[Event], kind: type[E]) -> E:
    async with asyncio.timeout(PATIENCE):
        while not isinstance(event := await anext(events), kind):
            pass
        return event


async def test_it_comes_back_after_the_server_closes_the_socket(
    lin: Member, chen: Member, bot: Bot, line: Relay
) -> None:
    talk = await lin.direct(chen)
    async with bot(chen) as client:
        line.close_sockets(1012)
        await lin.say(talk, "重启之后")
        assert await hear(client.messages(), 1) == ["重启之后"]
        assert line.upgrades == 2


async def test_too_slow_comes_back_at_once(lin: Member, chen: Member, bot: Bot, line: Relay) -> None:
    talk = await lin.direct(chen)
    async with bot(chen) as client:
        line.close_sockets(1013)
        await until(lambda: line.upgrades == 2)
        await lin.say(talk, "接上了")
        assert await hear(client.messages(), 1) == ["接上了"]


async def test_a_signed_out_client_stops_and_says_so(lin: Member, chen: Member, bot: Bot, line: Relay) -> None:
    talk, again = await lin.direct(chen), bot(chen)
    async with bot(chen) as client:
        await chen.delete("/api/sessions")
        with pytest.raises(SignedOut):
            await hear(client.messages(), 1)
        with pytest.raises(SignedOut):
            await client.send(talk["id"], "x")
        await asyncio.sleep(1.2)
        assert line.upgrades == 1
    with pytest.raises(SignedOut):
        await again.__aenter__()


@pytest.mark.parametrize("code", [1003, 1009, 4008, 4009])
async def test_a_client_that_is_refused_for_good_does_not_come_back(
    chen: Member, bot: Bot, line: Relay, code: int
) -> None:
    async with bot(chen) as client:
        line.close_sockets(code)
        with pytest.raises(LineRefused):
            await hear(client.messages(), 1)
    assert line.upgrades == 1


async def test_it_waits_for_a_server_that_is_down(lin: Member, chen: Member, bot: Bot, line: Relay) -> None:
    talk = await lin.direct(chen)
    line.cut()
    asyncio.get_running_loop().call_later(0.5, line.mend)
    async with asyncio.timeout(PATIENCE), bot(chen) as client:
        assert await client.send(talk["id"], "终于") == 1


async def test_topics_of_a_group_are_heard_of_and_spoken_in(lin: Member, chen: Member, bot: Bot) -> None:
    group = await lin.group("新车上市", chen)
    async with bot(chen) as client:
        events = client.events()
        wish = {"client_id": new_client_id(), "name": "定价方案"}
        topic = await lin.post(f"/api/conversations/{group['id']}/topics", wish)
        heard = await _next(events, TopicFrame)
        assert (heard.topic.id, heard.topic.name, heard.topic.closed_at) == (topic["id"], "定价方案", None)
        await client.send(group["id"], "二十一万八", topic_id=topic["id"])
        assert (await _next(events, Message)).notice is not None
        assert (await lin.messages(group))[-1]["topic_id"] == client.log(group["id"])[-1].topic_id == topic["id"]
        await lin.patch(f"/api/conversations/{group['id']}/topics/{topic['id']}", {"is_closed": True})
        assert (await _next(events, TopicFrame)).topic.closed_by_id == lin.id
        with pytest.raises(Refused) as refusal:
            await client.send(group["id"], "还有一句", topic_id=topic["id"])
        assert refusal.value.code == "topic_closed"
