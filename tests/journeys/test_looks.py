"""Every page as it is met: light and dark, on a desk and a phone, in both languages, with a keyboard alone; nothing
axe objects to, nothing that scrolls sideways, jumps about or is loaded from elsewhere."""

import asyncio
import re
from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Locator, Page, Request, Route, expect

from tests.journeys import staff
from tests.journeys.conftest import OpenPage
from tests.journeys.pictures import paper, photo
from tests.people import Consumer, Json, Member

CHINESE = re.compile("[\u4e00-\u9fff]+")
# Names, what stands on their faces, and what they said: the longer before what is a part of them.
NAMES = "蓝汀汽车 林晓 赵敏 陈默 吴女士 店长 销售顾问 工程师 销售部 杭州门店 研发部 座舱 晓 敏 默 吴"
SAID = "下午三点试驾 记得带合同 试驾合同 周三推送 想周末试驾 周末试驾 周六下午有空 现场"
OWN_WORDS = sorted([*NAMES.split(), *SAID.split()], key=len, reverse=True)
MAX_SHIFT = 0.05
# Everything that can be read or heard, but for what names a language in its own words.
# What follows from what was drawn (a tab's title) comes with the next frame.
TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
EVERYTHING_SAID = """() => {
  const said = [document.title];
  for (const element of document.querySelectorAll("body, body *")) {
    if (element.closest("[lang]:not(html)") || element.closest("script, style, noscript")) continue;
    for (const name of ["aria-label", "placeholder", "title", "alt"]) said.push(element.getAttribute(name) ?? "");
    for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) said.push(node.textContent);
  }
  return said.filter((text) => text.trim());
}"""
# What follows the system's colours has done so, and what fades between them has arrived.
COLOURS_SETTLED = """async () => {
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  const fading = document.getAnimations().filter((it) => it instanceof CSSTransition);
  await Promise.allSettled(fading.map((it) => it.finished));
}"""
PICTURES_THERE = """() => Promise.allSettled(
  [...document.images].filter((it) => it.loading !== "lazy").map((it) => it.decode()),
)"""
# How an element and the boxes it stands in are drawn at their edges.
EDGES = """(element) => [element, element.parentElement, element.parentElement.parentElement].map((it) => {
  const { outline, outlineStyle, boxShadow, borderColor, backgroundColor } = getComputedStyle(it);
  return [outlineStyle === "none" ? "" : outline, boxShadow, borderColor, backgroundColor].join();
}).join()"""
COUNT_SHIFTS = """
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) {
      window.shifts.push([entry.value, entry.sources.map((it) => it.node?.outerHTML?.slice(0, 120) ?? "")]);
    }
  }).observe({ type: "layout-shift", buffered: true });
"""


class Company:
    """Something to look at: a talk with pictures and files, a group, a customer."""

    def __init__(self, talk: Json, group: Json, customer: Json, way: str) -> None:
        self.talk, self.group, self.customer, self.way = talk, group, customer, way


@pytest.fixture
async def company(lin: Member, zhao: Member, chen: Member, wu: Consumer) -> Company:
    talk = await zhao.direct(lin)
    await zhao.say(talk, "下午三点试驾，记得带合同 https://lanting.example/l7")
    picture, file = photo(), paper()
    await lin.send_file(talk, picture["buffer"], picture["name"], kind="image")
    await lin.send_file(talk, file["buffer"], file["name"])
    await lin.read(talk, 1)
    group = await zhao.group("周末试驾", lin, chen)
    await chen.say(group, "座舱 2.3 周三推送")
    way = await lin.way()
    await wu.walk_in(way, "想周末试驾")
    await wu.send_picture(picture["buffer"])
    await wu.put(f"{wu.door}/name", {"name": "吴女士"})
    [customer] = await lin.customers()
    await lin.say(customer["conversation_id"], "周六下午有空")
    return Company(talk, group, customer, way)


async def ready(page: Page, path: str, sign: Locator) -> None:
    """Opened, with its content on it and no skeleton any more."""
    await page.goto(path)
    await expect(sign.first).to_be_visible()
    await expect(page.locator("[aria-busy=true]")).to_have_count(0)
    await page.evaluate(PICTURES_THERE)


def staff_pages(page: Page, company: Company, zhao: Member) -> list[tuple[str, Locator]]:
    """The main pages of the staff app, and by what one sees that they are there."""
    talk, group, customer = company.talk["id"], company.group["id"], company.customer["conversation_id"]
    return [
        ("/chats", page.locator("ul a[href*='/chats/'], [role=list] a[href*='/chats/']")),
        (f"/chats/{talk}", page.locator("[data-kind=file]")),
        (f"/chats/{group}", page.locator("[data-seq]")),
        (f"/chats/{customer}", page.locator("[data-kind=image] img")),
        ("/directory", page.get_by_role("treeitem")),
        (f"/directory?member={zhao.id}", page.locator("a[href^='tel:']")),
        ("/customers", page.locator("ul a[href*='/chats/']")),
        ("/settings", page.locator("img[src*='qr.svg']")),
        ("/admin", page.locator("a[href='/admin/roster']")),
        ("/admin/roster", page.locator("input[type=file]")),
        ("/admin/members", page.get_by_role("combobox")),
    ]


def is_lins(path: str, company: Company) -> bool:
    """The customer is his, so these pages are empty for others."""
    return path in {"/customers", f"/chats/{company.customer['conversation_id']}"}


def closed_doors(page: Page) -> list[tuple[str, Locator]]:
    """What somebody sees whom nobody knows."""
    inputs = page.locator("input[type=password]")
    return [
        ("/at/lanting", inputs),
        ("/at/nowhere", page.get_by_role("button")),
        ("/invite/none", page.locator("main a")),
    ]


async def look(page: Page, path: str, sign: Locator, accessible: Callable[[Page], Awaitable[None]]) -> None:
    await ready(page, path, sign)
    assert await page.title()
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        await page.evaluate(COLOURS_SETTLED)
        await accessible(page)
    assert not await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"), path


def strangers(page: Page) -> list[str]:
    """Requests that leave our own house."""
    base = "/".join(page.url.split("/")[:3])
    found: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith((base, "data:", "blob:")):
            found.append(request.url)

    page.on("request", note)
    return found


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
async def test_everybody_can_use_the_staff_app(
    open_page: OpenPage, accessible: Callable[[Page], Awaitable[None]], company: Company, zhao: Member, phone: bool
) -> None:
    page = await open_page(zhao, "/settings", phone=phone)
    foreign = strangers(page)
    for path, sign in staff_pages(page, company, zhao):
        if not is_lins(path, company):
            await look(page, path, sign, accessible)
    outside = await open_page(None, "/", phone=phone)
    for path, sign in closed_doors(outside):
        await look(outside, path, sign, accessible)
    assert not foreign


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
async def test_everybody_can_talk_with_customers(
    open_page: OpenPage, accessible: Callable[[Page], Awaitable[None]], company: Company, lin: Member, phone: bool
) -> None:
    page = await open_page(lin, "/customers", phone=phone)
    for path, sign in staff_pages(page, company, lin):
        if is_lins(path, company):
            await look(page, path, sign, accessible)


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
async def test_everybody_can_use_the_customers_page(
    open_page: OpenPage, accessible: Callable[[Page], Awaitable[None]], company: Company, wu: Consumer, phone: bool
) -> None:
    secret = (await wu.post(f"{wu.door}/recovery-link"))["url"].rpartition("/")[2]
    outside = await open_page(None, "/r/none", phone=phone)
    foreign = strangers(outside)
    for path in ("/r/none", "/c/nobodyhere23", f"/r/{secret}", f"/c/{company.way}"):
        await look(outside, path, outside.get_by_role("heading"), accessible)
    page = await open_page(wu, f"/c/{company.way}", phone=phone)
    await look(page, f"/c/{company.way}", page.locator("li.message img"), accessible)
    await page.get_by_role("button", name="更多").click()
    await page.get_by_role("button", name="换手机继续").click()
    await expect(page.get_by_role("textbox", name="恢复链接")).to_have_value(re.compile("/r/"))
    await accessible(page)
    assert not foreign


async def test_english_readers_meet_no_chinese_but_names_and_what_was_said(
    open_page: OpenPage, company: Company, zhao: Member, lin: Member, wu: Consumer
) -> None:
    for who in (zhao, lin):
        page = await open_page(who, "/settings", language="en-GB")
        for path, sign in staff_pages(page, company, zhao):
            if is_lins(path, company) is (who is lin):
                await ready(page, path, sign)
                await says_no_chinese(page)
        for talk in (company.group["id"], company.talk["id"]):
            await page.goto(f"/chats/{talk}")
            await page.get_by_role("button", name="Details").click()
            await expect(page.get_by_role("complementary", name="Details")).to_be_visible()
            await says_no_chinese(page)
    outside = await open_page(None, "/", language="en-GB")
    for path, sign in closed_doors(outside):
        await ready(outside, path, sign)
        await says_no_chinese(outside)
    for path in ("/r/none", "/c/nobodyhere23", f"/c/{company.way}"):
        await ready(outside, path, outside.get_by_role("heading"))
        await says_no_chinese(outside)
    phone = await open_page(wu, f"/c/{company.way}", language="en-GB", phone=True)
    await ready(phone, f"/c/{company.way}", phone.locator("li.message"))
    await says_no_chinese(phone)


async def says_no_chinese(page: Page) -> None:
    assert await page.evaluate("document.documentElement.lang") == "en"
    await page.evaluate(TWO_FRAMES)
    said = " ¦ ".join(await page.evaluate(EVERYTHING_SAID))
    for words in OWN_WORDS:
        said = said.replace(words, "")
    assert not CHINESE.findall(said), f"{page.url}: {said}"


async def test_a_keyboard_is_enough_to_sign_in_and_talk(open_page: OpenPage, company: Company, lin: Member) -> None:
    page = await open_page(None, "/")
    await tab_to(page, page.get_by_label("账号或手机号"))
    await page.keyboard.type("linxiao")
    await tab_to(page, page.get_by_label("密码", exact=True))
    await page.keyboard.type("Sunny-Lane-42")
    await page.keyboard.press("Enter")
    await staff.is_inside(page)
    await tab_to(page, staff.row(page, "赵敏"))
    await page.keyboard.press("Enter")
    await expect(staff.field(page)).to_be_focused()
    await page.keyboard.type("合同带了")
    await tab_to(page, page.get_by_role("button", name="发送", exact=True))
    await page.keyboard.press("Enter")
    await expect(staff.messages(page)).to_contain_text("合同带了")
    await tab_to(page, page.get_by_role("button", name="表情", exact=True), backwards=True)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("toolbar", name="表情列表")).to_be_visible()
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Enter")
    await expect(staff.field(page)).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("[data-mark=sent]")).to_have_count(4)


async def tab_to(page: Page, target: Locator, *, backwards: bool = False) -> None:
    """Presses Tab until the target has the focus, and looks whether one can see that it has."""
    await expect(target).to_be_visible()
    edges = await target.evaluate(EDGES)
    for _ in range(40):
        await page.keyboard.press("Shift+Tab" if backwards else "Tab")
        if await target.evaluate("element => element === document.activeElement"):
            break
    else:
        raise AssertionError(f"Tab never comes to {target}")
    await page.evaluate(COLOURS_SETTLED)
    assert await target.evaluate(EDGES) != edges, f"nothing shows that {target} has the focus"


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
async def test_nothing_jumps_while_pages_come_in(
    open_page: OpenPage, company: Company, zhao: Member, lin: Member, wu: Consumer, phone: bool
) -> None:
    for who, language in ((zhao, "zh-CN"), (lin, "en-GB"), (wu, "zh-CN")):
        page = await open_page(who, "/api/docs/openapi.json", phone=phone, language=language)
        await page.add_init_script(COUNT_SHIFTS)
        await page.route("**/api/**", slowly)
        pages = staff_pages(page, company, zhao)
        if who is wu:
            pages = [(f"/c/{company.way}", page.locator("li.message img"))]
        elif who is zhao:
            pages = [it for it in pages if not is_lins(it[0], company)]
        else:
            pages = [it for it in pages if is_lins(it[0], company)]
        for path, sign in pages:
            await ready(page, path, sign)
            await page.evaluate(COLOURS_SETTLED)
            shifts = await page.evaluate("window.shifts")
            assert sum(value for value, _ in shifts) <= MAX_SHIFT, f"{path} {language}: {shifts}"


async def slowly(route: Route) -> None:
    """The network takes its time, so that what stands there meanwhile is seen."""
    await asyncio.sleep(0.15)
    await route.continue_()
