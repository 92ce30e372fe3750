"""What a person keeps for themself, on the screen: on every device of theirs, and on nobody else's."""

import re

from playwright.async_api import Locator, Page, expect

from tests.journeys.conftest import Accessible, OpenPage
from tests.journeys.staff import field, messages, row
from tests.people import Member


async def choose(page: Page, title: str, deed: str) -> None:
    """From the menu of a conversation's row."""
    await row(page, title).click(button="right")
    await page.get_by_role("menuitem", name=deed, exact=True).click()


def titles(page: Page) -> Locator:
    return page.get_by_role("list", name="会话列表").get_by_role("link")


async def test_what_is_pinned_muted_or_archived_is_so_on_the_other_device(
    open_page: OpenPage, accessible: Accessible, lin: Member, zhao: Member, chen: Member
) -> None:
    talk, group = await lin.direct(chen), await zhao.group("周末试驾", lin, chen)
    await chen.say(talk, "在吗")
    await chen.say(group, "周三推送")
    desk, phone = await open_page(lin, "/chats"), await open_page(lin, "/chats", phone=True)
    await expect(titles(phone)).to_have_text([re.compile("周末试驾"), re.compile("陈默")])
    await choose(desk, "陈默", "置顶")
    for page in (desk, phone):
        await expect(titles(page)).to_have_text([re.compile("陈默"), re.compile("周末试驾")])
    await choose(desk, "周末试驾", "消息免打扰")
    for page in (desk, phone):
        await expect(row(page, "周末试驾").get_by_label("消息免打扰")).to_be_visible()
        # Two are unread, and one of them counts.
        await expect(page).to_have_title(re.compile(r"^\(1\) "))
    await accessible(desk)
    await choose(desk, "陈默", "归档")
    for page in (desk, phone):
        await expect(titles(page)).to_have_text([re.compile("周末试驾")])
    await phone.get_by_role("button", name="已归档 1").click()
    await expect(row(phone, "陈默")).to_be_visible()
    await accessible(phone)
    await chen.say(talk, "看到了吗")
    await expect(phone.get_by_text("没有归档的会话")).to_be_visible()
    await phone.get_by_role("button", name="回到全部会话").click()
    for page in (desk, phone):
        await expect(titles(page)).to_have_text([re.compile("陈默"), re.compile("周末试驾")])


async def test_what_is_muted_stays_archived_and_all_is_undone_where_it_was_done(
    open_page: OpenPage, lin: Member, chen: Member
) -> None:
    talk = await lin.direct(chen)
    await chen.say(talk, "在吗")
    page = await open_page(lin, f"/chats/{talk['id']}")
    await page.get_by_role("button", name="会话详情").click()
    mine = page.get_by_role("group", name="只对自己生效的设置")
    for switch in ("消息免打扰", "归档"):
        await mine.get_by_role("switch", name=switch).click()
        await expect(mine.get_by_role("switch", name=switch)).to_be_checked()
    await page.goto("/chats")
    await chen.say(talk, "看到了吗")
    await page.get_by_role("button", name="已归档 1").click()
    await expect(row(page, "陈默")).to_contain_text("看到了吗")
    await choose(page, "陈默", "移出归档")
    await page.get_by_role("button", name="回到全部会话").click()
    await choose(page, "陈默", "允许消息提醒")
    await expect(page).to_have_title(re.compile(r"^\(1\) "))


async def test_what_was_read_can_be_marked_as_unread_until_one_comes_back_to_it(
    open_page: OpenPage, accessible: Accessible, lin: Member, chen: Member
) -> None:
    talk = await lin.direct(chen)
    await chen.say(talk, "合同在附件里")
    page, phone = await open_page(lin, "/chats"), await open_page(lin, "/chats", phone=True)
    await choose(page, "陈默", "标为已读")
    await expect(page).not_to_have_title(re.compile(r"^\("))
    # With the keyboard alone.
    await row(page, "陈默").focus()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menuitem", name="置顶")).to_be_focused()
    await accessible(page)
    await page.get_by_role("menuitem", name="标为未读").press("Enter")
    await expect(page.get_by_role("button", name="陈默，更多操作")).to_be_focused()
    for each in (page, phone):
        await expect(row(each, "陈默")).to_contain_text("标为未读")
        await expect(each).to_have_title(re.compile(r"^\(1\) "))
    await row(phone, "陈默").click()
    await expect(row(page, "陈默")).not_to_contain_text("标为未读")


async def test_a_resting_finger_opens_the_menu_of_a_row(open_page: OpenPage, lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    await chen.say(talk, "在吗")
    page = await open_page(lin, "/chats", phone=True)
    box = await row(page, "陈默").bounding_box()
    assert box
    line = await page.context.new_cdp_session(page)
    point = {"x": box["x"] + 80, "y": box["y"] + 30}
    await line.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    await expect(page.get_by_role("menuitem", name="置顶")).to_be_visible()
    await line.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    await page.get_by_role("menuitem", name="置顶").tap()
    await expect(row(page, "陈默").get_by_label("置顶")).to_be_visible()
    await expect(page).to_have_url(re.compile("/chats$"))


async def test_a_draft_follows_to_the_other_device_and_is_gone_when_it_is_sent(
    open_page: OpenPage, accessible: Accessible, lin: Member, chen: Member
) -> None:
    talk = await lin.direct(chen)
    await chen.say(talk, "周六试驾还有位置吗？")
    desk = await open_page(lin, f"/chats/{talk['id']}")
    phone = await open_page(lin, "/chats", phone=True)
    bubble = messages(desk).get_by_role("listitem").filter(has_text="周六试驾")
    await bubble.hover()
    await bubble.get_by_role("button", name="消息操作").click()
    await desk.get_by_role("menuitem", name="回复").click()
    await field(desk).press_sequentially("上午十点")
    await expect(row(phone, "陈默")).to_contain_text("[草稿] 上午十点")
    await row(phone, "陈默").click()
    await expect(field(phone)).to_have_value("上午十点")
    await expect(phone.get_by_text("回复 陈默")).to_be_visible()
    await accessible(phone)
    # Each sees the other's words, wherever the typing goes on.
    await field(phone).press("End")
    await field(phone).press_sequentially("有")
    await expect(field(desk)).to_have_value("上午十点有")
    await phone.get_by_role("button", name="取消回复").click()
    await expect(desk.get_by_text("回复 陈默")).to_have_count(0)
    await field(desk).press("Enter")
    await expect(messages(phone)).to_contain_text("上午十点有")
    for page in (desk, phone):
        await expect(field(page)).to_have_value("")
    await phone.goto("/chats")
    await expect(row(phone, "陈默")).not_to_contain_text("草稿")


async def test_what_was_typed_without_a_line_is_told_when_it_is_back(
    open_page: OpenPage, lin: Member, chen: Member
) -> None:
    talk = await lin.direct(chen)
    await chen.say(talk, "在吗")
    desk = await open_page(lin, f"/chats/{talk['id']}", expect_errors="ERR_INTERNET_DISCONNECTED")
    await expect(messages(desk)).to_contain_text("在吗")
    await desk.context.set_offline(True)
    await field(desk).press_sequentially("在，刚才没网")
    await desk.context.set_offline(False)
    phone = await open_page(lin, f"/chats/{talk['id']}", phone=True)
    await expect(field(phone)).to_have_value("在，刚才没网")
