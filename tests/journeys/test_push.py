"""Told while no page is open: the browser is subscribed, woken by what the server pushed, and leads to the place."""

import asyncio
import json

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.journeys.conftest import OpenPage
from tests.journeys.staff import is_inside, messages
from tests.journeys.test_notifications import comes
from tests.notifications.pushed import PATH, Browser, PushService
from tests.people import Json, Member

pytestmark = pytest.mark.whole_browser

# The browser maker's part: where its push service is, which is nowhere near here.
AT_OUR_SERVICE = """(subscription) => {
  let held = null;
  PushManager.prototype.getSubscription = async () => held;
  PushManager.prototype.subscribe = async ({ applicationServerKey, userVisibleOnly }) => {
    if (!userVisibleOnly || !applicationServerKey) throw new TypeError("not so");
    if (window.isUnreachable) throw new DOMException("Registration failed", "AbortError");
    const key = atob(applicationServerKey.replaceAll("-", "+").replaceAll("_", "/"));
    held = {
      options: { applicationServerKey: Uint8Array.from(key, (it) => it.charCodeAt(0)).buffer },
      toJSON: () => subscription,
      unsubscribe: async () => { held = null; return true; },
    };
    return held;
  };
}"""
STANDING = """navigator.serviceWorker.ready.then((it) => it.getNotifications())
  .then((all) => all.map((it) => [it.title, it.body]))"""


async def allow(context: BrowserContext, base_url: str, browser: Browser) -> None:
    await context.grant_permissions(["notifications"], origin=base_url)
    await context.add_init_script(f"({AT_OUR_SERVICE})({json.dumps(browser.subscription)})")


async def push_to(page: Page, told: Json) -> None:
    """As the browser does when its push service has something."""
    debugger = await page.context.new_cdp_session(page)
    found: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def note(event: Json) -> None:
        for registration in event["registrations"]:
            if not found.done() and not registration["isDeleted"]:
                found.set_result(registration["registrationId"])

    debugger.on("ServiceWorker.workerRegistrationUpdated", note)
    await debugger.send("ServiceWorker.enable")
    registration = await asyncio.wait_for(found, 10)
    origin = await page.evaluate("origin")
    await debugger.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": origin, "registrationId": registration, "data": json.dumps(told)},
    )


async def test_a_browser_that_may_is_subscribed_and_shows_what_was_pushed(
    open_page: OpenPage, push_service: PushService, base_url: str, lin: Member, chen: Member
) -> None:
    browser = push_service.browser()
    talk = await lin.direct(chen)
    await lin.say(talk, "早")
    his = await open_page(chen, "/settings")
    await allow(his.context, base_url, browser)
    await his.reload()
    card = his.locator("section", has=his.get_by_role("heading", name="通知"))
    await expect(card.get_by_role("switch", name="互通没打开时也提醒")).to_be_checked()
    await comes(his, f"fetch('{PATH}').then((it) => it.json()).then((it) => it.endpoint)", browser.endpoint)

    said = await lin.say(talk, "样件到门口了")
    told = await browser.next()
    assert (told["text"], told["seq"]) == ("样件到门口了", said["seq"])
    # Before the eyes of somebody who looks, nothing is put.
    await push_to(his, told)
    await asyncio.sleep(1)
    await comes(his, STANDING, [])
    [worker] = his.context.service_workers
    await worker.evaluate('Object.defineProperty(WindowClient.prototype, "focused", { get: () => false })')
    await push_to(his, told)
    await comes(his, STANDING, [["林晓", "样件到门口了"]])

    # A click leads the open page to the message, without loading it anew.
    await his.evaluate("window.isStillThis = true")
    await worker.evaluate("""async () => {
      const [notification] = await self.registration.getNotifications();
      self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
    }""")
    await expect(his).to_have_url(f"{base_url}/chats/{talk['id']}/{said['seq']}")
    await expect(messages(his).get_by_text("样件到门口了")).to_be_visible()
    assert await his.evaluate("isStillThis")

    # What the open page has shown itself, while nobody looked, is not shown a second time.
    group = await lin.group("座舱联调", chen)
    await his.evaluate("document.hasFocus = () => false")
    said = await lin.say(group, "看一下日志")
    await comes(his, STANDING, [["座舱联调", "林晓：看一下日志"]])
    pushed = {
        "title": "座舱联调",
        "text": "林晓：看一下日志",
        "unread_count": 1,
        "conversation_id": group["id"],
        "seen": [],
    }
    await push_to(his, pushed | {"seq": said["seq"]})
    await comes(his, STANDING, [["座舱联调", "林晓：看一下日志"]])
    # What was read elsewhere no longer stands here: at once where a page is open, else with the next push.
    await chen.read(group, said["seq"])
    await comes(his, STANDING, [])


async def test_pushing_is_switched_off_on_this_device_and_stays_off(
    open_page: OpenPage, push_service: PushService, base_url: str, chen: Member
) -> None:
    browser = push_service.browser()
    his = await open_page(chen, "/settings")
    await allow(his.context, base_url, browser)
    await his.reload()
    switch = his.get_by_role("switch", name="互通没打开时也提醒")
    await expect(switch).to_be_checked()
    await switch.click()
    await expect(switch).not_to_be_checked()
    await comes(his, f"fetch('{PATH}').then((it) => it.json()).then((it) => it.endpoint)", None)
    await his.goto("/chats")
    await is_inside(his)
    await his.goto("/settings")
    await expect(switch).not_to_be_checked()
    assert (await chen.get(PATH))["endpoint"] is None

    # Where the push service cannot be reached, it is said what works all the same.
    await his.evaluate("window.isUnreachable = true")
    await switch.click()
    await expect(his.get_by_text("连不上浏览器的推送服务")).to_be_visible()
    await expect(switch).not_to_be_checked()
    await his.evaluate("window.isUnreachable = false")
    await switch.click()
    await comes(his, f"fetch('{PATH}').then((it) => it.json()).then((it) => it.endpoint)", browser.endpoint)
    await expect(switch).to_be_checked()
