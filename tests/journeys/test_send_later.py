"""Words that are written now and said later, from the arrow beside the send button to the reader's screen."""

from datetime import timedelta

from playwright.async_api import Locator, Page, expect

from hutong.core import clock
from tests.journeys.conftest import Accessible, OpenPage
from tests.journeys.staff import field, messages
from tests.people import Member


def rows(page: Page) -> Locator:
    return page.get_by_role("list", name="定时消息").get_by_role("listitem")


async def do(page: Page, text: str, deed: str) -> None:
    await page.get_by_role("button", name=f"定时消息操作：{text}").click()
    await page.get_by_role("menuitem", name=deed).click()


async def test_what_is_written_now_is_said_later_and_may_be_changed_sent_or_dropped_until_then(
    open_page: OpenPage, accessible: Accessible, lin: Member, chen: Member, zhao: Member
) -> None:
    talk = await lin.direct(chen)
    await chen.say(talk, "图纸什么时候给？")
    page = await open_page(lin, f"/chats/{talk['id']}")
    phone = await open_page(lin, f"/chats/{talk['id']}", phone=True)

    # By the key: tomorrow morning.
    await field(page).fill("明早给你")
    await page.keyboard.press("Control+Shift+Enter")
    await accessible(page)
    await page.get_by_role("menuitem", name="明天 09:00").click()
    await expect(field(page)).to_have_value("")
    bar = page.get_by_role("button", name="定时消息：明天 09:00")
    await expect(bar).to_be_visible()
    # On the phone, where the microphone was; at a time of one's own.
    await field(phone).fill("周五还有一版")
    await phone.get_by_role("button", name="定时发送").click()
    await phone.get_by_role("menuitem", name="其他时间…").click()
    at = (clock.now() + timedelta(hours=8, days=3)).strftime("%Y-%m-%d")
    await phone.get_by_label("日期").fill("2020-01-01")
    await phone.get_by_role("dialog").get_by_role("button", name="定时发送").click()
    await expect(phone.get_by_role("alert")).to_contain_text("一分钟之后")
    await phone.get_by_label("日期").fill(at)
    await phone.get_by_label("时间").fill("10:30")
    await accessible(phone)
    await phone.get_by_role("dialog").get_by_role("button", name="定时发送").click()

    # Both devices know both; one is sent at once, in other words, one is dropped.
    for device in (page, phone):
        await expect(device.get_by_role("button", name="2 条定时消息")).to_be_visible()
    await page.get_by_role("button", name="2 条定时消息").click()
    await expect(rows(page)).to_have_count(2)
    await accessible(page)
    await do(page, "明早给你", "修改内容和时间")
    await page.get_by_role("textbox", name="内容").fill("今天就给你")
    await page.get_by_role("button", name="保存").click()
    await do(page, "今天就给你", "立即发送")
    await expect(rows(page)).to_have_count(1)
    await page.keyboard.press("Escape")
    await expect(messages(phone).get_by_text("今天就给你")).to_be_visible()

    # All of them stand above the chats, with what could not be said and why.
    group = await zhao.group("项目", lin)
    wish = {"client_id": "7d0c7b3e-5a5c-4b57-8f2e-0d6f3d1f0a11", "text": "项目的话"}
    send_at = (clock.now() + timedelta(hours=1)).isoformat()
    await lin.post(f"/api/conversations/{group['id']}/scheduled-messages", wish | {"send_at": send_at})
    await zhao.delete(f"/api/conversations/{group['id']}/participants/{lin.id}")
    with clock.travel(timedelta(hours=1)):
        await expect(page.get_by_text("有定时消息没有发出")).to_be_visible()
    await page.get_by_role("button", name="定时消息，2 条").click()
    await expect(rows(page).filter(has_text="项目的话")).to_contain_text("你已不在这个会话中")
    await accessible(page)
    await do(page, "项目的话", "删除")
    await do(page, "周五还有一版", "删除")
    await expect(page.get_by_text("没有定时消息", exact=True)).to_be_visible()
    await expect(phone.get_by_role("button", name="定时消息：")).to_have_count(0)
