"""What reaches somebody who is not looking: the count, a sound, a notification that leads to the place."""

import asyncio

from playwright.async_api import Page, expect

from tests.journeys.conftest import Accessible, OpenPage
from tests.journeys.staff import messages, row
from tests.people import Member, new_client_id

PATH = "/api/me/notification-settings"

# The browser's part, which a browser without a screen does not play: who looks, what its notifications and its sounds
# are. `allowed`: what the person says when asked.
BROWSER = """
  window.isAway = false;
  Object.defineProperty(document, "visibilityState", { get: () => (window.isAway ? "hidden" : "visible") });
  document.hasFocus = () => !window.isAway;
  delete window.PushManager;
  window.shown = [];
  window.asked = 0;
  window.sounds = 0;
  window.Notification = class extends EventTarget {
    static permission = origin === "null" ? "default" : localStorage.getItem("permission") ?? "default";
    static async requestPermission() {
      window.asked += 1;
      localStorage.setItem("permission", "granted");
      return (this.permission = "granted");
    }
    constructor(title, options) {
      super();
      window.shown = window.shown.filter((it) => it.options.tag !== options.tag);
      Object.assign(this, { title, options });
      window.shown.push(this);
    }
    close() {
      window.shown = window.shown.filter((it) => it !== this);
    }
  };
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...when) {
    window.sounds += 1;
    return start.apply(this, when);
  };
"""
NOTES = 2


async def in_such_a_browser(page: Page, *, permission: str = "default") -> Page:
    await page.context.add_init_script(BROWSER)
    await page.evaluate("(it) => localStorage.setItem('permission', it)", permission)
    await page.reload()
    return page


async def look_away(page: Page) -> None:
    """After it was touched: a page that never was may not sound."""
    await page.keyboard.press("Shift")
    await page.evaluate("window.isAway = true")


async def look_back(page: Page) -> None:
    await page.evaluate("window.isAway = false; window.dispatchEvent(new Event('focus'))")


async def shows(page: Page, *expected: tuple[str, str]) -> None:
    """Exactly these notifications (title, text) come to stand there."""
    await comes(page, "shown.map((it) => [it.title, it.options.body])", [list(each) for each in expected])


async def comes(page: Page, what: str, expected: object) -> None:
    """The page comes to this value. Asked from outside: its CSP lets no test's text be run again and again inside."""
    for _ in range(150):
        if (found := await page.evaluate(what)) == expected:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"{what} is {found}, not {expected}")


async def settled(page: Page) -> None:
    """What had to be told is told: longer than a notification waits."""
    await page.wait_for_timeout(1_200)


async def test_who_looks_elsewhere_is_told_and_led_to_the_message(
    open_page: OpenPage, lin: Member, chen: Member
) -> None:
    talk = await lin.direct(chen)
    await lin.say(talk, "昨天的话")
    await chen.read(talk, 1)
    his = await in_such_a_browser(await open_page(chen, "/chats"), permission="granted")
    await expect(row(his, "林晓")).to_be_visible()
    await look_away(his)
    await lin.say(talk, "屏幕样件到了")
    await shows(his, ("林晓", "屏幕样件到了"))
    await expect(his).to_have_title("(1) 蓝汀汽车")
    assert str(await his.locator("link[rel=icon]").get_attribute("href")).endswith("icon-unread.svg")
    assert await his.evaluate("sounds") == NOTES
    # The next takes the place of the one before.
    await lin.say(talk, "在前台")
    await shows(his, ("林晓", "在前台"))

    await look_back(his)
    await his.evaluate("shown[0].onclick()")
    await expect(his).to_have_url(f"{his.url.split('/chats')[0]}/chats/{talk['id']}/3")
    await expect(messages(his).get_by_text("在前台")).to_be_in_viewport()
    await expect(his).to_have_title("蓝汀汽车")
    assert str(await his.locator("link[rel=icon]").get_attribute("href")).endswith("icon.svg")
    await shows(his)


async def test_what_is_read_on_another_device_goes_quiet_on_this_one(
    open_page: OpenPage, lin: Member, chen: Member
) -> None:
    group = await lin.group("座舱联调", chen)
    his = await in_such_a_browser(await open_page(chen, "/chats"), permission="granted")
    await expect(row(his, "座舱联调")).to_be_visible()
    await look_away(his)
    said = await lin.say(group, "@陈默 明早八点", mentions={"person_ids": [chen.id]})
    await shows(his, ("座舱联调", "[有人@我] 林晓：@陈默 明早八点"))
    await chen.read(group, said["seq"])
    await shows(his)
    await expect(his).to_have_title("蓝汀汽车")
    # What is taken back is no longer shown, either.
    said = await lin.say(group, "发错群了")
    await shows(his, ("座舱联调", "林晓：发错群了"))
    await lin.post(f"/api/conversations/{group['id']}/messages/{said['seq']}/recall")
    await shows(his)
    # Read at once on the phone in the hand: the desk does not even begin.
    said = await lin.say(group, "八点半也行")
    await chen.read(group, said["seq"])
    await settled(his)
    await shows(his)


async def test_one_of_several_tabs_sounds_and_none_while_the_talk_is_looked_at(
    open_page: OpenPage, lin: Member, chen: Member
) -> None:
    talk = await lin.direct(chen)
    await lin.say(talk, "早")
    first = await in_such_a_browser(await open_page(chen, "/chats"), permission="granted")
    second = await first.context.new_page()
    await second.goto("/chats")
    for tab in (first, second):
        await expect(row(tab, "林晓")).to_be_visible()
        await look_away(tab)
    await lin.say(talk, "两个窗口都没在看")
    await comes(second, "sounds", NOTES)
    await settled(first)
    assert (await first.evaluate("sounds"), await second.evaluate("sounds")) == (0, NOTES)
    assert (await first.evaluate("shown.length"), await second.evaluate("shown.length")) == (0, 1)

    # The other tab is looked at, and this one, which would speak, hears so.
    await look_back(first)
    await row(first, "林晓").click()
    await expect(messages(first).get_by_text("两个窗口都没在看")).to_be_visible()
    await lin.say(talk, "正看着")
    await expect(messages(first).get_by_text("正看着")).to_be_visible()
    await settled(second)
    assert await second.evaluate("sounds") == NOTES
    await shows(second)

    # Where it is looked at something else in the app, a sound is enough.
    other = await lin.group("别的群", chen)
    await lin.say(other, "这边也看看")
    await comes(second, "sounds", 2 * NOTES)
    await shows(second)

    # With its speaker closed, the other tab has the word.
    await second.close()
    await look_away(first)
    await lin.say(other, "还在吗")
    await shows(first, ("别的群", "林晓：还在吗"))


async def test_the_choices_stand_in_the_settings_and_hold_at_once_on_every_device(
    open_page: OpenPage, accessible: Accessible, lin: Member, chen: Member
) -> None:
    talk = await lin.direct(chen)
    his = await in_such_a_browser(await open_page(chen, "/settings"))
    card = his.locator("section", has=his.get_by_role("heading", name="通知"))
    assert await his.evaluate("asked") == 0
    await card.get_by_role("button", name="开启").click()
    await expect(card.get_by_text("已开启")).to_be_visible()
    assert await his.evaluate("asked") == 1
    await card.get_by_role("switch", name="声音").click()
    await card.get_by_role("switch", name="显示消息内容").click()
    await accessible(his)
    await look_away(his)
    await lin.say(talk, "机密：电池包涨价")
    await shows(his, ("林晓", "发来一条消息"))
    assert await his.evaluate("sounds") == 0
    await look_back(his)

    # Quiet from now on: a night is proposed, and set to all day but one minute.
    await card.get_by_role("switch", name="免打扰时段").click()
    await expect(card.get_by_text("次日结束，按 Asia/Shanghai 的时间")).to_be_visible()
    await card.get_by_label("从", exact=True).fill("00:00")
    await card.get_by_label("到", exact=True).fill("23:59")
    await card.get_by_label("到", exact=True).blur()
    await expect(card.get_by_text("按 Asia/Shanghai 的时间", exact=True)).to_be_visible()
    await accessible(his)
    quiet = {"begins": "00:00", "ends": "23:59", "time_zone": "Asia/Shanghai"}
    await comes(his, f"fetch('{PATH}').then((it) => it.json()).then((it) => it.quiet_hours)", quiet)
    await his.evaluate("shown = []")
    await look_away(his)
    await lin.say(talk, "夜里的话")
    await settled(his)
    await shows(his)

    # Another device changes its mind, and this one follows.
    async with chen.socket():
        await chen.put(PATH, {"has_sound": False, "shows_text": True})
    await expect(card.get_by_role("switch", name="免打扰时段")).not_to_be_checked()
    await lin.say(talk, "早上好", client_id=new_client_id())
    await shows(his, ("林晓", "早上好"))
