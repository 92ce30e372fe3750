"""What one does with a message once it is said, seen by both who talk: answer, edit, take back, react."""

import re

from playwright.async_api import expect

from tests.journeys.conftest import Accessible, OpenPage
from tests.journeys.staff import bubble, choose, row, say
from tests.people import Consumer, Member


async def test_two_who_talk_answer_edit_recall_and_react(
    open_page: OpenPage, accessible: Accessible, lin: Member, chen: Member
) -> None:
    talk = await lin.direct(chen)
    await lin.say(talk, "周六试驾还有位置吗？")
    hers = await open_page(lin, f"/chats/{talk['id']}")
    his = await open_page(chen, f"/chats/{talk['id']}")
    field = his.get_by_role("textbox", name="输入消息")

    await choose(his, "周六试驾", "回复")
    await expect(his.get_by_text("回复 林晓")).to_be_visible()
    await expect(field).to_be_focused()
    await his.keyboard.press("Escape")
    await expect(his.get_by_text("回复 林晓")).to_have_count(0)
    await choose(his, "周六试驾", "回复")
    await say(his, "上午十点有")
    answer = bubble(hers, "上午十点有")
    await expect(answer.get_by_role("button", name=re.compile("回复 我：周六试驾还有位置吗？"))).to_be_visible()

    await field.fill("写到一半")
    await choose(his, "上午十点有", "编辑")
    await expect(field).to_have_value("上午十点有")
    await field.fill("上午十一点有")
    await field.press("Enter")
    await expect(field).to_have_value("写到一半")
    await expect(bubble(hers, "上午十一点有")).to_be_visible()
    await bubble(hers, "上午十一点有").get_by_role("button", name="已编辑").click()
    dialog = hers.get_by_role("dialog", name="编辑记录")
    await expect(dialog.get_by_role("listitem")).to_have_text([re.compile("上午十一点有"), re.compile("上午十点有")])
    await accessible(hers)
    await hers.keyboard.press("Escape")

    await choose(hers, "上午十一点有", "用 👍 回应")
    chip = bubble(his, "上午十一点有").get_by_role("button", name="👍：林晓")
    await expect(chip).to_have_attribute("aria-pressed", "false")
    await chip.click()
    mine = bubble(hers, "上午十一点有").get_by_role("button", name="👍：我、陈默")
    await expect(mine).to_have_attribute("aria-pressed", "true")
    await accessible(hers)

    await field.fill("")
    await say(his, "电话是 13800000000")
    await expect(bubble(hers, "13800000000")).to_be_visible()
    await choose(his, "13800000000", "撤回")
    await expect(hers.get_by_text("陈默 撤回了一条消息").last).to_be_visible()
    await expect(bubble(hers, "13800000000")).to_have_count(0)
    await expect(row(hers, "陈默")).to_contain_text("陈默 撤回了一条消息")
    await expect(his.get_by_text("你撤回了一条消息").last).to_be_visible()
    await his.get_by_role("button", name="重新编辑").click()
    await expect(field).to_have_value("电话是 13800000000")
    await accessible(his)


async def test_what_is_too_late_is_not_offered_and_what_was_missed_is_found(
    open_page: OpenPage, lin: Member, chen: Member
) -> None:
    talk = await lin.direct(chen)
    await chen.say(talk, "明天见")
    hers = await open_page(lin, f"/chats/{talk['id']}")
    await expect(bubble(hers, "明天见")).to_be_visible()
    await bubble(hers, "明天见").hover()
    await bubble(hers, "明天见").get_by_role("button", name="消息操作").click()
    await expect(hers.get_by_role("menuitem", name="回复")).to_be_visible()
    await expect(hers.get_by_role("menuitem", name="撤回")).to_have_count(0)
    await expect(hers.get_by_role("menuitem", name="编辑")).to_have_count(0)
    await hers.keyboard.press("Escape")
    await hers.context.set_offline(True)
    await chen.patch(f"/api/conversations/{talk['id']}/messages/1", {"text": "后天见"})
    await hers.context.set_offline(False)
    await expect(bubble(hers, "后天见")).to_be_visible()


async def test_a_customer_sees_what_happens_to_words_and_takes_back_their_own(
    open_page: OpenPage, accessible: Accessible, lin: Member, wu: Consumer
) -> None:
    said = await wu.walk_in(await lin.way(), "您好，周六可以试驾吗？")
    talk = said["conversation_id"]
    answer = await lin.say(talk, "可以的，上午十点方便吗？", answers=said["seq"])
    await wu.put(f"{wu.door}/messages/{answer['seq']}/reactions/👌")
    page = await open_page(wu, f"/c/{wu.door.rsplit('/', 1)[-1]}", phone=True)
    log = page.get_by_role("log", name="对话")
    await expect(log.get_by_role("listitem").filter(has_text="上午十点")).to_contain_text("您好，周六可以试驾吗？")
    chip = log.get_by_role("button", name="👌，1 人")
    await expect(chip).to_have_attribute("aria-pressed", "true")
    await chip.click()
    await expect(chip).to_have_count(0)

    await page.get_by_role("textbox", name="输入消息").fill("电话 13800000000")
    await page.get_by_role("button", name="发送", exact=True).click()
    hers = await open_page(lin, f"/chats/{talk}")
    await expect(bubble(hers, "13800000000")).to_be_visible()
    await log.get_by_role("button", name="撤回").last.click()
    await expect(log.get_by_text("您撤回了一条消息")).to_be_visible()
    await expect(bubble(hers, "13800000000")).to_have_count(0)

    await choose(hers, "上午十点", "编辑")
    await hers.get_by_role("textbox", name="输入消息").fill("周日上午十点方便吗？")
    await hers.keyboard.press("Enter")
    await expect(log.get_by_text("周日上午十点方便吗？")).to_be_visible()
    await expect(log.get_by_text("已编辑")).to_be_visible()
    await accessible(page)
