"""Colleagues talk: two browsers, and what each of them sees of the other."""

import asyncio
import re
from pathlib import Path

from playwright.async_api import Locator, Page, expect

from tests.journeys.composition import compose_a_word
from tests.journeys.conftest import OpenPage
from tests.journeys.pictures import paper, photo
from tests.journeys.staff import field, messages, row, say, seqs, type_until
from tests.people import Json, Member

# Brings a message near the top of the window, and tells where it stands before anything more has come.
SCROLL_TO = "row => (row.scrollIntoView({block: 'start'}), row.getBoundingClientRect().top)"
TOP = "row => row.getBoundingClientRect().top"


async def open_talk(open_page: OpenPage, one: Member, other: Member) -> tuple[Page, Page, Json]:
    """Both look at their conversation; how far it is."""
    talk = await one.direct(other)
    mine = await open_page(one, f"/chats/{talk['id']}")
    theirs = await open_page(other, f"/chats/{talk['id']}")
    for page in (mine, theirs):
        await expect(page.get_by_role("button", name="会话详情")).to_be_visible()
    return mine, theirs, talk


def last(page: Page) -> Locator:
    return messages(page).locator("[data-seq]").last


async def talk_of(lin: Member, zhao: Member, count: int) -> Json:
    """A conversation with a past."""
    talk = await lin.direct(zhao)
    async with lin.socket() as socket:
        for number in range(1, count + 1):
            await socket.say(talk, f"第 {number} 句")
    return talk


async def test_a_chat_begins_in_the_directory_and_says_when_it_was_read(
    open_page: OpenPage, lin: Member, zhao: Member
) -> None:
    talk = await zhao.direct(lin)
    await zhao.say(talk, "在吗")
    await zhao.read(talk, 1)
    mine, theirs = await open_page(lin, "/directory"), await open_page(zhao, "/customers")
    await mine.get_by_role("combobox", name="搜索同事").fill("zm")
    await mine.get_by_role("option", name=re.compile("赵敏")).click()
    await mine.get_by_role("button", name="发消息").click()
    await field(mine).press_sequentially("周末的试驾")
    await mine.keyboard.press("Shift+Enter")
    await field(mine).press_sequentially("<b>排</b>好了")
    await mine.keyboard.press("Enter")
    # The echo is there at once; it is sent; and it is read when she looks, not before.
    await expect(messages(mine)).to_contain_text("周末的试驾\n<b>排</b>好了", use_inner_text=True)
    await expect(field(mine)).to_have_value("")
    await expect(last(mine)).to_contain_text("已发送")

    await expect(theirs).to_have_title(re.compile(r"^\(1\) "))
    await expect(theirs.get_by_role("link", name=re.compile("^消息.*1 条未读"))).to_be_visible()
    await expect(last(mine)).not_to_contain_text("已读")
    await theirs.get_by_role("link", name=re.compile("^消息")).click()
    await expect(row(theirs, "林晓")).to_contain_text("1 条未读")
    await row(theirs, "林晓").click()
    await expect(messages(theirs).get_by_text("以下是未读消息")).to_be_visible()
    await expect(last(mine)).to_contain_text("已读")
    await expect(row(theirs, "林晓")).not_to_contain_text("条未读")
    await expect(theirs).to_have_title("蓝汀汽车")


async def test_two_colleagues_see_each_other_type_and_talk(open_page: OpenPage, lin: Member, zhao: Member) -> None:
    mine, theirs, _ = await open_talk(open_page, lin, zhao)
    await type_until(field(mine), "写", theirs.get_by_text("林晓 正在输入…"))
    await field(mine).fill("在写")
    await mine.get_by_role("button", name="表情", exact=True).click()
    await mine.get_by_role("toolbar", name="表情列表").get_by_role("button", name="👍").click()
    await expect(field(mine)).to_have_value("在写👍")
    await expect(field(mine)).to_be_focused()
    await mine.get_by_role("button", name="发送", exact=True).click()
    await expect(messages(theirs)).to_contain_text("在写👍")
    await expect(theirs.get_by_text("林晓 正在输入…")).to_have_count(0)
    await say(theirs, "收到")
    await expect(messages(mine)).to_contain_text("收到")
    assert await seqs(mine) == await seqs(theirs) == [1, 2]


async def test_pictures_and_files_arrive_and_open(
    open_page: OpenPage, lin: Member, zhao: Member, tmp_path: Path
) -> None:
    mine, theirs, _ = await open_talk(open_page, lin, zhao)
    await mine.locator("input[type=file]").set_input_files([photo(), paper()])
    waiting = mine.get_by_role("list", name="待发送的附件")
    await expect(waiting.get_by_role("listitem")).to_have_count(2)
    await say(mine, "现场照片和合同")
    picture = theirs.get_by_role("button", name="查看图片 现场.jpg")
    await expect(waiting).to_have_count(0)
    # What is shown in the talk is the small one.
    await expect(picture.locator("img")).to_have_js_property("complete", True)
    assert (await picture.locator("img").get_attribute("src") or "").endswith("/thumbnail")
    assert await picture.locator("img").evaluate("image => image.naturalWidth") <= 480
    await picture.click()
    full = theirs.get_by_role("dialog", name="查看图片")
    await expect(full.get_by_role("img", name="现场.jpg")).to_have_js_property("naturalWidth", 1600)
    await theirs.keyboard.press("Escape")
    await expect(full).to_have_count(0)
    await expect(picture).to_be_focused()

    async with theirs.expect_download() as coming:
        await theirs.get_by_role("link", name=re.compile(r"^下载文件 试驾合同\.pdf，")).click()
    download = await coming.value
    assert download.suggested_filename == "试驾合同.pdf"
    await download.save_as(tmp_path / "saved.pdf")
    assert (tmp_path / "saved.pdf").read_bytes() == paper()["buffer"]
    await expect(messages(theirs)).to_contain_text("现场照片和合同")
    await expect(mine.locator("[data-mark=read]").last).to_be_visible()


async def test_older_messages_come_as_one_scrolls_up_and_nothing_jumps(
    open_page: OpenPage, lin: Member, zhao: Member
) -> None:
    talk = await talk_of(lin, zhao, 150)
    page = await open_page(zhao, f"/chats/{talk['id']}")
    await expect(messages(page).get_by_text("第 150 句")).to_be_in_viewport()
    loaded = await seqs(page)
    assert loaded == list(range(loaded[0], 151))
    assert loaded[0] > 50, "only the newest page is fetched at first"
    region = page.get_by_role("region", name="聊天记录")
    while (await seqs(page))[0] > 1:
        before = (await seqs(page))[0]
        held = messages(page).locator(f'[data-seq="{before + 5}"]')
        top = await held.evaluate(SCROLL_TO)
        await expect(messages(page).locator(f'[data-seq="{before - 1}"]')).to_be_attached()
        assert abs(await held.evaluate(TOP) - top) <= 1, "what one reads was pushed away by what came above it"
    assert await seqs(page) == list(range(1, 151))
    await region.hover()
    await page.mouse.wheel(0, -100_000)
    await expect(messages(page).get_by_text("第 1 句", exact=True)).to_be_in_viewport()

    # Somebody speaks meanwhile: the page stays where it is, and says so.
    first = messages(page).locator('[data-seq="1"]')
    top = await first.evaluate(TOP)
    await lin.say(talk, "最新的一句")
    await expect(page.get_by_text("1 条新消息")).to_be_visible()
    assert abs(await first.evaluate(TOP) - top) <= 1
    await page.get_by_role("button", name=re.compile("^回到最新消息")).click()
    await expect(messages(page).get_by_text("最新的一句")).to_be_in_viewport()


async def test_a_link_leads_straight_to_a_message(open_page: OpenPage, lin: Member, zhao: Member) -> None:
    talk = await talk_of(lin, zhao, 500)
    page = await open_page(zhao, f"/chats/{talk['id']}/20")
    marked = messages(page).locator("[data-marked]")
    await expect(marked).to_have_attribute("data-seq", "20")
    await expect(marked).to_be_in_viewport()
    await expect(marked).to_contain_text("第 20 句")
    await expect(messages(page).get_by_text("第 500 句")).to_have_count(0)

    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    other = messages(page).locator('[data-seq="22"]')
    await other.hover()
    await other.get_by_role("button", name="消息操作").click()
    await page.get_by_role("menuitem", name="复制消息链接").click()
    link = await page.evaluate("navigator.clipboard.readText()")
    assert link.endswith(f"/chats/{talk['id']}/22")
    await page.goto(link)
    await expect(marked).to_have_attribute("data-seq", "22")
    # From the past to the present: down to the end without a hole, or by one press.
    await page.get_by_role("button", name=re.compile("^回到最新消息")).click()
    await expect(messages(page).get_by_text("第 500 句")).to_be_in_viewport()
    await page.goto("/chats/4611686018427387904")
    await expect(page.get_by_text("找不到这个会话")).to_be_visible()


async def test_a_group_is_made_renamed_joined_and_left(
    open_page: OpenPage, lin: Member, zhao: Member, chen: Member
) -> None:
    mine, theirs, third = await asyncio.gather(*(open_page(who, "/chats") for who in (lin, zhao, chen)))
    await mine.get_by_role("button", name="发起聊天").click()
    dialog = mine.get_by_role("dialog", name="发起聊天")
    for words, name in (("zhaomin", "赵敏"), ("0003", "陈默")):
        await dialog.get_by_role("combobox", name="搜索同事").fill(words)
        await expect(dialog.get_by_role("option", name=re.compile(name))).to_be_visible()
        await dialog.get_by_role("combobox", name="搜索同事").press("Enter")
        await expect(dialog.get_by_role("list", name="已选同事")).to_contain_text(name)
    await dialog.get_by_role("textbox", name="群名称").fill("试驾小组")
    await dialog.get_by_role("button", name="创建群聊（3 人）").click()
    await say(mine, "大家好")
    for page in (theirs, third):
        await row(page, "试驾小组").click()
        await expect(messages(page)).to_contain_text("大家好")

    # Anybody in it may name it; everybody sees the name and who gave it.
    await theirs.get_by_role("button", name="会话详情").click()
    await theirs.get_by_role("textbox", name="群名称").fill("周末试驾")
    await theirs.get_by_role("textbox", name="群名称").press("Enter")
    for page in (mine, third):
        await expect(row(page, "周末试驾")).to_be_visible()
        await expect(messages(page)).to_contain_text(re.compile("赵敏.*周末试驾"))

    # The owner shows somebody out, and may invite them again.
    await mine.get_by_role("button", name="会话详情").click()
    await mine.get_by_role("button", name="对 陈默 的操作").click()
    await mine.get_by_role("menuitem", name="移出群聊").click()
    await mine.get_by_role("button", name="确认移出").click()
    await expect(third.get_by_text("你已不在这个会话中")).to_be_visible()
    await expect(row(third, "周末试驾")).to_have_count(0)
    await expect(mine.get_by_role("list", name="群成员").get_by_role("listitem")).to_have_count(2)
    await mine.get_by_role("button", name="邀请同事").click()
    await mine.get_by_role("dialog", name="邀请同事").get_by_role("combobox").fill("chenmo")
    await mine.get_by_role("option", name=re.compile("陈默")).click()
    await mine.get_by_role("button", name="邀请 1 人").click()
    await expect(row(third, "周末试驾")).to_be_visible()
    await expect(messages(theirs)).to_contain_text(re.compile("林晓.*陈默"))

    # Only the owner has that power; it passes on when the owner leaves.
    await theirs.get_by_role("button", name="对 陈默 的操作").click()
    await expect(theirs.get_by_role("menuitem", name="发消息")).to_be_visible()
    await expect(theirs.get_by_role("menuitem", name="移出群聊")).to_have_count(0)
    await theirs.keyboard.press("Escape")
    await mine.get_by_role("button", name="退出群聊").click()
    await mine.get_by_role("button", name="确认退出").click()
    await expect(mine.get_by_text("选择一个会话开始聊天")).to_be_visible()
    await expect(row(mine, "周末试驾")).to_have_count(0)
    await expect(theirs.get_by_role("list", name="群成员").get_by_text("群主")).to_be_visible()
    await theirs.get_by_role("button", name="对 陈默 的操作").click()
    await expect(theirs.get_by_role("menuitem", name="移出群聊")).to_be_visible()


async def test_the_enter_that_ends_a_chinese_word_sends_nothing(open_page: OpenPage, lin: Member, zhao: Member) -> None:
    mine, theirs, _ = await open_talk(open_page, lin, zhao)
    await compose_a_word(mine, field(mine))
    await mine.keyboard.press("Enter")
    await expect(messages(theirs).locator("[data-seq]")).to_have_count(1)
    await expect(messages(theirs)).to_contain_text("你好")
    await expect(field(mine)).to_have_value("")
