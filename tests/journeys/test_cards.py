"""A colleague's name card: chosen in the composer, read by a colleague at a desk and by a customer on a phone."""

import re

from playwright.async_api import Page, expect

from tests.journeys.conftest import Accessible, OpenPage
from tests.journeys.staff import field, messages, row
from tests.people import Consumer, Member


async def send_card(page: Page, words: str, name: str) -> None:
    await page.get_by_role("button", name="添加", exact=True).click()
    await page.get_by_role("menuitem", name="名片").click()
    dialog = page.get_by_role("dialog", name="发送名片")
    await dialog.get_by_role("combobox").fill(words)
    await dialog.get_by_role("option", name=re.compile(name)).click()
    await dialog.get_by_role("button", name="发送", exact=True).click()
    await expect(dialog).to_have_count(0)


async def test_a_card_found_by_pinyin_leads_a_colleague_to_its_person(
    open_page: OpenPage, accessible: Accessible, lin: Member, zhao: Member, chen: Member
) -> None:
    talk = await lin.direct(zhao)
    hers = await open_page(lin, f"/chats/{talk['id']}")
    his = await open_page(zhao, f"/chats/{talk['id']}")
    await send_card(hers, "chenmo", "陈默")
    await expect(row(hers, "赵敏")).to_contain_text("[名片] 陈默")
    for page in (hers, his):
        card = messages(page).get_by_role("link", name="陈默的名片")
        await expect(card).to_contain_text("工程师")
        await accessible(page)
    await messages(his).get_by_role("button", name="发消息给 陈默").click()
    await expect(his.get_by_role("heading", name="陈默")).to_be_visible()
    await his.go_back()
    await messages(his).get_by_role("link", name="陈默的名片").click()
    await expect(his.get_by_role("heading", name=re.compile("陈默"))).to_be_visible()
    await expect(his.get_by_text("13800000003")).to_be_visible()


async def test_the_menu_and_the_picker_are_for_the_keyboard_too(
    open_page: OpenPage, lin: Member, zhao: Member, chen: Member
) -> None:
    talk = await lin.direct(zhao)
    page = await open_page(lin, f"/chats/{talk['id']}")
    await page.get_by_role("button", name="添加", exact=True).focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menuitem", name="图片或文件")).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("menuitem", name="名片")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.get_by_role("combobox", name="搜索同事").fill("陈默")
    await expect(page.get_by_role("option", name=re.compile("陈默"))).to_be_visible()
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="发送", exact=True).last.press("Enter")
    await expect(messages(page).get_by_role("link", name="陈默的名片")).to_be_visible()
    await expect(field(page)).to_be_visible()


async def test_a_customer_talks_to_whoever_is_on_the_card(
    open_page: OpenPage, accessible: Accessible, lin: Member, chen: Member, wu: Consumer
) -> None:
    await wu.walk_in(await lin.way(), "座椅有异响")
    way = await chen.way()
    customer = (await lin.customers())[0]["conversation_id"]
    hers = await open_page(lin, f"/chats/{customer}")
    phone = await open_page(wu, f"/c/{wu.way}", phone=True)
    await send_card(hers, "陈默", "陈默")
    await expect(phone.get_by_text("工程师")).to_be_visible()
    await accessible(phone)
    await phone.get_by_role("link", name="找陈默聊").click()
    await phone.wait_for_url(re.compile(f"/c/{way}"))
    await phone.get_by_label("输入消息").fill("林晓让我找您")
    await phone.get_by_role("button", name="发送", exact=True).click()
    await expect(phone.get_by_text("已发送")).to_be_visible()
    assert [it["name"] for it in await chen.customers()] == [it["name"] for it in await lin.customers()]
