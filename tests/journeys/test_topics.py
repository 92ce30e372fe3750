"""Topics of a group, on the screen: opened, talked in, closed."""

import re

from playwright.async_api import expect

from tests.journeys.conftest import Accessible, OpenPage
from tests.journeys.staff import field, messages, say
from tests.journeys.test_groups import open_menu
from tests.messaging.test_topics import open_topic, say_in
from tests.people import Member, new_client_id


async def test_a_topic_is_opened_and_what_is_said_in_it_stays_in_it(
    open_page: OpenPage, accessible: Accessible, lin: Member, zhao: Member, chen: Member
) -> None:
    group = await lin.group("新车上市", zhao, chen)
    chat = f"/chats/{group['id']}"
    await zhao.say(group, "交付要不要提前？")
    desk = await open_page(lin, chat)
    phone = await open_page(zhao, chat, phone=True, scheme="dark", expect_errors="404")
    # From nothing, by the keyboard alone.
    await expect(messages(desk)).to_contain_text("交付要不要提前")
    await desk.keyboard.press("Control+j")
    await desk.get_by_role("textbox", name="新话题").fill("定价方案")
    await accessible(desk)
    await desk.keyboard.press("Enter")
    await expect(desk).to_have_url(re.compile(rf"{chat}/topics/\d+$"))
    await expect(desk.get_by_role("heading", name="定价方案")).to_be_visible()
    await expect(field(desk)).to_be_focused()
    await field(desk).fill("没写完的")
    await desk.reload()
    await expect(field(desk)).to_have_value("没写完的")
    await say(desk, "二十一万八")
    await expect(messages(desk).get_by_role("listitem")).to_have_count(2)
    await accessible(desk)
    # The other one hears of it in the chat, and goes there.
    await expect(messages(phone)).to_contain_text("林晓 发起了话题")
    bar = phone.get_by_role("region", name="群里的话题")
    await expect(bar).to_contain_text("定价方案")
    await expect(bar).to_contain_text("1 条")
    await accessible(phone)
    await messages(phone).get_by_role("listitem").filter(has_text="二十一万八").get_by_title("打开话题").click()
    await expect(messages(phone)).not_to_contain_text("交付要不要提前")
    await say(phone, "太贵")
    await expect(messages(desk)).to_contain_text("太贵")
    await accessible(phone)
    # Escape leads back; in the whole chat every message shows where it belongs, and an answer stays there.
    await field(desk).press("Escape")
    await expect(desk).to_have_url(re.compile(rf"{chat}$"))
    await open_menu(desk, "太贵")
    await desk.get_by_role("menuitem", name="回复").click()
    await say(desk, "那就二十一万")
    await expect(messages(phone)).to_contain_text("那就二十一万")
    await expect(messages(desk).get_by_title("打开话题")).to_have_count(4)
    await say(desk, "这句不在话题里")
    # Who is put out of the group sees no word of it any more, where they stand.
    await expect(messages(phone)).to_contain_text("太贵")
    await lin.delete(f"/api/conversations/{group['id']}/participants/{zhao.id}")
    await expect(phone.get_by_text("找不到这个话题")).to_be_visible()
    await expect(phone.get_by_text("太贵")).to_have_count(0)


async def test_a_topic_begins_with_a_message_and_is_renamed_closed_and_opened_again(
    open_page: OpenPage, accessible: Accessible, lin: Member, zhao: Member
) -> None:
    group = await lin.group("新车上市", zhao)
    chat = f"/chats/{group['id']}"
    await zhao.say(group, "交付要不要提前？")
    topic = await open_topic(lin, group, "定价方案")
    for text in ("二十一万八", "太贵"):
        await say_in(zhao, group, topic, text)
    await lin.say(group, "这句不在话题里")
    desk = await open_page(lin, chat, expect_errors="ERR_INTERNET_DISCONNECTED")
    phone = await open_page(zhao, f"{chat}/topics/{topic['id']}", phone=True, scheme="dark")
    await expect(messages(phone)).to_contain_text("太贵")
    # With a message, from its menu.
    await open_menu(desk, "交付要不要提前")
    await desk.get_by_role("menuitem", name="发起话题").click()
    await expect(desk.get_by_role("textbox", name="话题名称")).to_have_value("交付要不要提前？")
    await desk.get_by_role("textbox", name="话题名称").fill("定价方案")
    await desk.get_by_role("button", name="发起话题").click()
    await expect(desk.get_by_role("dialog")).to_contain_text("同名的话题")
    await desk.get_by_role("textbox", name="话题名称").fill("交付时间")
    await desk.get_by_role("button", name="发起话题").click()
    await expect(desk.get_by_role("heading", name="交付时间")).to_be_visible()
    await expect(messages(desk)).to_contain_text("交付要不要提前")
    await expect(messages(desk)).not_to_contain_text("二十一万")
    # Renamed and closed while somebody is in it; who may opens it again.
    await desk.get_by_role("button", name="话题操作").click()
    await desk.get_by_role("menuitem", name="修改名称").click()
    await desk.get_by_role("textbox", name="话题名称").fill("交付日期")
    await desk.get_by_role("button", name="保存").click()
    await expect(desk.get_by_role("heading", name="交付日期")).to_be_visible()
    await desk.get_by_role("button", name="回到“新车上市”").click()
    await desk.get_by_role("region", name="群里的话题").get_by_role("button", name="定价方案").click()
    await desk.get_by_role("button", name="话题操作").click()
    await desk.get_by_role("menuitem", name="关闭话题").click()
    for page in (desk, phone):
        await expect(page.get_by_text("这个话题已经关闭")).to_be_visible()
        await expect(field(page)).to_have_count(0)
        await accessible(page)
    await expect(phone.get_by_role("button", name="重新打开")).to_have_count(0)
    await phone.get_by_role("button", name="返回").click()
    await expect(messages(phone)).to_contain_text("林晓 关闭了话题")
    await expect(messages(phone)).to_contain_text("这句不在话题里")
    await phone.get_by_role("button", name="话题", exact=True).click()
    await phone.get_by_text("已关闭", exact=True).click()
    await expect(phone.get_by_role("list", name="话题列表")).to_contain_text("林晓 发起 · 2 条")
    await accessible(phone)
    await desk.get_by_role("button", name="重新打开").click()
    await say(desk, "接着说")
    await expect(messages(desk)).to_contain_text("接着说")
    # What was said meanwhile is there after an absence.
    await desk.context.set_offline(True)
    body = {"client_id": new_client_id(), "text": "离线时的话", "topic_id": topic["id"]}
    await zhao.post(f"/api/conversations/{group['id']}/messages", body)
    await desk.context.set_offline(False)
    await expect(messages(desk)).to_contain_text("离线时的话")
