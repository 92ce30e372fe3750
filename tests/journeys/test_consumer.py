"""A customer walks in: a link on a phone, a member's open screen, and nothing to install in between."""

import asyncio
import re
from datetime import timedelta

from playwright.async_api import Cookie, Locator, Page, Route, expect

from hutong.core import clock
from tests.journeys import staff
from tests.journeys.composition import compose_a_word
from tests.journeys.conftest import OpenPage
from tests.journeys.pictures import photo
from tests.people import Consumer, Member

# On the member's screen "in the same second"; the rest is for a machine that runs three browsers at once.
AT_ONCE_MS = 6_000


def talk(page: Page) -> Locator:
    return page.get_by_role("log", name="对话")


def field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="输入消息")


async def say(page: Page, text: str) -> None:
    await field(page).fill(text)
    await page.get_by_role("button", name="发送", exact=True).click()


async def identities(page: Page) -> list[Cookie]:
    """By which the server would know who this is."""
    return [cookie for cookie in await page.context.cookies() if cookie.get("name", "").startswith("hutong_contact")]


async def test_a_customer_walks_in_and_stands_on_the_members_screen_in_the_same_second(
    open_page: OpenPage, lin: Member
) -> None:
    way = await lin.way()
    desk, list_ = await open_page(lin, "/chats"), await open_page(lin, "/customers")
    await staff.is_inside(desk)
    phone = await open_page(None, f"/c/{way}", phone=True)
    # One sees whom one is about to talk to; no form, no account, and nothing is made.
    await expect(phone.get_by_role("heading", name="林晓")).to_be_visible()
    await expect(phone.get_by_text("销售顾问 · 蓝汀汽车")).to_be_visible()
    await expect(phone.get_by_role("textbox")).to_have_count(1)
    assert not await identities(phone)
    await expect(list_.get_by_text("还没有客户")).to_be_visible()
    assert not await lin.customers()
    assert not await lin.inbox()

    await say(phone, "你好，充电枪拔不下来了")
    await expect(staff.row(desk, "访客")).to_be_visible(timeout=AT_ONCE_MS)
    await expect(staff.row(desk, "访客")).to_contain_text("外部")
    await expect(staff.row(desk, "访客")).to_contain_text("充电枪拔不下来了")
    await expect(phone.get_by_text("已发送")).to_be_visible()
    [cookie] = await identities(phone)
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    assert cookie["expires"] > (clock.now() + timedelta(days=399)).timestamp()
    customer = list_.get_by_role("list", name="客户列表").get_by_role("listitem")
    await expect(customer).to_have_count(1)
    await expect(customer).to_contain_text("外部")

    # The name the customer gives reaches the member, and the member's own remark goes before it.
    await phone.get_by_role("textbox", name="您的称呼").fill("吴女士")
    await phone.get_by_role("button", name="保存").click()
    await expect(staff.row(desk, "吴女士")).to_be_visible()
    await staff.row(desk, "吴女士").click()
    await expect(desk.get_by_role("heading", name=re.compile("^吴女士"))).to_contain_text("外部")
    await list_.reload()
    await list_.get_by_role("button", name="修改 吴女士 的备注").click()
    await list_.get_by_role("textbox", name="备注名").fill("吴女士 L7")
    await list_.get_by_role("button", name="保存备注").click()
    await expect(customer).to_contain_text("吴女士 L7")


async def test_both_sides_talk_with_pictures_and_see_each_other_type(
    open_page: OpenPage, lin: Member, wu: Consumer
) -> None:
    way = await lin.way()
    phone = await open_page(None, f"/c/{way}", phone=True)
    # The first thing said may be a picture.
    await phone.locator("input[type=file]").set_input_files(photo("故障灯.jpg"))
    await expect(talk(phone).get_by_role("button", name="查看图片").locator("img")).to_have_js_property(
        "complete", True
    )
    [customer] = await lin.customers()
    desk = await open_page(lin, f"/chats/{customer['conversation_id']}")
    picture = staff.messages(desk).get_by_role("button", name="查看图片 故障灯.jpg")
    await picture.click()
    full = desk.get_by_role("dialog", name="查看图片").get_by_role("img", name="故障灯.jpg")
    await expect(full).to_have_js_property("naturalWidth", 1600)
    await desk.keyboard.press("Escape")
    await expect(phone.get_by_text("已读")).to_be_visible()

    await staff.type_until(staff.field(desk), "看", phone.get_by_text("对方正在输入…"))
    await staff.field(desk).fill("在看")
    await desk.locator("input[type=file]").set_input_files(photo("保险丝.jpg", 600, 900))
    await expect(desk.get_by_role("list", name="待发送的附件").get_by_role("listitem")).to_have_count(1)
    await desk.keyboard.press("Enter")
    pictures = talk(phone).get_by_role("button", name="查看图片")
    await expect(pictures).to_have_count(2)
    await expect(talk(phone)).to_contain_text("在看")
    await pictures.last.click()
    await expect(phone.get_by_role("dialog", name="图片").get_by_role("img")).to_have_js_property("naturalWidth", 600)
    await phone.get_by_role("dialog", name="图片").get_by_role("button", name="关闭").click()

    await staff.type_until(field(phone), "是", desk.get_by_text(re.compile("正在输入…")))
    await field(phone).fill("是这个")
    await phone.keyboard.press("Enter")
    await expect(staff.messages(desk)).to_contain_text("是这个", timeout=AT_ONCE_MS)
    await expect(desk.locator("[data-mark=read]").last).to_be_visible()


async def test_the_talk_is_there_the_next_day_and_by_a_recovery_link_on_another_phone(
    open_page: OpenPage, lin: Member
) -> None:
    way = await lin.way()
    phone = await open_page(None, f"/c/{way}", phone=True)
    await say(phone, "想周末试驾")
    await expect(phone.get_by_text("已发送")).to_be_visible()
    [customer] = await lin.customers()
    context = phone.context
    await phone.close()
    with clock.travel(timedelta(days=1)):
        await lin.say(customer["conversation_id"], "周六下午有空")
        await context.clock.set_system_time(clock.now())
        phone = await context.new_page()
        await phone.goto(f"/c/{way}")
        await expect(talk(phone).locator("li.message")).to_have_count(2)
        await expect(talk(phone).locator("li.message.own")).to_contain_text("想周末试驾")
        await expect(talk(phone)).to_contain_text("周六下午有空")
        await expect(talk(phone)).to_contain_text("昨天")

        await phone.get_by_role("button", name="更多").click()
        await phone.get_by_role("button", name="换手机继续").click()
        await expect(phone.get_by_role("textbox", name="恢复链接")).to_have_value(re.compile("/r/"))
        link = await phone.get_by_role("textbox", name="恢复链接").input_value()
        await phone.get_by_role("dialog").get_by_role("button", name="关闭").click()

        other = await open_page(None, link, phone=True)
        # Looking does nothing (a messenger's preview looks too); the tap does.
        await expect(other.get_by_role("heading", name="继续与林晓的对话")).to_be_visible()
        assert not await identities(other)
        await other.get_by_role("button", name="继续对话").click()
        await expect(other).to_have_url(re.compile(f"/c/{way}$"))
        await expect(talk(other)).to_contain_text("想周末试驾")
        await say(other, "新手机上说的")
        await expect(talk(phone)).to_contain_text("新手机上说的")
        assert len(await lin.customers()) == 1, "the same customer on both phones"
        # A link that was passed on by mistake is taken back by making another.
        await other.get_by_role("button", name="更多").click()
        await other.get_by_role("button", name="换手机继续").click()
        await expect(other.get_by_role("textbox", name="恢复链接")).to_have_value(re.compile("/r/"))
        stranger = await open_page(None, link, phone=True)
        await expect(stranger.get_by_role("heading", name="这个链接已失效")).to_be_visible()


async def test_what_is_typed_before_the_script_is_there_is_kept(open_page: OpenPage, lin: Member) -> None:
    way = await lin.way()
    phone = await open_page(None, "/c/nobodyhere23", phone=True)
    is_held, may_go = asyncio.Event(), asyncio.Event()

    async def hold(route: Route) -> None:
        is_held.set()
        await may_go.wait()
        await route.continue_()

    await phone.route("**/*.js", hold)
    await phone.goto(f"/c/{way}", wait_until="commit")
    await field(phone).press_sequentially("车在路上停了")
    await is_held.wait()
    may_go.set()
    await expect(phone.get_by_role("heading", name="林晓")).to_be_visible()
    await expect(field(phone)).to_have_value("车在路上停了")
    await expect(field(phone)).to_be_focused()
    await phone.keyboard.type("，怎么办")
    await phone.keyboard.press("Enter")
    await expect(phone.get_by_text("已发送")).to_be_visible()
    assert (await lin.inbox())[0]["last_message"]["text"] == "车在路上停了，怎么办"


async def test_the_enter_that_ends_a_chinese_word_sends_nothing(open_page: OpenPage, lin: Member) -> None:
    way = await lin.way()
    phone = await open_page(None, f"/c/{way}", phone=True)
    await expect(phone.get_by_role("heading", name="林晓")).to_be_visible()
    await compose_a_word(phone, field(phone))
    assert not await lin.customers()
    await phone.keyboard.press("Enter")
    await expect(phone.get_by_text("已发送")).to_be_visible()
    [message] = await lin.messages((await lin.customers())[0]["conversation_id"])
    assert message["text"] == "你好"


async def test_a_lost_link_says_what_to_do(open_page: OpenPage) -> None:
    phone = await open_page(None, "/c/nobodyhere23", phone=True)
    await expect(phone.get_by_role("heading", name="没有找到这个链接")).to_be_visible()
    await expect(phone.get_by_role("textbox")).to_have_count(0)
    await phone.goto("/r/nobodyhere23")
    await expect(phone.get_by_role("heading", name="这个链接已失效")).to_be_visible()
