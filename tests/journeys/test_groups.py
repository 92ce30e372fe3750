"""Groups that govern themselves, on the screen: deputies, settings, and who waits to be let in."""

import re

from playwright.async_api import Locator, Page, expect

from tests.journeys.conftest import Accessible, OpenPage
from tests.journeys.staff import field, messages, row
from tests.people import Json, Member


async def open_details(page: Page) -> Locator:
    await page.get_by_role("button", name="会话详情").click()
    panel = page.get_by_role("complementary", name="会话详情")
    await expect(panel.get_by_role("list", name="群成员")).to_be_visible()
    return panel


async def open_menu(page: Page, text: str) -> None:
    said = messages(page).get_by_role("listitem").filter(has_text=text)
    await said.hover()
    await said.get_by_role("button", name="消息操作").click()


async def propose(who: Member, group: Json, whom: Member) -> None:
    await who.post(f"/api/conversations/{group['id']}/participants", {"person_ids": [whom.id]})


async def test_the_owner_names_a_deputy_who_then_manages_too(
    open_page: OpenPage, accessible: Accessible, lin: Member, zhao: Member, chen: Member
) -> None:
    group = await lin.group("周末试驾", zhao, chen)
    hers, his = await open_page(lin, f"/chats/{group['id']}"), await open_page(zhao, f"/chats/{group['id']}")
    theirs, owners = await open_details(his), await open_details(hers)
    await expect(theirs.get_by_role("button", name="群管理")).to_have_count(0)
    await owners.get_by_role("button", name="对 赵敏 的操作").click()
    await hers.get_by_role("menuitem", name="设为副群主").click()
    for page, panel in ((hers, owners), (his, theirs)):
        await expect(panel.get_by_role("listitem").filter(has_text="赵敏")).to_contain_text("副群主")
        await expect(messages(page)).to_contain_text("成为了副群主")
    await theirs.get_by_role("button", name="群管理").click()
    await his.get_by_label("谁可以修改群名和群公告").select_option("仅群主和副群主")
    await accessible(his)
    page = await open_page(chen, f"/chats/{group['id']}")
    panel = await open_details(page)
    await expect(panel.get_by_label("群名称")).not_to_be_editable()
    await lin.patch(
        f"/api/conversations/{group['id']}/group", {"who_invites": "managers", "who_mentions_all": "managers"}
    )
    await expect(panel.get_by_role("button", name="邀请同事")).to_have_count(0)
    await field(page).press_sequentially("@")
    await expect(page.get_by_role("option").filter(has_text="林晓")).to_be_visible()
    await expect(page.get_by_role("option").filter(has_text="所有人")).to_have_count(0)


async def test_the_owner_chooses_deputies_from_all_members_by_pinyin(
    open_page: OpenPage, accessible: Accessible, lin: Member, zhao: Member, chen: Member
) -> None:
    group = await lin.group("周末试驾", zhao, chen)
    await lin.put(f"/api/conversations/{group['id']}/deputies/{zhao.id}")
    page = await open_page(lin, f"/chats/{group['id']}", phone=True)
    await page.get_by_role("button", name="会话详情").click()
    await page.get_by_role("button", name="群管理").click()
    await page.get_by_role("button", name="调整副群主").click()
    await page.get_by_role("combobox", name="搜索群成员").fill("chenmo")
    await page.get_by_role("option").filter(has_text="陈默").click()
    await page.get_by_role("button", name="移除 赵敏").click()
    await accessible(page)
    await page.get_by_role("button", name="保存副群主").click()
    await expect(page.get_by_role("list", name="副群主").get_by_role("listitem")).to_have_count(1)
    await expect(page.get_by_role("list", name="副群主")).to_contain_text("陈默")


async def test_who_waits_to_be_let_in_is_seen_by_all_managers_and_decided_once(
    open_page: OpenPage, accessible: Accessible, lin: Member, zhao: Member, chen: Member
) -> None:
    group = await lin.group("周末试驾", zhao)
    await lin.patch(f"/api/conversations/{group['id']}/group", {"who_invites": "approval"})
    desk = await open_page(lin, f"/chats/{group['id']}")
    phone = await open_page(lin, "/chats", phone=True, scheme="dark")
    asking, waiting = await open_page(zhao, f"/chats/{group['id']}"), await open_page(chen, "/chats")
    panel = await open_details(asking)
    await panel.get_by_role("button", name="邀请同事").click()
    await expect(asking.get_by_text("这个群入群需要群主或副群主同意。")).to_be_visible()
    await asking.get_by_role("combobox", name="搜索同事").fill("chenmo")
    await asking.get_by_role("option").filter(has_text="陈默").click()
    await asking.get_by_role("button", name="邀请 1 人").click()
    await expect(asking.get_by_text("已提交，等群主或副群主同意")).to_be_visible()
    await expect(row(phone, "周末试驾")).to_contain_text("[入群申请]")
    await desk.get_by_role("button", name="陈默 等待入群").click()
    await expect(desk.get_by_role("list", name="入群申请")).to_contain_text("赵敏 邀请")
    await accessible(desk)
    await row(phone, "周末试驾").click()
    await phone.get_by_role("button", name="陈默 等待入群").click()
    await accessible(phone)
    await phone.get_by_role("button", name="拒绝 陈默").click()
    for page in (desk, phone):
        await expect(page.get_by_role("button", name="陈默 等待入群")).to_have_count(0)
    await expect(asking.get_by_text("林晓 没有同意 陈默 入群")).to_be_visible()
    await propose(zhao, group, chen)
    await desk.get_by_role("button", name="陈默 等待入群").click()
    await desk.get_by_role("button", name="同意 陈默").click()
    await expect(row(waiting, "周末试驾")).to_be_visible()
    await expect(messages(asking)).to_contain_text("同意 陈默 加入了群聊")
    await expect(phone.get_by_role("button", name="陈默 等待入群")).to_have_count(0)


async def test_a_notice_stands_above_the_chat_until_one_has_looked_on_any_device(
    open_page: OpenPage, accessible: Accessible, lin: Member, zhao: Member
) -> None:
    group = await lin.group("周末试驾", zhao)
    page = await open_page(lin, f"/chats/{group['id']}")
    desk, phone = (
        await open_page(zhao, f"/chats/{group['id']}"),
        await open_page(zhao, f"/chats/{group['id']}", phone=True, scheme="dark"),
    )
    panel = await open_details(page)
    await panel.get_by_role("button", name="写公告").click()
    await page.get_by_role("textbox", name="群公告内容").fill("周六十点，杭州门店集合\n带驾照")
    await accessible(page)
    await page.get_by_role("button", name="发布公告").click()
    await expect(panel).to_contain_text("周六十点，杭州门店集合")
    await expect(page.get_by_role("region", name="群公告")).to_have_count(0)
    for each in (desk, phone):
        await expect(each.get_by_role("region", name="群公告")).to_contain_text("周六十点，杭州门店集合")
        await expect(messages(each)).to_contain_text("更新了群公告")
        await accessible(each)
    await phone.get_by_role("region", name="群公告").get_by_role("button", name="周六十点").click()
    dialog = phone.get_by_role("dialog", name="群公告")
    await expect(dialog).to_contain_text("带驾照")
    await expect(dialog).to_contain_text("林晓")
    await accessible(phone)
    for each in (desk, phone):
        await expect(each.get_by_role("region", name="群公告")).to_have_count(0)
    await panel.get_by_role("button", name="查看公告").click()
    await page.get_by_role("button", name="修改公告").click()
    await page.get_by_role("textbox", name="群公告内容").fill("改到周日")
    await page.get_by_role("switch", name="同时 @所有人").click()
    await page.get_by_role("button", name="发布公告").click()
    await expect(messages(desk)).to_contain_text("@所有人\n改到周日", use_inner_text=True)
    await desk.get_by_role("button", name="知道了，收起群公告").click()
    await expect(desk.get_by_role("region", name="群公告")).to_have_count(0)


async def test_a_pinned_message_stands_above_the_chat_and_leads_to_its_place(
    open_page: OpenPage, accessible: Accessible, lin: Member, zhao: Member, chen: Member
) -> None:
    group = await lin.group("周末试驾", zhao, chen)
    first = await zhao.say(group, "周六十点，杭州门店集合")
    for number in range(70):
        await zhao.say(group, f"第{number}句")
    page = await open_page(lin, f"/chats/{group['id']}")
    other = await open_page(chen, f"/chats/{group['id']}", phone=True, scheme="dark")
    await open_menu(page, "第69句")
    await page.get_by_role("menuitem", name="置顶消息").click()
    for each in (page, other):
        await expect(each.get_by_role("region", name="置顶消息")).to_contain_text("赵敏：第69句")
    await zhao.put(f"/api/conversations/{group['id']}/messages/{first['seq']}/pin")
    await zhao.patch(f"/api/conversations/{group['id']}/messages/{first['seq']}", {"text": "周六九点，杭州门店集合"})
    for each in (page, other):
        bar = each.get_by_role("region", name="置顶消息")
        await expect(bar).to_contain_text("周六九点")
        await bar.get_by_role("button", name="全部 2 条").click()
        await expect(each.get_by_role("list", name="置顶消息").get_by_role("listitem")).to_have_count(2)
        await accessible(each)
    await page.get_by_role("list", name="置顶消息").get_by_text("周六九点，杭州门店集合").click()
    await expect(page).to_have_url(re.compile(rf"/chats/{group['id']}/{first['seq']}$"))
    await expect(messages(page).get_by_text("周六九点，杭州门店集合")).to_be_in_viewport()
    await other.get_by_role("button", name="取消置顶：周六九点，杭州门店集合").click()
    await expect(other.get_by_role("list", name="置顶消息").get_by_role("listitem")).to_have_count(1)
    await expect(page.get_by_role("region", name="置顶消息")).to_contain_text("第69句")
    await zhao.post(f"/api/conversations/{group['id']}/messages/{first['seq'] + 70}/recall")
    for each in (page, other):
        await expect(each.get_by_role("region", name="置顶消息")).to_have_count(0)
    await lin.patch(f"/api/conversations/{group['id']}/group", {"who_pins": "managers"})
    desk = await open_page(chen, f"/chats/{group['id']}")
    await open_menu(desk, "第60句")
    await expect(desk.get_by_role("menuitem", name="回复")).to_be_visible()
    await expect(desk.get_by_role("menuitem", name="置顶消息")).to_have_count(0)
