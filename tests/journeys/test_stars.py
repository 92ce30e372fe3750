"""What one keeps for oneself, from a message's menu to the list above the chats."""

from playwright.async_api import Locator, Page, expect

from tests.journeys.conftest import Accessible, OpenPage
from tests.journeys.staff import messages, row
from tests.people import Member


async def keep(page: Page, text: str) -> None:
    said = messages(page).locator("[data-seq]").filter(has_text=text)
    await said.hover()
    await said.get_by_role("button", name="消息操作").click()
    await page.get_by_role("menuitem", name="收藏", exact=True).click()
    await expect(page.get_by_text("已收藏")).to_be_visible()


def kept(page: Page) -> Locator:
    return page.get_by_role("list", name="收藏的消息").get_by_role("listitem")


async def test_what_is_kept_is_found_above_the_chats_on_every_device_and_opens_its_place(
    open_page: OpenPage, accessible: Accessible, lin: Member, chen: Member, zhao: Member
) -> None:
    group = await zhao.group("周末试驾", lin, chen)
    talk = await chen.direct(lin)
    for text in ("合同编号 L7-0042", "好的"):
        await chen.say(talk, text)
    said = await zhao.say(group, "集合地点在西湖文化广场")
    page = await open_page(lin, f"/chats/{talk['id']}")
    await keep(page, "合同编号")
    await row(page, "周末试驾").click()
    await keep(page, "集合地点")

    phone = await open_page(lin, "/chats", phone=True)
    for device in (page, phone):
        await device.get_by_role("button", name="收藏", exact=True).click()
        await expect(kept(device)).to_have_count(2)
        await expect(kept(device).first).to_contain_text("集合地点")
        await accessible(device)
    await kept(phone).filter(has_text="合同编号").get_by_role("link").click()
    await expect(messages(phone).get_by_text("合同编号")).to_be_in_viewport()

    # Taken back by who said it, it goes while one looks at the list; what one lets go oneself too.
    await zhao.post(f"/api/conversations/{group['id']}/messages/{said['seq']}/recall")
    await expect(kept(page)).to_have_count(1)
    await kept(page).get_by_role("link").focus()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("还没有收藏")).to_be_visible()
    await page.get_by_role("button", name="回到全部会话").click()
    await expect(row(page, "周末试驾")).to_be_visible()
