"""Coming in and going out, in the browser: by account or phone, by invitation, with a password that an administrator
set, and everywhere at once."""

import asyncio
import re

from playwright.async_api import Page, expect

from tests.journeys.conftest import OpenPage
from tests.journeys.staff import is_inside, sees_sign_in, sign_in
from tests.people import Caller, Member

NEW_PASSWORD = "Quiet-River-7"


async def choose_member(page: Page, words: str, name: str) -> None:
    """Search in the administrator's list and open what may be done for them."""
    await page.get_by_role("combobox", name="搜索同事").fill(words)
    await page.get_by_role("option", name=re.compile(name)).click()
    await expect(page.get_by_role("dialog", name="成员")).to_be_visible()


async def set_password(page: Page, password: str, submit: str) -> None:
    await page.get_by_label("新密码").fill(password)
    await page.get_by_label("再输入一次").fill(password)
    await page.get_by_role("button", name=submit).click()


async def test_a_member_signs_in_by_account_or_by_phone(open_page: OpenPage, lin: Member) -> None:
    page = await open_page(None, "/directory")
    await sign_in(page, "linxiao")
    # The page that was asked for, and whose it is.
    await expect(page.get_by_role("heading", name="通讯录")).to_be_visible()
    await expect(page.get_by_role("link", name="林晓，设置")).to_be_visible()
    await page.get_by_role("button", name="更多").click()
    await page.get_by_role("menuitem", name="退出登录").click()
    await sees_sign_in(page)
    await page.reload()
    await sign_in(page, "138 0000 0001")
    await expect(page.get_by_role("link", name="林晓，设置")).to_be_visible()


async def test_a_wrong_password_says_so_and_many_close_the_door_for_a_while(
    open_page: OpenPage, lin: Member, nobody: Caller
) -> None:
    page = await open_page(None, "/")
    await sign_in(page, "linxiao", "not it")
    await expect(page.get_by_role("alert").filter(has_text="密码")).to_be_visible()
    await expect(page.get_by_label("账号或手机号")).to_have_value("linxiao")
    await expect(page.get_by_label("密码", exact=True)).to_have_value("")
    await expect(page.get_by_label("密码", exact=True)).to_be_focused()
    guess = {"company": None, "login": "linxiao", "password": "not it"}
    await asyncio.gather(*(nobody.request("POST", "/api/session", guess) for _ in range(9)))
    await sign_in(page, "linxiao")
    await expect(
        page.get_by_role("alert").filter(has_text=re.compile(r"尝试次数过多。请在 1\d 分 \d+ 秒后再试。"))
    ).to_be_visible()
    await expect(page.get_by_role("button", name="登录", exact=True)).to_be_disabled()


async def test_the_address_names_the_company(open_page: OpenPage, lin: Member, sun: Member) -> None:
    page = await open_page(None, "/at/hengda")
    await expect(page.get_by_role("heading", name="恒达座椅")).to_be_visible()
    await sign_in(page, "linxiao")
    await expect(page.get_by_role("alert").filter(has_text="密码")).to_be_visible()
    await sign_in(page, "sunyue")
    await is_inside(page)
    await expect(page).to_have_url(re.compile("/chats$"))
    await expect(page).to_have_title("恒达座椅")
    await page.goto("/at/nowhere")
    await expect(page.get_by_role("button", name="再试一次")).to_be_visible()
    await expect(page.get_by_label("账号或手机号")).to_have_count(0)


async def test_a_password_that_the_administrator_set_must_be_changed_first(
    open_page: OpenPage, lin: Member, zhao: Member
) -> None:
    desk, phone = await open_page(zhao, "/admin/members"), await open_page(lin, "/chats", phone=True)
    await is_inside(phone)
    await choose_member(desk, "0001", "林晓")
    await desk.get_by_role("button", name="重置密码").click()
    await desk.get_by_label("临时密码").fill("Temporary-1")
    await desk.get_by_role("button", name="重置密码").click()
    await expect(desk.get_by_text("密码已重置")).to_be_visible()
    # Whoever held the old password is out, without touching anything.
    await sees_sign_in(phone)
    await sign_in(phone, "linxiao", "Temporary-1")
    await expect(phone.get_by_role("heading", name="请换一个自己的密码")).to_be_visible()
    await phone.goto("/directory")
    await expect(phone.get_by_role("heading", name="请换一个自己的密码")).to_be_visible()
    await phone.get_by_label("当前密码").fill("Temporary-1")
    await set_password(phone, "linxiao1", "更改密码并进入")
    await expect(phone.get_by_role("heading", name="通讯录")).to_be_visible()
    await phone.reload()
    await expect(phone.get_by_role("heading", name="通讯录")).to_be_visible()


async def test_an_invitation_leads_to_the_first_sign_in_and_works_once(open_page: OpenPage, zhao: Member) -> None:
    desk = await open_page(zhao, "/admin/members")
    await desk.get_by_role("button", name="添加成员").click()
    form = desk.get_by_role("dialog", name="添加成员")
    for label, value in {"姓名": "姚可", "账号": "yaoke", "部门": "销售部/宁波门店", "职务": "销售顾问"}.items():
        await form.get_by_label(re.compile(f"^{label}")).fill(value)
    await form.get_by_role("button", name="添加", exact=True).click()
    await desk.get_by_role("button", name="生成邀请链接").click()
    url = await desk.get_by_role("dialog", name="成员").locator("output").inner_text()

    phone = await open_page(None, url, phone=True)
    await expect(phone.get_by_role("heading", name="姚可，欢迎加入蓝汀汽车")).to_be_visible()
    await phone.get_by_label("新密码").fill(NEW_PASSWORD)
    await phone.get_by_label("再输入一次").fill(f"{NEW_PASSWORD}8")
    await expect(phone.get_by_text("两次输入的密码不一样")).to_be_visible()
    await expect(phone.get_by_role("button", name="设好密码并进入")).to_be_disabled()
    await set_password(phone, NEW_PASSWORD, "设好密码并进入")
    await is_inside(phone)
    await expect(phone.get_by_role("link", name="姚可，设置")).to_be_visible()

    stranger = await open_page(None, url)
    await expect(stranger.get_by_text("每条邀请链接只能用一次")).to_be_visible()
    await stranger.get_by_role("link", name="去登录").click()
    await sign_in(stranger, "yaoke", NEW_PASSWORD)
    await is_inside(stranger)


async def test_signing_out_everywhere_signs_the_other_browser_out(open_page: OpenPage, lin: Member) -> None:
    desk, phone = await open_page(None, "/settings"), await open_page(None, "/directory", phone=True)
    for page in (desk, phone):
        await sign_in(page, "linxiao")
    await expect(phone.get_by_role("heading", name="通讯录")).to_be_visible()
    await expect(desk.get_by_text("本机")).to_be_visible()
    await desk.get_by_role("button", name="退出所有设备").click()
    await desk.get_by_role("button", name="全部退出").click()
    await sees_sign_in(desk)
    await sees_sign_in(phone)
    await phone.reload()
    await sees_sign_in(phone)
