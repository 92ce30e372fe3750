"""Calling on people in a group, seen by who calls and by who is called."""

from playwright.async_api import expect

from tests.journeys.conftest import Accessible, OpenPage
from tests.journeys.staff import field, messages, row, say
from tests.people import Member


async def test_a_colleague_is_called_by_pinyin_and_finds_where(
    open_page: OpenPage, accessible: Accessible, lin: Member, chen: Member, zhao: Member
) -> None:
    group = await lin.group("座舱联调", chen, zhao)
    other = await chen.direct(zhao)
    await zhao.say(other, "在忙吗")
    hers = await open_page(lin, f"/chats/{group['id']}")
    his = await open_page(chen, f"/chats/{other['id']}")
    await expect(row(his, "座舱联调")).to_be_visible()

    write = field(hers)
    await write.press_sequentially("@")
    choices = hers.get_by_role("listbox", name="提到谁")
    await expect(choices.get_by_role("option")).to_have_count(3)
    await accessible(hers)
    await write.press_sequentially("chenm")
    await expect(choices.get_by_role("option")).to_have_count(1)
    await write.press("Enter")
    await expect(write).to_have_value("@陈默 ")
    await write.press_sequentially("屏幕又黑了")
    await write.press("Enter")
    await expect(messages(hers).get_by_text("屏幕又黑了")).to_be_visible()
    await expect(row(his, "座舱联调")).to_contain_text("[有人@我]")

    # Much is said before he looks: the newest is in sight, the call is not.
    for number in range(40):
        await zhao.say(group, f"日志第{number}段")
    await row(his, "座舱联调").click()
    jump = his.get_by_role("button", name="有人@我")
    await expect(jump).to_be_visible()
    await accessible(his)
    await jump.click()
    await expect(messages(his).get_by_text("屏幕又黑了")).to_be_in_viewport()
    await expect(jump).to_have_count(0)
    await expect(row(his, "座舱联调")).not_to_contain_text("[有人@我]")


async def test_calling_on_everybody_is_asked_about_first(
    open_page: OpenPage, accessible: Accessible, lin: Member, chen: Member, zhao: Member
) -> None:
    group = await lin.group("座舱联调", chen, zhao)
    await lin.say(group, "大家好")
    hers = await open_page(lin, f"/chats/{group['id']}")
    his = await open_page(chen, "/chats")
    write = field(hers)
    await write.press_sequentially("@suo")
    await hers.get_by_role("option", name="所有人").click()
    await expect(write).to_have_value("@所有人 ")
    await say(hers, "@所有人 十点开会")
    dialog = hers.get_by_role("dialog", name="提醒所有人？")
    await expect(dialog).to_contain_text("2 人")
    await accessible(hers)
    await dialog.get_by_role("button", name="取消").click()
    await expect(write).to_have_value("@所有人 十点开会")
    await expect(messages(hers).get_by_text("十点开会")).to_have_count(0)
    await write.press("Enter")
    await dialog.get_by_role("button", name="发送并提醒").click()
    await expect(messages(hers).get_by_text("十点开会")).to_be_visible()
    await expect(write).to_have_value("")
    await expect(row(his, "座舱联调")).to_contain_text("[有人@我]")
