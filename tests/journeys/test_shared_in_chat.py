"""What was shared in a chat, looked for in its details: pictures as a wall, files, links."""

import pytest
from playwright.async_api import Locator, Page, expect

from tests.journeys import staff
from tests.journeys.conftest import Accessible, OpenPage
from tests.journeys.pictures import paper, photo
from tests.people import Json, Member


@pytest.fixture
async def group(lin: Member, zhao: Member, chen: Member) -> Json:
    group = await lin.group("上海交付", zhao, chen)
    picture, contract = photo(), paper()
    await zhao.send_file(group, picture["buffer"], "早.jpg", kind="image")
    await zhao.say(group, "规格 https://lanting.example/l7/规格 和 www.lanting.example/price，先看看")
    await chen.send_file(group, contract["buffer"], contract["name"])
    for number in range(70):
        await lin.say(group, f"第 {number} 件事")
    await chen.send_file(group, picture["buffer"], "晚.jpg", kind="image")
    return group


async def open_tab(page: Page, name: str) -> Locator:
    tab = page.get_by_role("tab", name=name)
    if not await tab.count():
        await page.get_by_role("button", name="会话详情", exact=True).click()
    await tab.click()
    return page.get_by_role("tabpanel", name=name)


async def test_pictures_are_a_wall_that_leads_to_their_messages(
    open_page: OpenPage, accessible: Accessible, group: Json, lin: Member, zhao: Member
) -> None:
    page = await open_page(lin, f"/chats/{group['id']}")
    panel = await open_tab(page, "图片")
    pictures = panel.get_by_role("button")
    await expect(pictures).to_have_count(2)
    await expect(pictures.first.locator("img")).to_have_js_property("complete", True)
    await accessible(page)
    await pictures.first.click()
    full = page.get_by_role("dialog", name="查看图片")
    await expect(full.get_by_role("img", name="晚.jpg")).to_have_js_property("naturalWidth", 1600)
    await page.keyboard.press("ArrowRight")
    await expect(full.get_by_role("img", name="早.jpg")).to_be_visible()
    await full.get_by_role("button", name="在聊天中查看").click()
    await expect(full).to_have_count(0)
    early = staff.messages(page).locator("[data-seq='2'][data-marked=true]")
    await expect(early).to_be_in_viewport()
    # What is said meanwhile appears, what is taken back goes.
    picture = photo()
    sent = await zhao.send_file(group, picture["buffer"], "刚才.jpg", kind="image")
    await expect(pictures).to_have_count(3)
    await zhao.post(f"/api/conversations/{group['id']}/messages/{sent['seq']}/recall")
    await expect(pictures).to_have_count(2)


async def test_files_and_links_are_listed_with_who_and_lead_on(
    open_page: OpenPage, accessible: Accessible, group: Json, lin: Member
) -> None:
    page = await open_page(lin, f"/chats/{group['id']}")
    files = await open_tab(page, "文件")
    await expect(files.get_by_role("listitem")).to_have_count(1)
    await expect(files.get_by_role("listitem")).to_contain_text("陈默")
    async with page.expect_download() as download:
        await files.get_by_role("link", name="下载文件 试驾合同.pdf").click()
    assert (await download.value).suggested_filename == "试驾合同.pdf"
    await accessible(page)
    links = await open_tab(page, "链接")
    rows = links.get_by_role("listitem")
    await expect(rows).to_have_count(2)
    await expect(rows.first.get_by_role("link")).to_have_text("lanting.example/l7")
    await expect(rows.last.get_by_role("link")).to_have_attribute("href", "https://www.lanting.example/price")
    await accessible(page)
    await rows.first.get_by_role("button", name="更多操作").click()
    await page.get_by_role("menuitem", name="在聊天中查看").click()
    await expect(staff.messages(page).locator("[data-seq='3'][data-marked=true]")).to_be_in_viewport()
    await rows.first.get_by_role("button", name="更多操作").click()
    await page.get_by_role("menuitem", name="转发").click()
    await expect(page.get_by_role("dialog", name="转发")).to_be_visible()


async def test_on_a_phone_the_way_to_a_message_closes_what_lies_over_it(
    open_page: OpenPage, accessible: Accessible, group: Json, lin: Member
) -> None:
    page = await open_page(lin, f"/chats/{group['id']}", phone=True, scheme="dark", language="en")
    await page.get_by_role("button", name="Details", exact=True).tap()
    await page.get_by_role("tab", name="Links").tap()
    rows = page.get_by_role("tabpanel", name="Links").get_by_role("listitem")
    await expect(rows).to_have_count(2)
    await accessible(page)
    await rows.first.get_by_role("button", name="more").tap()
    await page.get_by_role("menuitem", name="Show in chat").tap()
    await expect(page.get_by_role("tab", name="Links")).to_have_count(0)
    await expect(page.locator("[data-seq='3'][data-marked=true]")).to_be_in_viewport()


async def test_a_chat_in_which_nothing_was_shared_says_so(open_page: OpenPage, lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    await lin.say(talk, "你好")
    page = await open_page(lin, f"/chats/{talk['id']}")
    for tab, words in [("图片", "还没有图片"), ("文件", "还没有文件"), ("链接", "还没有链接")]:
        await expect((await open_tab(page, tab)).get_by_text(words)).to_be_visible()
