"""Getting about without the mouse: the switcher, and the keys of the chats."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from tests.journeys import staff
from tests.journeys.composition import compose_a_word
from tests.journeys.conftest import Accessible, OpenPage
from tests.people import Json, Member


class Talks:
    def __init__(self, delivery: Json, weekend: Json, direct: Json) -> None:
        self.delivery, self.weekend, self.direct = delivery, weekend, direct


@pytest.fixture
async def talks(lin: Member, zhao: Member, chen: Member) -> Talks:
    """The direct talk is the last that somebody spoke in, then the weekend, then the delivery."""
    delivery = await lin.group("上海交付小组", zhao, chen)
    await zhao.say(delivery, "三台车到了")
    weekend = await lin.group("周末试驾", zhao)
    await zhao.say(weekend, "周六上午")
    direct = await lin.direct(zhao)
    await zhao.say(direct, "合同好了吗")
    return Talks(delivery, weekend, direct)


def field(page: Page) -> Locator:
    return page.get_by_role("combobox", name="跳转到")


def choices(page: Page) -> Locator:
    return page.get_by_role("listbox", name="可以去的地方").get_by_role("option")


async def open_chat(open_page: OpenPage, who: Member, talk: Json) -> Page:
    """With the list there too: what is not known yet no key leads to."""
    page = await open_page(who, f"/chats/{talk['id']}")
    await expect(staff.field(page)).to_be_focused()
    await expect(staff.row(page, "周末试驾")).to_be_visible()
    return page


async def jump(page: Page, typed: str, first: str) -> None:
    await page.keyboard.press("Control+k")
    await field(page).press_sequentially(typed)
    await expect(choices(page).first).to_contain_text(first)
    await page.keyboard.press("Enter")
    await expect(field(page)).to_have_count(0)


def at(talk: Json) -> re.Pattern[str]:
    return re.compile(f"/chats/{talk['id']}$")


async def test_a_few_letters_lead_to_a_chat_a_colleague_or_a_page(
    open_page: OpenPage, accessible: Accessible, talks: Talks, lin: Member
) -> None:
    page = await open_page(lin, "/settings")
    await expect(page.get_by_role("heading", name="设置")).to_be_visible()
    await jump(page, "shjf", "上海交付小组")
    await expect(page).to_have_url(at(talks.delivery))
    await expect(staff.field(page)).to_be_focused()
    # From inside the field too, whatever is half written there.
    await staff.field(page).fill("写到一半")
    await jump(page, "zhoumo", "周末试驾")
    await expect(page).to_have_url(at(talks.weekend))
    # Before a letter is typed: where one has just been, and so there and back.
    await jump(page, "", "上海交付小组")
    await expect(page).to_have_url(at(talks.delivery))
    await expect(staff.field(page)).to_have_value("写到一半")
    await jump(page, "", "周末试驾")
    await expect(page).to_have_url(at(talks.weekend))
    # A colleague with whom there is no talk yet, and a page of the app.
    await page.keyboard.press("Control+k")
    await field(page).press_sequentially("chenmo")
    colleague = page.get_by_role("listbox").get_by_role("group", name="同事").get_by_role("option")
    await expect(colleague).to_contain_text("陈默")
    await accessible(page)
    await colleague.click()
    await expect(page.get_by_role("heading", name="陈默")).to_be_visible()
    await jump(page, "txl", "通讯录")
    await expect(page).to_have_url(re.compile("/directory$"))
    # The last choice looks for the words in what was said.
    await page.keyboard.press("Control+k")
    await field(page).fill("没有人叫这个名字")
    await expect(choices(page)).to_have_text(["在消息里搜索“没有人叫这个名字”"])
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile("/chats"))
    await expect(page.get_by_role("combobox", name="搜索", exact=True)).to_have_value("没有人叫这个名字")
    await expect(page.get_by_role("combobox", name="搜索", exact=True)).to_be_focused()


async def test_the_switcher_opens_and_closes_by_its_key_and_leaves_half_typed_chinese_alone(
    open_page: OpenPage, talks: Talks, lin: Member
) -> None:
    page = await open_chat(open_page, lin, talks.direct)
    await page.keyboard.press("Control+k")
    await expect(field(page)).to_be_focused()
    await expect(choices(page).first).to_contain_text("周末试驾")
    await page.keyboard.press("ArrowUp")
    await expect(choices(page).last).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("Control+k")
    await expect(field(page)).to_have_count(0)
    await page.keyboard.press("Control+k")
    # The Enters of a composition open nothing.
    await compose_a_word(page, field(page))
    await expect(page).to_have_url(at(talks.direct))
    await page.keyboard.press("Escape")
    await expect(field(page)).to_have_count(0)
    # Nor does a key that belongs to an input method.
    await staff.field(page).focus()
    await staff.field(page).evaluate(
        """field => {
            for (const facts of [{isComposing: true}, {keyCode: 229}])
                for (const held of [{key: "k", ctrlKey: true}, {key: "ArrowDown", altKey: true}])
                    field.dispatchEvent(new KeyboardEvent("keydown", {bubbles: true, ...held, ...facts}));
        }"""
    )
    await expect(field(page)).to_have_count(0)
    await expect(page).to_have_url(at(talks.direct))


async def test_keys_lead_from_chat_to_chat_and_to_what_is_unread(
    open_page: OpenPage, talks: Talks, lin: Member, zhao: Member
) -> None:
    await lin.read(talks.weekend, 1)
    page = await open_chat(open_page, lin, talks.direct)
    await page.keyboard.press("Alt+ArrowDown")
    await expect(page).to_have_url(at(talks.weekend))
    await expect(staff.row(page, "周末试驾")).not_to_contain_text("条未读")
    await page.keyboard.press("Alt+ArrowUp")
    await expect(page).to_have_url(at(talks.direct))
    # At the end of the list nothing happens.
    await page.keyboard.press("Alt+ArrowUp")
    await expect(page).to_have_url(at(talks.direct))
    # Over the read one to the unread, and from the last round to the first.
    await page.keyboard.press("Alt+Shift+ArrowDown")
    await expect(page).to_have_url(at(talks.delivery))
    await expect(staff.row(page, "上海交付小组").get_by_text("条未读")).to_have_count(0)
    await zhao.say(talks.direct, "在吗")
    await expect(staff.row(page, "赵敏").get_by_text("1 条未读")).to_have_count(1)
    await page.keyboard.press("Alt+Shift+ArrowDown")
    await expect(page).to_have_url(at(talks.direct))


async def test_escape_ends_reading_and_begins_writing(
    open_page: OpenPage, talks: Talks, lin: Member, zhao: Member
) -> None:
    for number in range(80):
        await zhao.say(talks.direct, f"第 {number} 件事")
    page = await open_page(lin, f"/chats/{talks.direct['id']}/3")
    await expect(staff.messages(page).locator("[data-seq='3'][data-marked=true]")).to_be_in_viewport()
    await expect(staff.row(page, "赵敏").get_by_text("条未读")).to_have_count(1)
    await page.get_by_role("region", name="聊天记录").focus()
    await page.keyboard.press("Escape")
    await expect(staff.messages(page).get_by_text("第 79 件事")).to_be_in_viewport()
    await expect(staff.field(page)).to_be_focused()
    await expect(staff.row(page, "赵敏").get_by_text("条未读")).to_have_count(0)


async def test_arrows_in_an_empty_field_mend_ones_last_words_and_answer_others(
    open_page: OpenPage, talks: Talks, lin: Member, zhao: Member
) -> None:
    await lin.say(talks.direct, "下午给你")
    await zhao.say(talks.direct, "好的")
    page = await open_chat(open_page, lin, talks.direct)
    await expect(staff.messages(page).get_by_text("好的")).to_be_visible()
    await staff.field(page).press("ArrowUp")
    await expect(staff.field(page)).to_have_value("下午给你")
    await expect(page.get_by_text("编辑消息")).to_be_visible()
    await staff.field(page).fill("四点前给你")
    await page.keyboard.press("Enter")
    await expect(staff.messages(page).get_by_text("四点前给你")).to_be_visible()
    await expect(staff.field(page)).to_have_value("")
    # The last that somebody else said, then what they said before it.
    reply = page.get_by_role("status").filter(has_text="回复 赵敏")
    await page.keyboard.press("Control+ArrowUp")
    await expect(reply).to_contain_text("好的")
    await page.keyboard.press("Control+ArrowUp")
    await expect(reply).to_contain_text("合同好了吗")
    # Escape gives up the answer first.
    await page.keyboard.press("Escape")
    await expect(reply).to_have_count(0)
    # With words in the field the arrow is the field's.
    await staff.field(page).fill("写着")
    await page.keyboard.press("ArrowUp")
    await expect(staff.field(page)).to_have_value("写着")


async def test_a_sheet_tells_the_keys_and_a_question_mark_in_a_text_is_a_question_mark(
    open_page: OpenPage, accessible: Accessible, talks: Talks, lin: Member
) -> None:
    page = await open_chat(open_page, lin, talks.direct)
    sheet = page.get_by_role("dialog", name="键盘快捷键")
    await staff.field(page).press_sequentially("到了吗?")
    await expect(staff.field(page)).to_have_value("到了吗?")
    await expect(sheet).to_have_count(0)
    await page.keyboard.press("Control+/")
    await expect(sheet).to_contain_text("下一个、上一个未读会话")
    await accessible(page)
    await page.keyboard.press("Escape")
    await expect(sheet).to_have_count(0)
    await page.get_by_role("region", name="聊天记录").focus()
    await page.keyboard.press("?")
    await expect(sheet).to_be_visible()


async def test_on_a_phone_with_a_keyboard_the_switcher_fills_the_screen(
    open_page: OpenPage, accessible: Accessible, talks: Talks, lin: Member
) -> None:
    page = await open_page(lin, "/chats", phone=True, scheme="dark", language="en")
    await expect(page.get_by_role("link", name="周末试驾")).to_be_visible()
    await page.keyboard.press("Control+k")
    await page.get_by_role("combobox", name="Go to").fill("zhoumo")
    await expect(page.get_by_role("option").first).to_contain_text("周末试驾")
    await accessible(page)
    await page.get_by_role("option").first.tap()
    await expect(page).to_have_url(at(talks.weekend))


async def test_groups_are_found_by_pinyin_in_the_search_too(open_page: OpenPage, talks: Talks, lin: Member) -> None:
    page = await open_page(lin, "/chats")
    await page.get_by_role("combobox", name="搜索", exact=True).fill("shanghaijf")
    found = page.get_by_role("listbox", name="搜索结果").get_by_role("group", name="会话").get_by_role("option")
    await expect(found).to_have_text(re.compile("上海交付小组"))
    await expect(found.locator("mark")).to_have_text("上海交付")
