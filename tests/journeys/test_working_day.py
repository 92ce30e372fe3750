"""One day of five people, two of them customers: what each feature does while the others are in use.

Ms Wu's screen goes black, and by evening she knows why: from her phone to the seller's desk, the group, the engineer
and back. Every page stays open all day.
"""

import re
from typing import NamedTuple

from playwright.async_api import Page, expect

from tests.journeys.conftest import Accessible, OpenPage
from tests.journeys.pictures import photo
from tests.journeys.staff import bubble, choose, field, messages, row, say, seqs
from tests.people import Consumer, Json, Member


class Day(NamedTuple):
    """The pages that stay open, and where the colleagues talk."""

    group: Json
    manager: Page
    desk: Page
    engineer: Page
    owner: Page


async def test_five_people_live_a_day_in_it(
    open_page: OpenPage, accessible: Accessible,
    lin: Member, zhao: Member, chen: Member, wu: Consumer, qian: Consumer,
) -> None:  # fmt: skip
    way, group = await lin.way(), await zhao.group("门店与座舱", lin, chen)
    at = f"/chats/{group['id']}"
    day = Day(
        group=group,
        manager=await open_page(zhao, at),
        desk=await open_page(lin, "/chats"),
        engineer=await open_page(chen, at, phone=True, scheme="dark", expect_errors="ERR_INTERNET_DISCONNECTED"),
        owner=await open_page(wu, f"/c/{way}", phone=True),
    )
    await the_manager_tells_the_day(day)
    await customer_says(day.owner, "开到一半中控黑屏了")
    await day.owner.locator("input[type=file]").set_input_files(photo("黑屏.jpg"))
    await expect(row(day.desk, "访客")).to_contain_text("2 条未读")
    [fault] = [it["id"] for it in await lin.inbox() if it["kind"] == "customer"]
    # Another customer at the same door sees nothing of it.
    other = await open_page(qian, f"/c/{way}", phone=True)
    await customer_says(other, "请问续航多少？")
    await expect(row(day.desk, "访客")).to_have_count(2)
    await expect(other.get_by_text("黑屏")).to_have_count(0)

    await the_seller_asks_the_others(day, fault)
    await the_engineer_answers_on_a_bad_line(day)
    await they_work_it_out(day)
    await the_customer_is_helped(day, fault)
    await half_a_sentence_moves_to_the_phone(day, await open_page(lin, f"/chats/{fault}", phone=True))
    await it_is_found_in_the_evening(day)
    for page, who in ((day.manager, zhao), (day.engineer, chen)):
        await stands_as_it_was_said(page, who, group)
    for page in day[1:]:
        await accessible(page)


async def customer_says(page: Page, text: str) -> None:
    await page.get_by_role("textbox", name="输入消息").fill(text)
    await page.get_by_role("button", name="发送", exact=True).click()
    await expect(page.get_by_text("已发送").or_(page.get_by_text("已读")).last).to_be_visible()


async def the_manager_tells_the_day(day: Day) -> None:
    await day.manager.get_by_role("button", name="会话详情").click()
    await day.manager.get_by_role("button", name="写公告").click()
    await day.manager.get_by_role("textbox", name="群公告内容").fill("今天交车三台，**钥匙**在前台")
    await day.manager.get_by_role("button", name="发布公告").click()
    await row(day.desk, "门店与座舱").click()
    for page in (day.engineer, day.desk):
        await expect(page.get_by_text("今天交车三台")).to_be_visible()


async def the_seller_asks_the_others(day: Day, fault: str) -> None:
    """The customer hears at once that somebody is there; what she said goes on as it was said, with its picture."""
    desk = day.desk
    await desk.goto(f"/chats/{fault}")
    await say(desk, "您先靠边停车，我马上问工程师")
    await expect(day.owner.get_by_text("我马上问工程师")).to_be_visible()
    await expect(bubble(desk, "我马上问工程师")).to_contain_text("已读")
    await choose(desk, "开到一半中控黑屏了", "多选")
    await desk.get_by_role("checkbox", name=re.compile("选择访客.*的消息")).last.check()
    await desk.get_by_role("toolbar", name="已选的消息").get_by_role("button", name="合并转发").click()
    dialog = desk.get_by_role("dialog", name="转发 2 条消息")
    await dialog.get_by_role("combobox").fill("mend")
    await dialog.get_by_role("option", name=re.compile("门店与座舱")).click()
    await dialog.get_by_role("button", name="发送").click()
    await expect(dialog).to_have_count(0)
    await row(desk, "门店与座舱").click()
    await field(desk).press_sequentially("@chenm")
    await desk.get_by_role("option", name=re.compile("陈默")).click()
    await field(desk).press_sequentially("车主在路边等")
    await field(desk).press("Enter")
    await expect(bubble(day.engineer, "车主在路边等")).to_be_visible()
    await expect(bubble(day.manager, "的聊天记录")).to_contain_text("[图片]")


async def the_engineer_answers_on_a_bad_line(day: Day) -> None:
    """Nothing is lost, nothing comes twice."""
    await day.engineer.context.set_offline(True)
    await field(day.engineer).fill("长按电源键十秒：\n```\nreset --display\n```")
    await field(day.engineer).press("Enter")
    await say(day.engineer, "还黑就断电")
    await expect(bubble(day.engineer, "还黑就断电")).to_be_visible()
    await day.engineer.context.set_offline(False)
    await expect(bubble(day.desk, "还黑就断电")).to_be_visible()
    await expect(messages(day.desk).locator("pre")).to_have_text("reset --display")


async def they_work_it_out(day: Day) -> None:
    """Reaction, pin, answer, edit: each seen by the others while they do something else."""
    await choose(day.manager, "长按电源键十秒", "用 👍 回应")
    await choose(day.manager, "长按电源键十秒", "置顶消息")
    await expect(bubble(day.engineer, "长按电源键十秒").get_by_role("button", name="👍：赵敏")).to_be_visible()
    await choose(day.desk, "还黑就断电", "回复")
    await say(day.desk, "断电要多久？")
    answered = bubble(day.engineer, "断电要多久").get_by_role("button", name=re.compile("还黑就断电"))
    await expect(answered).to_be_visible()
    await say(day.engineer, "五分种")
    await expect(bubble(day.desk, "五分种")).to_be_visible()
    await field(day.engineer).press("ArrowUp")
    await expect(field(day.engineer)).to_have_value("五分种")
    await say(day.engineer, "五分钟")
    await expect(bubble(day.desk, "五分钟")).to_contain_text("已编辑")
    await choose(day.desk, "五分钟", "收藏")


async def the_customer_is_helped(day: Day, fault: str) -> None:
    await day.desk.goto(f"/chats/{fault}")
    await choose(day.desk, "开到一半中控黑屏了", "回复")
    await say(day.desk, "长按电源键十秒，再断电五分钟")
    await expect(day.owner.get_by_text("再断电五分钟")).to_be_visible()
    await customer_says(day.owner, "好了！谢谢")
    await expect(bubble(day.desk, "好了！谢谢")).to_be_visible()


async def half_a_sentence_moves_to_the_phone(day: Day, phone: Page) -> None:
    """Begun at the desk, ended and sent on the phone; then it was too early, and is taken back."""
    await field(day.desk).fill("下午三点给您回")
    await expect(field(phone)).to_have_value("下午三点给您回")
    await field(phone).press_sequentially("电话")
    await phone.get_by_role("button", name="发送", exact=True).click()
    await expect(day.owner.get_by_text("下午三点给您回电话")).to_be_visible()
    await expect(field(day.desk)).to_have_value("")
    await choose(day.desk, "下午三点给您回电话", "撤回")
    await expect(day.owner.get_by_text("下午三点给您回电话")).to_have_count(0)


async def it_is_found_in_the_evening(day: Day) -> None:
    await day.manager.get_by_role("combobox", name="搜索", exact=True).fill("断电")
    await day.manager.get_by_role("option", name=re.compile("还黑就断电")).click()
    await expect(bubble(day.manager, "还黑就断电").first).to_be_in_viewport()


async def stands_as_it_was_said(page: Page, who: Member, group: Json) -> None:
    """On the screen is what the server has: every place once, in order."""
    last = (await who.messages(group))[-1]["seq"]
    await expect(messages(page).locator(f"[data-seq='{last}']")).to_be_visible()
    found = await seqs(page)
    assert found == list(range(found[0], last + 1))
