"""Forwarding: one message, several one by one, several as one, read at the other end; by a customer too."""

import re

from playwright.async_api import expect

from tests.journeys.conftest import Accessible, OpenPage
from tests.journeys.staff import bubble, choose, messages, row
from tests.people import Consumer, Member


async def test_several_are_chosen_forwarded_as_one_and_read(
    open_page: OpenPage, accessible: Accessible, lin: Member, chen: Member, zhao: Member
) -> None:
    talk, group = await lin.direct(chen), await lin.group("周会", zhao)
    await chen.say(talk, "屏幕在零下二十度会黑")
    await lin.say(talk, "多久恢复？")
    await chen.send_file(talk, b"t,v", "低温日志.csv")
    hers = await open_page(lin, f"/chats/{talk['id']}")
    his = await open_page(zhao, f"/chats/{group['id']}")
    await choose(hers, "屏幕在零下二十度会黑", "多选")
    bar = hers.get_by_role("toolbar", name="已选的消息")
    await expect(bar).to_contain_text("已选 1 条")
    await expect(bar.get_by_role("button", name="合并转发")).to_be_disabled()
    await hers.get_by_role("checkbox", name="选择我的消息").check()
    await hers.get_by_role("checkbox", name="选择陈默的消息").last.check()
    await expect(bar).to_contain_text("已选 3 条")
    await accessible(hers)
    await bar.get_by_role("button", name="合并转发").click()
    dialog = hers.get_by_role("dialog", name="转发 3 条消息")
    await dialog.get_by_role("combobox").fill("周会")
    await hers.keyboard.press("Enter")
    await dialog.get_by_label("附言").fill("请座舱组看")
    await accessible(hers)
    await dialog.get_by_role("button", name="发送").click()
    await expect(dialog).to_have_count(0)
    await expect(bar).to_have_count(0)

    card = messages(his).get_by_role("button", name=re.compile("陈默 和 林晓 的聊天记录"))
    await expect(card).to_contain_text("陈默：屏幕在零下二十度会黑")
    await expect(card).to_contain_text("[文件] 低温日志.csv")
    await expect(bubble(his, "请座舱组看")).to_be_visible()
    await expect(row(his, "周会")).to_contain_text("请座舱组看")
    await card.click()
    record = his.get_by_role("dialog", name="陈默 和 林晓 的聊天记录")
    await expect(record.get_by_role("listitem")).to_have_count(3)
    await expect(record.get_by_role("link", name=re.compile("低温日志.csv"))).to_be_visible()
    await accessible(his)


async def test_one_is_forwarded_to_a_colleague_found_by_pinyin(
    open_page: OpenPage, lin: Member, chen: Member, zhao: Member
) -> None:
    talk = await lin.direct(chen)
    await chen.say(talk, "周六十点试驾")
    hers = await open_page(lin, f"/chats/{talk['id']}")
    his = await open_page(zhao, "/chats")
    await choose(hers, "周六十点试驾", "转发")
    dialog = hers.get_by_role("dialog", name="转发")
    await dialog.get_by_role("combobox").fill("zhaom")
    await dialog.get_by_role("option", name=re.compile("赵敏")).click()
    await dialog.get_by_role("button", name="发送").click()
    await expect(dialog).to_have_count(0)
    await expect(row(his, "林晓")).to_contain_text("周六十点试驾")


async def test_a_customer_reads_what_was_forwarded_as_one(
    open_page: OpenPage, accessible: Accessible, lin: Member, chen: Member, wu: Consumer
) -> None:
    await wu.walk_in(await lin.way(), "保修多久？")
    customer = (await lin.customers())[0]["conversation_id"]
    talk = await lin.direct(chen)
    await chen.say(talk, "整车三年或十万公里")
    await chen.say(talk, "电池八年")
    wish = {"client_id": "0b2d3e3c-7f7e-4a50-9a55-1d2f6f6f0009", "seqs": [1, 2], "to": [customer], "way": "merged"}
    await lin.post(f"/api/conversations/{talk['id']}/forwards", wish)
    page = await open_page(wu, f"/c/{wu.way}", phone=True)
    await expect(page.get_by_text("陈默的聊天记录")).to_be_visible()
    await page.get_by_role("button", name="查看 2 条聊天记录").click()
    await expect(page.get_by_text("电池八年")).to_be_visible()
    await accessible(page)
