"""What stays unread is told by mail or text message: once and together, to who wants it, where the directory says."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from hutong.core import clock
from hutong.core.settings import SettingRefused, load
from hutong.roles.serve import bind
from tests.directory.rosters import csv_of, row
from tests.notifications.pushed import until
from tests.people import Json, Member

SETTINGS, CARRIERS = "/api/me/notification-settings", "/api/me/notification-carriers"
QUARTER = timedelta(minutes=16)
# Longer than the server takes to look again.
A_WHILE = 7.0


class MailServer:
    """Takes what it is given, or answers otherwise as often as it is told to."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refusals: list[str] = []
        with bind("127.0.0.1", 0) as free:
            self.port = int(free.getsockname()[1])

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:
        if self.refusals:
            return self.refusals.pop(0)
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"

    async def next(self) -> EmailMessage:
        await until(lambda: bool(self.mails))
        return self.mails.pop(0)


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    yield server
    controller.stop()


class Gateway:
    """Of text messages: keeps what it was posted."""

    def __init__(self) -> None:
        self.posted: list[tuple[str, Json]] = []
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        lines = dict(line.lower().split(": ", 1) for line in head.splitlines()[1:] if line)
        body = await reader.readexactly(int(lines["content-length"]))
        self.posted.append((lines["authorization"], json.loads(body)))
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        await writer.drain()
        writer.close()


@pytest.fixture
async def gateway() -> AsyncIterator[Gateway]:
    gateway = Gateway()
    server = await asyncio.start_server(gateway.serve, "127.0.0.1", 0)
    gateway.port = server.sockets[0].getsockname()[1]
    yield gateway
    server.close()


@pytest.fixture
def options(mail_server: MailServer, gateway: Gateway) -> dict[str, Any]:
    return {
        "smtp_host": "127.0.0.1",
        "smtp_port": mail_server.port,
        "smtp_security": "none",
        "smtp_from": "互通 <hutong@lanting.example>",
        "sms_url": f"http://127.0.0.1:{gateway.port}/send",
        "sms_token": "of-the-gateway",
        "sms_template": '{"mobile":"{phone}","content":"【蓝汀】{text}"}',
    }


async def has_address(admin: Member, member: Member, mail: str) -> None:
    line = row(member.name, member.account, "研发部", 企业邮箱=mail, 手机="13900001111")
    content = csv_of([line])
    plan = await admin.post("/api/roster/preview", content, removes_missing=False)
    await admin.post("/api/roster/import", content, plan=plan["digest"], removes_missing=False)


@pytest.fixture
async def reader(zhao: Member, chen: Member) -> Member:
    """Chen, with a mail address and a phone in the directory."""
    await has_address(zhao, chen, "chenmo@lanting.example")
    return chen


async def wants(who: Member, minutes: int = 15, *, by: str = "mail", **others: object) -> None:
    await who.put(SETTINGS, {"digest": {"by": by, "after_minutes": minutes}} | others)


async def test_what_stays_unread_comes_in_one_mail_with_a_link_to_each_place(
    mail_server: MailServer, lin: Member, zhao: Member, reader: Member
) -> None:
    await wants(reader)
    group, talk = await lin.group("座舱联调", reader, zhao), await zhao.direct(reader)
    for text in ("日志第一段", "日志第二段"):
        await lin.say(group, text)
    await zhao.say(talk, "明早八点")
    await asyncio.sleep(A_WHILE)
    assert mail_server.mails == []
    with clock.travel(QUARTER):
        mail = await mail_server.next()
        assert mail["to"] == "chenmo@lanting.example"
        assert mail["from"] == "互通 <hutong@lanting.example>"
        assert mail["subject"] == "互通：2 个会话有 4 条未读消息"
        text = mail.get_content()
        assert f"座舱联调（3 条未读）\n林晓：日志第二段\n{lin.base_url}/chats/{group['id']}/3" in text
        assert f"赵敏（1 条未读）\n明早八点\n{lin.base_url}/chats/{talk['id']}/1" in text
        assert f"{lin.base_url}/settings" in text
        # One, whatever stays unread; the next is of what is said after it.
        await asyncio.sleep(A_WHILE)
        assert mail_server.mails == []
        await lin.say(group, "日志第三段")
    with clock.travel(2 * QUARTER):
        assert "日志第三段" in (await mail_server.next()).get_content()


async def test_who_reads_in_time_or_never_asked_for_it_gets_none(
    mail_server: MailServer, lin: Member, zhao: Member, reader: Member
) -> None:
    await has_address(zhao, zhao, "zhao@lanting.example")
    talk = await lin.direct(reader)
    await lin.say(talk, "之前说的")
    await wants(reader)
    said = await lin.say(talk, "看到了吗")
    await reader.read(talk, said["seq"])
    await lin.say(await lin.direct(zhao), "看到了吗")
    with clock.travel(QUARTER):
        await asyncio.sleep(A_WHILE)
        assert mail_server.mails == []


async def test_quiet_hours_are_waited_for_and_no_words_go_out_without_preview(
    mail_server: MailServer, lin: Member, reader: Member
) -> None:
    now = clock.now()
    hours = {"begins": f"{now - timedelta(hours=1):%H:%M}", "ends": f"{now + timedelta(hours=1):%H:%M}"}
    reader.http.headers["accept-language"] = "en"
    await wants(reader, shows_text=False, quiet_hours=hours | {"time_zone": "UTC"})
    await lin.say(await lin.group("座舱联调", reader), "电池包涨价")
    with clock.travel(QUARTER):
        await asyncio.sleep(A_WHILE)
        assert mail_server.mails == []
    with clock.travel(timedelta(hours=2)):
        mail = await mail_server.next()
        assert mail["subject"] == "Hutong: 2 unread messages in 1 chat"
        assert "林晓: sent a message" in mail.get_content()
        assert "电池包" not in mail.get_content()


async def test_a_mail_that_was_not_taken_is_sent_again_later(
    mail_server: MailServer, lin: Member, reader: Member
) -> None:
    mail_server.refusals = ["451 try again later"]
    await wants(reader)
    await lin.say(await lin.direct(reader), "在吗")
    with clock.travel(QUARTER):
        await until(lambda: not mail_server.refusals)
        await asyncio.sleep(A_WHILE)
        assert mail_server.mails == []
    with clock.travel(QUARTER + timedelta(minutes=6)):
        assert "在吗" in (await mail_server.next()).get_content()


async def test_a_text_message_says_how_much_and_where_but_never_what(
    gateway: Gateway, lin: Member, reader: Member
) -> None:
    await wants(reader, by="sms")
    await lin.say(await lin.direct(reader), '价格"底线"')
    with clock.travel(QUARTER):
        await until(lambda: bool(gateway.posted))
    [(authorization, body)] = gateway.posted
    assert authorization == "bearer of-the-gateway"
    content = f"【蓝汀】互通：1 个会话有 1 条未读消息 {lin.base_url}/chats"
    assert body == {"mobile": "13900001111", "content": content}


async def test_the_ways_are_those_that_the_server_has_and_the_directory_knows(
    lin: Member, reader: Member, zhao: Member
) -> None:
    assert (await reader.get(CARRIERS))["items"] == [
        {"carrier": "mail", "address": "chenmo@lanting.example"},
        {"carrier": "sms", "address": "13900001111"},
    ]
    assert {item["carrier"]: item["address"] for item in (await zhao.get(CARRIERS))["items"]}["mail"] is None
    refusal = await zhao.refused("PUT", SETTINGS, {"digest": {"by": "mail", "after_minutes": 15}})
    assert refusal.code == "address_missing"
    for wrong in ({"by": "pigeon", "after_minutes": 15}, {"by": "mail", "after_minutes": 1}, {"by": "mail"}):
        assert (await reader.refused("PUT", SETTINGS, {"digest": wrong})).code == "invalid"
    assert (await reader.get(SETTINGS))["digest"] is None


def test_a_carrier_without_what_it_needs_is_refused_at_the_start() -> None:
    for wrong in ({"smtp_host": "mail.example"}, {"sms_url": "http://sms.example/send"}, {"smtp_security": "maybe"}):
        with pytest.raises(SettingRefused):
            load({}, **wrong)
