"""Finding a colleague in the browser: the tree as it is opened, the card, the search by keys alone."""

import re

from playwright.async_api import Page, expect

from tests.journeys.conftest import OpenPage
from tests.journeys.staff import field
from tests.people import Member


async def staff_the_stores(zhao: Member) -> None:
    people = [
        ("姚可", "y1024", "蓝汀/销售部/宁波门店", "13977880001"),
        ("姚卡", "y1025", "蓝汀/销售部/温州门店", "13977880002"),
        ("钱多", "q88", "蓝汀/研发部/座舱/语音", "13977880003"),
    ]
    for name, account, department, phone in people:
        body = {"name": name, "account": account, "department": department, "phone": phone, "title": "顾问"}
        await zhao.post("/api/members", body)


def asked(page: Page) -> list[str]:
    """What the page asks of the directory, from now on."""
    paths: list[str] = []
    page.on("request", lambda request: paths.append(request.url) if "/api/departments" in request.url else None)
    return paths


async def test_the_tree_is_loaded_as_it_is_opened_and_never_whole(open_page: OpenPage, zhao: Member) -> None:
    await staff_the_stores(zhao)
    page = await open_page(zhao, "/chats")
    paths = asked(page)
    await page.get_by_role("link", name="通讯录").click()
    tree = page.get_by_role("tree", name="部门")
    await expect(tree.get_by_role("treeitem")).to_have_count(3)
    assert [path.split("/api/")[1] for path in paths] == ["departments"], "opening the room fetches the top level only"
    paths.clear()

    top = tree.get_by_role("treeitem", name=re.compile("^蓝汀"))
    await expect(top).to_have_attribute("aria-expanded", "false")
    await top.locator("[aria-hidden]").first.click()
    await expect(top).to_have_attribute("aria-expanded", "true")
    await expect(tree.locator("[aria-level='2']")).to_have_count(2)
    assert len(paths) == 1, paths
    paths.clear()
    # Closing and opening again asks nothing.
    await top.locator("[aria-hidden]").first.click()
    await expect(tree.get_by_role("treeitem")).to_have_count(3)
    await top.locator("[aria-hidden]").first.click()
    await expect(tree.locator("[aria-level='2']")).to_have_count(2)
    assert not paths, paths


async def test_a_department_leads_to_a_members_card_and_the_card_to_a_chat(
    open_page: OpenPage, zhao: Member, lin: Member
) -> None:
    await staff_the_stores(zhao)
    page = await open_page(lin, "/directory")
    tree = page.get_by_role("tree", name="部门")
    await tree.get_by_role("treeitem", name=re.compile("^蓝汀")).click()
    await tree.locator("[aria-level='2']").filter(has_text="销售部").click()
    people = page.get_by_role("region", name="部门与成员")
    await people.get_by_role("link", name=re.compile("宁波门店")).click()
    await expect(page.get_by_role("navigation", name="所在位置")).to_contain_text("蓝汀")
    await people.get_by_role("link", name=re.compile("姚可")).click()
    card = page.get_by_role("complementary", name="成员名片")
    await expect(card.get_by_role("heading", name="姚可")).to_be_visible()
    await expect(card.get_by_role("link", name="13977880001")).to_have_attribute("href", "tel:13977880001")
    await expect(card).to_contain_text("蓝汀 / 销售部 / 宁波门店")
    await card.get_by_role("button", name="发消息").click()
    await expect(page).to_have_url(re.compile(r"/chats/\d+$"))
    await expect(field(page)).to_be_focused()


async def test_a_colleague_is_found_by_the_keyboard_alone(open_page: OpenPage, zhao: Member, lin: Member) -> None:
    await staff_the_stores(zhao)
    page = await open_page(lin, "/directory")
    box = page.get_by_role("combobox", name="搜索同事")
    await box.focus()
    for typed in ("姚", "yaok", "yk", "Y102", "7788"):
        await page.keyboard.type(typed)
        found = page.get_by_role("listbox", name="搜索结果")
        await expect(found.get_by_role("option", name=re.compile("姚[可卡]"))).to_have_count(2)
        await expect(found.get_by_role("option", name=re.compile("林晓"))).to_have_count(0)
        await page.keyboard.press("Escape")
        await expect(box).to_have_value("")
    await page.keyboard.type("yk")
    options = page.get_by_role("option")
    await expect(page.get_by_role("status").filter(has_text="找到 2 位同事")).to_be_visible()
    await page.keyboard.press("ArrowDown")
    second = await options.nth(1).get_attribute("id")
    await expect(box).to_have_attribute("aria-activedescendant", second or "")
    name = "姚卡" if "姚卡" in await options.nth(1).inner_text() else "姚可"
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name=name)).to_be_visible()
    await expect(box).to_be_focused()
    # Faster than the answer.
    await box.fill("")
    await page.keyboard.type("chenmo")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="陈默")).to_be_visible()
    await box.fill("没有这个人")
    await expect(page.get_by_text("没有找到“没有这个人”")).to_be_visible()


async def test_the_search_waits_for_the_end_of_a_chinese_word(open_page: OpenPage, zhao: Member, lin: Member) -> None:
    page = await open_page(lin, "/directory")
    await page.get_by_role("combobox", name="搜索同事").fill("zhaomin")
    await expect(page.get_by_role("option", name=re.compile("赵敏"))).to_be_visible()
    # Chrome and Firefox say isComposing; Safari says 229 of the Enter that ended the word.
    for facts in ("isComposing: true", "keyCode: 229"):
        enter = f"new KeyboardEvent('keydown', {{key: 'Enter', bubbles: true, {facts}}})"
        await page.evaluate(f"document.activeElement.dispatchEvent({enter})")
    await expect(page).to_have_url(re.compile("/directory$"))
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile(r"/directory\?member=\d+$"))
