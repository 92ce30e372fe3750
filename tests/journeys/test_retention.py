"""An administrator lets old messages go, having seen how many; those who look at them see them go."""

from playwright.async_api import expect

from hutong.core.db import Database
from tests.journeys.conftest import Accessible, OpenPage
from tests.journeys.staff import messages, row, say
from tests.messaging.test_retention import age
from tests.people import Consumer, Member


async def test_an_administrator_sees_what_a_rule_removes_and_it_goes_from_every_screen(
    open_page: OpenPage, accessible: Accessible, db: Database, lin: Member, zhao: Member, chen: Member, wu: Consumer
) -> None:
    talk = await lin.direct(chen)
    for text in ("去年的事", "去年的另一件事"):
        await lin.say(talk, text)
    await age(db, talk, 2)
    await lin.say(talk, "今天的事")
    await wu.walk_in(await lin.way(), "很早以前的问题")
    await age(db, (await lin.customers())[0]["conversation_id"], 9)
    page = await open_page(chen, f"/chats/{talk['id']}")
    customer = await open_page(wu, f"/c/{wu.way}", phone=True)
    await expect(messages(page).get_by_text("去年的事")).to_be_visible()
    await expect(customer.get_by_text("很早以前的问题")).to_be_visible()

    for phone in (True, False):
        admin = await open_page(zhao, "/admin/retention", phone=phone)
        await admin.get_by_label("同事之间的聊天和公告").select_option("30 天")
        await admin.get_by_label("和客户的会话").select_option("30 天")
        await accessible(admin)
        await admin.get_by_role("button", name="查看影响").click()
        dialog = admin.get_by_role("dialog")
        await expect(dialog).to_contain_text("删除 3 条消息？")
        await expect(dialog).to_contain_text("1 个会话里的 2 条消息")
        await accessible(admin)
        await dialog.get_by_role("button", name="取消" if phone else "删除并更新").click()
        await expect(dialog).to_have_count(0)
    await expect(admin.get_by_text("赵敏 于")).to_be_visible()
    await expect(admin.get_by_role("button", name="查看影响")).to_be_disabled()

    await expect(messages(page).get_by_text("去年的事")).to_have_count(0)
    await expect(messages(page).get_by_role("listitem").first).to_have_text("更早的消息已按企业的保存期限删除")
    await expect(messages(page).get_by_text("今天的事")).to_be_visible()
    await accessible(page)
    await say(page, "接着说")
    await page.reload()
    await expect(messages(page).get_by_role("listitem").first).to_have_text("更早的消息已按企业的保存期限删除")
    await expect(messages(page).get_by_text("接着说")).to_be_visible()
    await expect(row(page, "林晓")).to_be_visible()
    await expect(customer.get_by_text("更早的消息已过保存期限")).to_be_visible()
    await expect(customer.get_by_text("很早以前的问题")).to_have_count(0)
    await wu.say("新的问题")
    await expect(customer.get_by_text("新的问题")).to_be_visible()
