"""Lines that break: a browser off line, a server that goes away and comes back. No gap, no double, nothing lost."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import uvicorn
from playwright.async_api import Page, expect

from hutong.core.settings import Settings
from hutong.roles.serve import bind, make_server, open_network
from tests.journeys import staff
from tests.journeys.conftest import OpenPage
from tests.journeys.staff import field, messages, seqs
from tests.people import Member

# What the browser says of requests that did not come through.
BROKEN = r"net::ERR_|WebSocket connection to"
# Coming back waits for the client's own next try.
RETURN_MS = 40_000


class House:
    """The network on a port that stays the same while the server goes and comes."""

    def __init__(self, dsn: str, data: Path) -> None:
        self._dsn, self._data, self._port = dsn, data, 0
        self._server: uvicorn.Server | None = None
        self._opened = AsyncExitStack()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    async def start(self) -> None:
        self._listener = bind("127.0.0.1", self._port)
        self._port = self._listener.getsockname()[1]
        network = await self._opened.enter_async_context(
            open_network(Settings(data=self._data, port=self._port), self._dsn)
        )
        self._server = make_server(network)
        self._server.config.load()
        self._server.lifespan = self._server.config.lifespan_class(self._server.config)
        await self._server.startup(sockets=[self._listener])

    async def stop(self) -> None:
        if self._server is None:
            return
        await self._server.shutdown(sockets=[self._listener])
        await self._opened.aclose()
        self._server = None


@pytest.fixture
async def house(dsn: str, tmp_path: Path) -> AsyncIterator[House]:
    house = House(dsn, tmp_path)
    await house.start()
    yield house
    await house.stop()


@pytest.fixture
def base_url(house: House) -> str:
    return house.base_url


async def texts(page: Page) -> list[str]:
    """What was said, as it stands in the page from top to bottom."""
    said = await messages(page).locator("[data-kind=text]").all_inner_texts()
    return [text.strip() for text in said]


async def write(page: Page, *lines: str) -> None:
    for line in lines:
        await staff.say(page, line)
        await expect(messages(page)).to_contain_text(line)


async def test_a_browser_that_was_off_line_catches_up_without_a_gap_or_a_double(
    open_page: OpenPage, lin: Member, zhao: Member
) -> None:
    talk = await lin.direct(zhao)
    await zhao.say(talk, "在线时说的")
    page = await open_page(lin, f"/chats/{talk['id']}", expect_errors=BROKEN)
    await expect(messages(page)).to_contain_text("在线时说的")

    await page.context.set_offline(True)
    await write(page, "离线时写的")
    await expect(page.locator("[data-mark=sending]")).to_be_visible()
    await expect(page.get_by_text("连接已断开，正在重连").first).to_be_visible()
    missed = [f"离线时错过的 {number}" for number in range(60)]
    for line in missed:
        await zhao.say(talk, line)
    assert not [text for text in await texts(page) if text.startswith("离线时错过的")]

    await page.context.set_offline(False)
    await expect(messages(page)).to_contain_text(missed[-1], timeout=RETURN_MS)
    await expect(page.locator("[data-mark=sending]")).to_have_count(0, timeout=RETURN_MS)
    await expect(page.get_by_text("连接已断开，正在重连")).to_have_count(0)
    assert await texts(page) == ["在线时说的", *missed, "离线时写的"]
    assert await seqs(page) == list(range(1, 63))
    assert [text for text in await zhao.texts(talk) if text == "离线时写的"] == ["离线时写的"]


async def test_what_was_written_while_the_server_was_away_arrives_once_when_it_is_back(
    open_page: OpenPage, lin: Member, zhao: Member, house: House
) -> None:
    talk = await lin.direct(zhao)
    await lin.say(talk, "重启之前")
    mine = await open_page(lin, f"/chats/{talk['id']}", expect_errors=BROKEN)
    theirs = await open_page(zhao, f"/chats/{talk['id']}", expect_errors=BROKEN)
    for page in (mine, theirs):
        await expect(messages(page)).to_contain_text("重启之前")
    await house.stop()
    written = [f"断开时写的 {number}" for number in range(3)]
    await write(mine, *written)
    await write(theirs, "对面也在写")
    # A page that is closed meanwhile keeps it too.
    await theirs.goto("about:blank")
    await house.start()
    await expect(mine.locator("[data-mark=sending]")).to_have_count(0, timeout=RETURN_MS)
    await theirs.goto(f"/chats/{talk['id']}")
    for page in (mine, theirs):
        for line in [*written, "对面也在写"]:
            await expect(messages(page)).to_contain_text(line, timeout=RETURN_MS)
    assert await texts(mine) == await texts(theirs) == [*["重启之前", *written], "对面也在写"]
    assert await seqs(mine) == await seqs(theirs) == list(range(1, 6))


async def test_a_customer_in_a_tunnel_says_it_once(open_page: OpenPage, lin: Member) -> None:
    way = await lin.way()
    phone = await open_page(None, f"/c/{way}", phone=True, expect_errors=BROKEN)
    await expect(phone.get_by_role("heading", name="林晓")).to_be_visible()
    # Not even the first message needs a network to be written.
    await phone.context.set_offline(True)
    await field(phone).fill("进隧道了")
    await phone.keyboard.press("Enter")
    await expect(phone.locator("li.on-its-way")).to_contain_text("进隧道了")
    assert not await lin.customers()
    await phone.context.set_offline(False)
    await expect(phone.get_by_text("已发送")).to_be_visible(timeout=RETURN_MS)
    [customer] = await lin.customers()
    conversation = customer["conversation_id"]

    await phone.context.set_offline(True)
    await field(phone).fill("又一个隧道")
    await phone.keyboard.press("Enter")
    await expect(phone.get_by_text("网络不太好")).to_be_visible()
    for number in range(40):
        await lin.say(conversation, f"您还好吗 {number}")
    await phone.context.set_offline(False)
    bubbles = phone.locator("li.message:not(.on-its-way)")
    await expect(bubbles).to_have_count(42, timeout=RETURN_MS)
    said = [text.strip() for text in await bubbles.locator(".bubble").all_inner_texts()]
    assert said == ["进隧道了", *(f"您还好吗 {number}" for number in range(40)), "又一个隧道"]
    assert [text for text in await lin.texts(conversation) if "隧道" in text] == ["进隧道了", "又一个隧道"]
