"""Asking for somebody's eyes now, from a message's menu to the strip that stays until they confirm."""

from playwright.async_api import expect

from tests.journeys.conftest import Accessible, OpenPage
from tests.journeys.staff import messages
from tests.people import Member


async def test_who_is_nudged_sees_it_wherever_they_are_until_they_confirm_and_the_author_sees_that(
    open_page: OpenPage, accessible: Accessible, lin: Member, chen: Member, zhao: Member
) -> None:
    group = await zhao.group("交付", lin, chen)
    await zhao.say(group, "客户到店了，谁在？")
    page = await open_page(zhao, f"/chats/{group['id']}")
    phone = await open_page(lin, "/directory", phone=True)
    desk = await open_page(lin, "/settings")
    others = await open_page(chen, "/chats")
    await expect(desk.get_by_text("免打扰时段")).to_be_visible()

    said = messages(page).locator("[data-seq]").filter(has_text="客户到店了")
    await said.hover()
    await said.get_by_role("button", name="消息操作").click()
    await page.get_by_role("menuitem", name="加急提醒").click()
    await expect(page.get_by_role("list", name="没有读的人").get_by_role("listitem")).to_have_count(2)
    await page.get_by_role("checkbox", name="陈默").uncheck()
    await accessible(page)
    await page.get_by_role("button", name="加急提醒 1 人").click()
    mark = page.get_by_role("button", name="加急 0/1 已确认")
    await expect(mark).to_be_visible()

    # Wherever she is, on each device; he, who was not chosen, sees nothing of it.
    for device in (phone, desk):
        strip = device.get_by_role("alert", name="加急消息")
        await expect(strip).to_contain_text("赵敏 在“交付”加急提醒你")
        await expect(strip).to_contain_text("客户到店了，谁在？")
        await accessible(device)
    await expect(others.get_by_role("alert", name="加急消息")).to_have_count(0)
    await desk.get_by_role("button", name="查看").click()
    await expect(messages(desk).get_by_text("客户到店了")).to_be_in_viewport()
    # Folded while one looks: the head of the chat is free.
    await desk.get_by_role("button", name="会话详情").click()
    await desk.get_by_role("button", name="收到").wait_for()
    await desk.reload()
    await expect(desk.get_by_role("alert", name="加急消息")).to_be_visible()
    await phone.get_by_role("button", name="收到").click()
    for device in (phone, desk):
        await expect(device.get_by_role("alert", name="加急消息")).to_have_count(0)
    await page.get_by_role("button", name="加急 1/1 已确认").click()
    await expect(page.get_by_role("list", name="加急提醒了谁").get_by_role("listitem")).to_contain_text("林晓")
    await accessible(page)
