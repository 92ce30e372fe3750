"""An announcement channel in two browsers: the administrator publishes, a colleague hears."""

import re
from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page, expect

from tests.journeys.conftest import OpenPage
from tests.journeys.staff import field, messages, row, say
from tests.messaging.channels import department, move, open_channel
from tests.people import Member


async def test_an_administrator_announces_and_sees_who_has_read(open_page: OpenPage, lin: Member, zhao: Member) -> None:
    hers, mine = await open_page(lin, "/chats"), await open_page(zhao, "/chats")
    await mine.get_by_role("button", name="新建", exact=True).click()
    await mine.get_by_role("menuitem", name="新建公告频道").click()
    dialog = mine.get_by_role("dialog", name="新建公告频道")
    await dialog.get_by_role("textbox", name="频道名称").fill("销售通知")
    await dialog.get_by_role("radio", name=re.compile("^部分部门")).check()
    create = dialog.get_by_role("button", name="创建频道")
    await expect(create).to_be_disabled()
    await dialog.get_by_role("treeitem", name=re.compile("^销售部")).click()
    await create.click()
    await expect(mine.get_by_role("heading", name="销售通知")).to_be_visible()
    await expect(row(hers, "销售通知")).to_be_visible()
    await say(mine, "本周五盘点，请提前对账")

    await expect(row(hers, "销售通知")).to_contain_text("1 条未读")
    await expect(mine.get_by_role("button", name="已读 0/1")).to_be_visible()
    await row(hers, "销售通知").click()
    await expect(messages(hers)).to_contain_text("本周五盘点")
    await expect(hers.get_by_text("只有发布者可以在这里发布公告")).to_be_visible()
    await expect(field(hers)).to_have_count(0)
    await mine.get_by_role("button", name="已读 1/1").click(timeout=30_000)
    readers = mine.get_by_role("dialog", name="已读 1 人，共 1 人")
    await expect(readers.get_by_role("list", name="已读的同事")).to_contain_text(lin.name)


async def test_a_channel_is_widened_and_named_anew_while_all_look_on(
    open_page: OpenPage, lin: Member, zhao: Member, chen: Member
) -> None:
    channel = await open_channel(zhao, "销售通知", await department(zhao, "销售部"))
    await zhao.say(channel, "一")
    hers, his = await open_page(lin, f"/chats/{channel['id']}"), await open_page(chen, "/chats")
    mine = await open_page(zhao, f"/chats/{channel['id']}")
    await mine.get_by_role("button", name="会话详情").click()
    await mine.get_by_role("button", name="管理频道").click()
    dialog = mine.get_by_role("dialog", name="管理频道")
    await dialog.get_by_role("textbox", name="频道名称").fill("全员通知")
    await dialog.get_by_role("radio", name="全公司").check()
    await dialog.get_by_role("button", name="添加发布者").click()
    await dialog.get_by_role("combobox", name="搜索同事").fill("linxiao")
    await expect(dialog.get_by_role("option", name=re.compile(lin.name))).to_be_visible()
    await dialog.get_by_role("combobox", name="搜索同事").press("Enter")
    await dialog.get_by_role("button", name="保存").click()
    await expect(row(his, "全员通知")).to_be_visible()
    await say(hers, "我也能发布了")
    await row(his, "全员通知").click()
    await expect(messages(his)).to_contain_text("我也能发布了")


async def test_who_leaves_the_department_sees_the_channel_go(open_page: OpenPage, lin: Member, zhao: Member) -> None:
    channel = await open_channel(zhao, "销售通知", await department(zhao, "销售部"))
    await zhao.say(channel, "一")
    page = await open_page(lin, f"/chats/{channel['id']}")
    await expect(messages(page)).to_contain_text("一")
    await move(zhao, lin, "研发部/座舱")
    await expect(page.get_by_text("你已不在这个会话中")).to_be_visible()
    await expect(row(page, "销售通知")).to_have_count(0)


async def test_departments_are_picked_by_the_keyboard(open_page: OpenPage, zhao: Member) -> None:
    page = await open_page(zhao, "/chats")
    await page.get_by_role("button", name="新建", exact=True).press("Enter")
    await page.get_by_role("menuitem", name="新建公告频道").press("Enter")
    dialog = page.get_by_role("dialog", name="新建公告频道")
    await expect(dialog.get_by_role("textbox", name="频道名称")).to_be_focused()
    await page.keyboard.type("研发周报")
    await page.keyboard.press("Tab")
    await expect(dialog.get_by_role("radio", name="全公司")).to_be_focused()
    await page.keyboard.press("ArrowDown")
    tree = dialog.get_by_role("tree", name="选择部门")
    await expect(tree.get_by_role("treeitem").first).to_be_visible()
    await page.keyboard.press("Tab")
    await expect(tree).to_be_focused()
    await page.keyboard.press("Home")
    await page.keyboard.press("Space")
    first = tree.get_by_role("treeitem").first
    await expect(first).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("ArrowRight")
    below = tree.locator("[role=treeitem][aria-level='2']").first
    await expect(below).to_have_attribute("aria-selected", "true")
    await expect(below).to_have_attribute("aria-disabled", "true")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="研发周报")).to_be_visible()


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_everybody_can_use_a_channel(
    open_page: OpenPage,
    accessible: Callable[[Page], Awaitable[None]],
    lin: Member,
    zhao: Member,
    phone: bool,
    scheme: str,
) -> None:
    channel = await open_channel(zhao, "销售通知", await department(zhao, "销售部"), publishers=[zhao])
    await zhao.say(channel, "本周五盘点，请提前对账")
    await lin.read(channel, 1)
    hers = await open_page(lin, f"/chats/{channel['id']}", phone=phone, scheme="dark" if scheme == "dark" else "light")
    await expect(hers.get_by_text("只有发布者可以在这里发布公告")).to_be_visible()
    await accessible(hers)
    mine = await open_page(zhao, f"/chats/{channel['id']}", phone=phone, scheme="dark" if scheme == "dark" else "light")
    await mine.get_by_role("button", name="已读 1/1").click()
    await expect(mine.get_by_role("list", name="已读的同事")).to_be_visible()
    await accessible(mine)
    await mine.keyboard.press("Escape")
    await mine.get_by_role("button", name="会话详情").click()
    await mine.get_by_role("button", name="管理频道").click()
    dialog = mine.get_by_role("dialog", name="管理频道")
    await expect(dialog.get_by_role("treeitem").first).to_be_visible()
    await accessible(mine)
