"""Finding what was said: in the list of chats, narrowed, with a keyboard, and opened at the message."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from hutong.core.db import Database
from tests.journeys import staff
from tests.journeys.composition import compose_a_word
from tests.journeys.conftest import Accessible, OpenPage
from tests.journeys.pictures import paper
from tests.messaging.test_search import indexed
from tests.people import Json, Member


def box(page: Page) -> Locator:
    return page.get_by_role("combobox", name="搜索", exact=True)


def found(page: Page, section: str) -> Locator:
    """The options of one section of what was found."""
    return page.get_by_role("listbox", name="搜索结果").get_by_role("group", name=section).get_by_role("option")


def marked(page: Page, seq: int) -> Locator:
    return staff.messages(page).locator(f"[data-seq='{seq}'][data-marked=true]")


class Talks:
    def __init__(self, direct: Json, group: Json, early: Json) -> None:
        self.direct, self.group, self.early = direct, group, early


@pytest.fixture
async def talks(lin: Member, zhao: Member, chen: Member, db: Database) -> Talks:
    """Enough said after the early word that the chat does not open with it in sight."""
    direct = await lin.direct(zhao)
    early = await zhao.say(direct, "客户说他家在上海东边，周末想试驾 X2000")
    for number in range(70):
        await lin.say(direct, f"第 {number} 件事")
    group = await lin.group("上海交付小组", zhao, chen)
    await chen.say(group, "座舱 12.5 在上海实车验证通过")
    await lin.say(group, "上海门店下午两点开会")
    file = paper()
    await zhao.send_file(group, file["buffer"], file["name"])
    await indexed(db)
    return Talks(direct, group, early)


async def test_a_word_is_found_and_its_chat_opens_at_it(
    open_page: OpenPage, accessible: Accessible, talks: Talks, lin: Member, chen: Member
) -> None:
    page = await open_page(lin, "/chats")
    await box(page).fill("上海")
    await expect(found(page, "会话")).to_have_count(1)
    await expect(found(page, "会话")).to_contain_text("上海交付小组")
    await expect(found(page, "消息")).to_have_count(3)
    await expect(found(page, "消息").locator("mark")).to_have_text(["上海", "上海", "上海"])
    await accessible(page)
    await found(page, "消息").last.click()
    await expect(page).to_have_url(re.compile(f"/chats/{talks.direct['id']}/{talks.early['seq']}$"))
    await expect(marked(page, talks.early["seq"])).to_be_in_viewport()
    # The same hit again leads there again, wherever one has scrolled meanwhile.
    await page.get_by_role("button", name="回到最新消息").click()
    await expect(marked(page, talks.early["seq"])).not_to_be_in_viewport()
    await found(page, "消息").last.click()
    await expect(marked(page, talks.early["seq"])).to_be_in_viewport()
    # What was not hers is not found: Chen is in the group only.
    other = await open_page(chen, "/chats")
    await box(other).fill("上海")
    await expect(found(other, "消息")).to_have_count(2)
    await box(other).fill("家在上海")
    await expect(other.get_by_text("没有找到“家在上海”")).to_be_visible()


async def test_a_keyboard_walks_from_hit_to_hit(open_page: OpenPage, talks: Talks, lin: Member) -> None:
    page = await open_page(lin, "/chats")
    await box(page).press_sequentially("上海")
    await expect(found(page, "消息")).to_have_count(3)
    for _ in range(3):
        await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile(f"/chats/{talks.direct['id']}/{talks.early['seq']}$"))
    await expect(box(page)).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile(f"/chats/{talks.group['id']}/"))
    await expect(staff.messages(page)).to_contain_text("实车验证")
    await expect(box(page)).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(staff.row(page, "上海交付小组")).to_be_visible()
    # Enter before the answer opens what then comes first.
    await box(page).press_sequentially("家在")
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile(f"/chats/{talks.direct['id']}/{talks.early['seq']}$"))


async def test_half_typed_chinese_asks_for_no_message(
    open_page: OpenPage, talks: Talks, lin: Member, db: Database
) -> None:
    await lin.say(talks.group, "你好，各位")
    await indexed(db)
    page = await open_page(lin, "/chats")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/search/" in request.url else None)
    await compose_a_word(page, box(page))
    await expect(found(page, "消息")).to_have_count(1)
    assert asked
    assert not [url for url in asked if "nihao" in url]


async def test_a_search_is_narrowed_by_person_chat_kind_and_day(
    open_page: OpenPage, accessible: Accessible, talks: Talks, lin: Member
) -> None:
    page = await open_page(lin, "/chats")
    await box(page).fill("上海")
    await page.get_by_role("button", name="按发送人筛选").click()
    await page.get_by_role("combobox", name="姓名、拼音或账号").fill("chenmo")
    await page.get_by_role("listbox", name="姓名、拼音或账号").get_by_role("option", name="陈默").click()
    await expect(found(page, "消息")).to_have_count(1)
    await expect(found(page, "消息")).to_contain_text("实车验证")
    await page.get_by_role("button", name="按会话筛选").click()
    await expect(page.get_by_role("listbox", name="会话名或成员").get_by_role("option")).to_have_count(2)
    await accessible(page)
    await page.get_by_role("combobox", name="会话名或成员").fill("赵敏")
    # The talk that is called so comes before the group with him in it.
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("没有找到“上海”")).to_be_visible()
    await page.get_by_role("button", name="清除筛选").click()
    await expect(found(page, "消息")).to_have_count(3)
    await box(page).fill("试驾")
    await page.get_by_role("button", name="按类型筛选").click()
    await page.get_by_role("button", name="文件", exact=True).click()
    await expect(found(page, "消息")).to_have_count(1)
    await expect(found(page, "消息")).to_contain_text(paper()["name"])
    await page.get_by_role("button", name="按日期筛选").click()
    await page.get_by_label("到", exact=True).fill("2020-01-01")
    await page.keyboard.press("Escape")
    await expect(page.get_by_text("没有找到“试驾”")).to_be_visible()
    await page.get_by_role("button", name="不再按日期筛选").click()
    await expect(found(page, "消息")).to_have_count(1)


async def test_a_chat_is_searched_from_its_head(
    open_page: OpenPage, accessible: Accessible, talks: Talks, lin: Member
) -> None:
    page = await open_page(lin, f"/chats/{talks.direct['id']}")
    await page.get_by_role("button", name="在会话中搜索").click()
    await expect(box(page)).to_be_focused()
    await expect(page.get_by_text("要找什么？")).to_be_visible()
    await page.keyboard.type("件事")
    await expect(found(page, "消息")).to_have_count(30)
    await found(page, "消息").last.scroll_into_view_if_needed()
    await expect(found(page, "消息")).to_have_count(60)
    await found(page, "消息").last.scroll_into_view_if_needed()
    await expect(found(page, "消息")).to_have_count(70)
    await expect(found(page, "消息").first).to_contain_text("第 69 件事")
    await box(page).fill("。，！")
    await expect(page.get_by_text("请输入要查找的文字、字母或数字。")).to_be_visible()
    await accessible(page)


async def test_what_is_taken_back_goes_from_what_was_found(
    open_page: OpenPage, talks: Talks, lin: Member, chen: Member
) -> None:
    page = await open_page(lin, "/chats")
    await box(page).fill("上海")
    await expect(found(page, "消息")).to_have_count(3)
    said = next(item for item in await chen.messages(talks.group) if "实车" in item["text"])
    await chen.post(f"/api/conversations/{talks.group['id']}/messages/{said['seq']}/recall")
    await expect(found(page, "消息")).to_have_count(2)


async def test_a_phone_searches_and_comes_back_to_what_it_found(
    open_page: OpenPage, accessible: Accessible, talks: Talks, lin: Member
) -> None:
    page = await open_page(lin, f"/chats/{talks.group['id']}", phone=True)
    await page.get_by_role("button", name="在会话中搜索").click()
    await expect(box(page)).to_be_focused()
    await box(page).fill("上海")
    await expect(found(page, "消息")).to_have_count(2)
    await accessible(page)
    await found(page, "消息").first.click()
    await expect(staff.messages(page)).to_contain_text("门店下午两点")
    await page.get_by_role("link", name="返回").click()
    await expect(found(page, "消息")).to_have_count(2)


async def test_a_search_that_failed_can_be_tried_again(open_page: OpenPage, talks: Talks, lin: Member) -> None:
    page = await open_page(lin, "/chats", expect_errors="ERR_FAILED|500")
    await expect(staff.row(page, "上海交付小组")).to_be_visible()
    await page.route(
        "**/api/search/**",
        lambda route: route.fulfill(status=500, json={"code": "internal", "message": "服务出了点问题"}),
    )
    await box(page).fill("实车")
    await expect(page.get_by_text("服务出了点问题")).to_be_visible()
    await page.unroute("**/api/search/**")
    await page.get_by_role("button", name="重试").click()
    await expect(found(page, "消息")).to_have_count(1)
