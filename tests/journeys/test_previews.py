"""Cards of links, on the screen."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import expect

from tests.journeys.conftest import Accessible, OpenPage
from tests.journeys.staff import field, messages, say
from tests.messaging.pages import Pages, picture
from tests.messaging.test_previews import PAGE
from tests.people import Consumer, Member


@pytest.fixture
def options() -> dict[str, Any]:
    return {"link_previews": True, "preview_loopback": True}


@pytest.fixture
async def pages() -> AsyncIterator[Pages]:
    async with Pages.served() as pages:
        yield pages


async def test_a_link_becomes_a_card_that_its_author_takes_away_and_a_reader_does_without(
    pages: Pages, open_page: OpenPage, accessible: Accessible, lin: Member, zhao: Member, wu: Consumer
) -> None:
    url = pages.put("/car", PAGE)
    pages.put("/cover.jpg", picture(), content_type="image/jpeg")
    talk = await lin.direct(zhao)
    desk = await open_page(lin, f"/chats/{talk['id']}")
    phone = await open_page(zhao, f"/chats/{talk['id']}", phone=True, scheme="dark")
    asked: list[str] = []
    for page in (desk, phone):
        page.on("request", lambda request: asked.append(request.url))
    await say(desk, f"看看这个 {url}")
    for page in (desk, phone):
        card = messages(page).get_by_role("link", name="蓝汀 L7 & 上市")
        await expect(card).to_contain_text("二十一万八起")
        await expect(card).to_contain_text("车界 · 127.0.0.1")
        await expect(card).to_have_attribute("rel", "noopener noreferrer nofollow")
        await expect(card.locator("img")).to_have_js_property("complete", value=True)
        await accessible(page)
    assert not [it for it in asked if it.startswith(pages.url)], "the browser asks only us"
    assert await phone.get_by_role("button", name="去掉链接卡片").count() == 0
    # A reader who wants none, on this device.
    settings = await open_page(zhao, "/settings")
    await settings.get_by_role("switch", name="显示链接卡片").click()
    await settings.goto(f"/chats/{talk['id']}")
    await expect(messages(settings)).to_contain_text("看看这个")
    await expect(messages(settings).get_by_text("二十一万八起")).to_have_count(0)
    # Its author takes it away for everybody, or says so before.
    await messages(desk).get_by_role("link", name="蓝汀 L7 & 上市").hover()
    await desk.get_by_role("button", name="去掉链接卡片").click()
    for page in (desk, phone):
        await expect(messages(page).get_by_text("二十一万八起")).to_have_count(0)
    await field(desk).fill("公开的网页 https://www.example.com/x")
    await expect(desk.get_by_text("发送后显示 www.example.com 的链接卡片")).to_be_visible()
    await accessible(desk)
    await desk.get_by_role("button", name="不显示链接卡片").click()
    await expect(desk.get_by_text("的链接卡片")).to_have_count(0)
    # An administrator, for all of the company.
    admin = await open_page(zhao, "/admin/messages")
    await admin.get_by_role("switch", name="链接卡片").click()
    await expect(admin.get_by_text("链接卡片已关闭")).to_be_visible()
    await accessible(admin)
    assert (await lin.get("/api/link-previews"))["is_on"] is False
    await zhao.put("/api/link-previews", {"is_on": True})
    # A customer sees what a colleague linked to.
    way = await lin.way()
    await wu.walk_in(way, "您好")
    theirs = await open_page(wu, f"/c/{way}", phone=True)
    [customer] = await lin.customers()
    await lin.say(customer["conversation_id"], url)
    await expect(theirs.get_by_role("link", name="蓝汀 L7 & 上市")).to_contain_text("127.0.0.1")
    await accessible(theirs)
    assert pages.asked == ["/car", "/cover.jpg"]
