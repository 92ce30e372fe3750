"""A morning at Lanting Motors, so that nobody opens an empty room."""

from collections.abc import Sequence
from uuid import uuid4

from hutong import contacts, messaging
from hutong.core.actor import Actor
from hutong.core.db import Tx
from hutong.identity import Device
from hutong.messaging import SendMessage

_BROWSER = Device(user_agent="demo", address="127.0.0.1")


async def tell(tx: Tx, people: Sequence[Actor], way: str) -> None:
    """`people`: the administrator, sales, community, research; `way`: sales' contact link."""
    admin, sales, community, research = people
    group, _ = await messaging.create_group(
        tx, community, uuid4(), "冬季续航专项", [person.person_id for person in (admin, sales, research)]
    )
    for speaker, words in (
        (community, "早上好！昨天车友群里关于冬季续航的反馈整理好了，一共 37 条，最多的是热泵启动慢。"),
        (research, "收到。热泵预热策略下个 OTA 版本会改，今天下午给出时间表。"),
        (sales, "门店这边也有三位车主问过，我先告诉他们在改了 👍"),
    ):
        await _say(tx, speaker, int(group.id), words)
    direct, _ = await messaging.open_direct(tx, admin, sales.person_id)
    await _say(tx, admin, int(direct.id), "欢迎使用互通！你的客户二维码在「客户」页，可以直接发给车主。")
    owner = await _walk_in(tx, way, "您好，我的车早上仪表提示「热管理系统需检查」，还能开吗？")
    conversation_id = await messaging.find_between(tx, owner.company_id, owner.person_id, sales.person_id)
    assert conversation_id is not None
    await contacts.set_own_name(tx, owner, "吴女士")
    await _say(tx, sales, conversation_id, "吴女士您好，可以正常行驶。我马上请售后看一下后台数据，十分钟内回复您。")
    await _say(tx, owner, conversation_id, "好的，谢谢！")


async def _say(tx: Tx, speaker: Actor, conversation_id: int, words: str) -> None:
    wish = SendMessage(client_id=uuid4(), text=words)
    await messaging.write_message(tx, messaging.draft_of(speaker, conversation_id, wish))


async def _walk_in(tx: Tx, way: str, words: str) -> Actor:
    client_id = uuid4()

    async def wish(_tx: Tx, _actor: Actor) -> SendMessage:
        return SendMessage(client_id=client_id, text=words)

    said = await contacts.walk_in(tx, way, None, client_id, wish, _BROWSER, "zh-CN")
    company_id = (await contacts.access_way(tx, way))[0].company_id
    return Actor(kind="contact", company_id=company_id, person_id=int(said.written.message.sender_id), session_id=0)
