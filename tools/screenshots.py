"""The four pictures of the README, taken from a running demo.

    hutong demo --data DIR --port N                       # a fresh folder, left running
    python -m tools.screenshots DIR/demo.json

Tells a morning's talk through the doors that everybody uses, then takes docs/screenshots/*.png.
"""

import argparse
import io
import json
import os
import re
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from PIL import Image, ImageChops, ImageDraw, ImageFilter
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, sync_playwright

FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
CHROMIUM = os.environ.get("HUTONG_CHROMIUM") or "/usr/bin/chromium"
DESK: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
MAX_BYTES = 250_000
OWNER = "周先生"


class Person:
    """Somebody with a browser of their own, who speaks HTTP before any page is opened."""

    def __init__(self, browser: Browser, base_url: str, *, phone: bool = False, is_dark: bool = False) -> None:
        self.base_url = base_url
        self.context: BrowserContext = browser.new_context(
            base_url=base_url,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport=PHONE if phone else DESK,
            is_mobile=phone,
            has_touch=phone,
            color_scheme="dark" if is_dark else "light",
            reduced_motion="reduce",
        )

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        is_raw = isinstance(body, bytes)
        headers = {"content-type": "application/octet-stream"} if is_raw else {}
        answer = self.context.request.fetch(
            path, method=method, data=body, headers={"origin": self.base_url, "accept-language": "zh-CN"} | headers
        )
        if not answer.ok:
            raise SystemExit(f"{method} {path}: {answer.status} {answer.text()}")
        return answer.json() if answer.body() else None

    def sign_in(self, access: dict[str, str]) -> "Person":
        self.ask("POST", "/api/session", {"company": None, "login": access["account"], "password": access["password"]})
        return self

    def say(self, conversation_id: str, **words: str | int) -> None:
        body = {"client_id": str(uuid.uuid4()), "kind": "text"} | words
        self.ask("POST", f"/api/conversations/{conversation_id}/messages", body)

    def send_file(self, conversation_id: str, name: str, content: bytes) -> None:
        file = self.ask("POST", f"/api/files?name={quote(name)}", content)
        self.say(conversation_id, kind="file", file_id=file["id"])

    def look(self, path: str, sign: str) -> Page:
        """Opens a page and waits until what it is about stands there."""
        page = self.context.new_page()
        page.goto(path, wait_until="networkidle")
        page.locator(sign).first.wait_for()
        return page


class Visitor(Person):
    """A customer on a phone, with a contact link."""

    def __init__(self, browser: Browser, base_url: str, way: str, *, is_dark: bool = False) -> None:
        super().__init__(browser, base_url, phone=True, is_dark=is_dark)
        self.door = f"/api/consumer/{way}"

    def write(self, text: str) -> None:
        self.ask("POST", f"{self.door}/messages", {"client_id": str(uuid.uuid4()), "kind": "text", "text": text})

    def show(self, name: str, picture: bytes) -> None:
        self.ask("POST", f"{self.door}/pictures?client_id={uuid.uuid4()}&name={quote(name)}", picture)

    def be_called(self, name: str) -> None:
        self.ask("PUT", f"{self.door}/name", {"name": name})


def dashboard() -> bytes:
    """What a driver would photograph: the instruments at dawn, with the lamp that the question is about."""
    # Drawn three times as large, because Pillow's shapes have hard edges.
    big = 3
    picture = Image.new("RGB", (1000 * big, 680 * big))
    draw = ImageDraw.Draw(picture)
    for line in range(680 * big):
        light = max(0.0, 1 - line / (300 * big))
        colour = tuple(int(dark + more * light) for dark, more in ((10, 92), (13, 70), (20, 78)))
        draw.line((0, line, 1000 * big, line), fill=colour)
    panel = (60 * big, 200 * big, 940 * big, 640 * big)
    draw.rounded_rectangle(panel, 70 * big, fill=(7, 9, 13), outline=(58, 68, 80), width=6 * big)
    for left, share, colour in ((120, 0.62, (64, 196, 160)), (640, 0.02, (90, 150, 220))):
        ring = (left * big, 290 * big, (left + 240) * big, 530 * big)
        draw.arc(ring, 140, 400, fill=(38, 47, 58), width=18 * big)
        draw.arc(ring, 140, 140 + 260 * share, fill=colour, width=18 * big)
    for middle, text, size in ((240, "62%", 72), (760, "P", 92)):
        draw.text((middle * big, 410 * big), text, font_size=size * big, fill=(226, 234, 240), anchor="mm")
    amber, x, y = (255, 176, 46), 500 * big, 392 * big
    draw.rounded_rectangle((x - 40 * big, y - 28 * big, x + 40 * big, y + 34 * big), 14 * big, fill=amber)
    for at in (x - 20 * big, x + 20 * big):
        draw.rounded_rectangle((at - 6 * big, y - 62 * big, at + 6 * big, y - 22 * big), 5 * big, fill=amber)
    draw.line((x, y + 34 * big, x, y + 82 * big), fill=amber, width=12 * big)
    small = picture.resize((1000, 680), Image.Resampling.LANCZOS)
    glowing = ImageChops.screen(small, small.filter(ImageFilter.GaussianBlur(24)))
    written = io.BytesIO()
    glowing.rotate(-2.5, Image.Resampling.BICUBIC).crop((30, 40, 970, 640)).save(written, "JPEG", quality=88)
    return written.getvalue()


def customers_of(member: Person) -> dict[str, str]:
    """Their names, and the conversations with them."""
    return {it["name"]: it["conversation_id"] for it in member.ask("GET", "/api/contacts")["items"]}


def tell(browser: Browser, facts: dict[str, Any]) -> tuple[str, str, Visitor]:
    """A morning in the store. (customer's conversation, the store's group, the customer)"""
    base_url = facts["base_url"]
    way = facts["contact_way_url"].rpartition("/")[2]
    sales, community, research = (Person(browser, base_url).sign_in(access) for access in facts["members"])
    admin = Person(browser, base_url).sign_in(facts["admin"])
    if OWNER in customers_of(sales):
        raise SystemExit(
            "The pictures were taken of this demo already. Start one in a fresh folder: hutong demo --data DIR"
        )
    ids = {who: who.ask("GET", "/api/me")["id"] for who in (sales, community, research, admin)}

    for name, words in (
        ("程女士", "您好，L7 的长续航版现在订，春节前能提到车吗？"),
        ("陆先生", "谢谢，周六上午十点我带家人一起来试驾。"),
    ):
        visitor = Visitor(browser, base_url, way)
        visitor.write(words)
        visitor.be_called(name)
    direct = sales.ask("POST", "/api/conversations", {"kind": "direct", "person_id": ids[research]})["id"]
    research.say(direct, text="座舱 2.3 的升级说明发你，门店展车今晚先推。")
    research.send_file(direct, "座舱 2.3 升级说明.pdf", b"%PDF-1.7\n" + bytes(1_480_000))
    sales.say(direct, text="收到，明早开门前我看一遍。")

    body = {
        "kind": "group",
        "client_id": str(uuid.uuid4()),
        "name": "西湖门店 · 试驾排期",
        "person_ids": [ids[community], ids[research], ids[admin]],
    }
    group = sales.ask("POST", "/api/conversations", body)["id"]
    sales.say(group, text="早！周末试驾已约 26 组，周六上午最满。")
    community.say(group, text="车友群里又有 8 位想来，我让他们直接扫你的码。")
    admin.say(group, text="展车周五晚上洗好、充到 90%，两台都排上。")
    research.say(group, text="2.3 版本今晚推到展车，语音能直接说方言了，可以请客户试试。")
    sales.say(group, text="太好了，我把它写进试驾路线里 👍")
    community.say(group, text="排期表：\n周六 09:30–12:00　14 组\n周六 13:30–17:00　7 组\n周日 10:00–16:00　13 组")
    admin.say(group, text="辛苦各位，周日我也在店里。")
    talk_by_topics(sales, research, admin, group)

    owner = Visitor(browser, base_url, way)
    owner.write("您好，我昨天刚提的 L7，今早充电时仪表上亮了这个灯，要紧吗？")
    owner.be_called(OWNER)
    owner.show("仪表.jpg", dashboard())
    conversation = customers_of(sales)[OWNER]
    sales.say(conversation, text="周先生早上好！这是充电枪没有插到底的提示，车没有问题，请放心。")
    sales.say(conversation, text="请按住枪头的按钮，拔出来再插紧一次，听到“咔”的一声就好。")
    owner.write("灯灭了，已经在充了，谢谢！")
    sales.say(conversation, text="太好了。我请服务站下午给您回个电话，再确认一遍。以后有事直接在这里说，我都在。")
    owner.write("有人管就放心了 👍")
    for at in (group, direct, conversation):
        last = sales.ask("GET", f"/api/conversations/{at}")["last_seq"]
        sales.ask("PUT", f"/api/conversations/{at}/read", {"seq": last})
    return conversation, group, owner


def talk_by_topics(sales: Person, research: Person, admin: Person, group: str) -> None:
    """What makes a group more than a list of messages."""
    at = f"/api/conversations/{group}"
    admin.ask("PUT", f"{at}/notice", {"text": "周六九点前到店，试驾先登记驾照。"})
    price, date = (
        admin.ask("POST", f"{at}/topics", {"client_id": str(uuid.uuid4()), "name": name})["id"]
        for name in ("选装报价", "首批到店")
    )
    research.say(group, text="座舱选装单独报：\n```\n雪地包   3,000\n音响包   6,800\n```", topic_id=price)
    sales.say(group, text="第一批 **12 月 5 日**到店，先给老车主", topic_id=date)
    research.say(group, text="2.3 的语音演示脚本在这里，**先讲方言**，再讲导航。")
    last = sales.ask("GET", at)["last_seq"]
    sales.ask("PUT", f"{at}/messages/{last}/pin")
    for who in (sales, admin):
        who.ask("PUT", f"{at}/messages/{last}/reactions/{quote('👍')}")
    sales.say(group, text="好，我周六一早带大家过一遍", reply_to_seq=last)
    admin.say(group, text="两位客户改到周日下午了，排期表我更新一下。")


def show_the_place(owner: Visitor) -> None:
    """The same customer in the evening, out on the road."""
    owner.write("还有件事：回程路上右后胎报警，我停在这里了")
    owner.ask(
        "POST",
        f"{owner.door}/messages",
        {
            "client_id": str(uuid.uuid4()),
            "kind": "location",
            "location": {
                "lat": 30.1921, "lon": 120.0743, "datum": "wgs84", "accuracy_m": 15,
                "name": "灵山服务区", "address": "杭州市西湖区杭新景高速",
            },
        },
    )  # fmt: skip


def keep(page: Page, name: str, *ready: Locator) -> None:
    """Everything loaded, nothing focused, and small enough to stand in a repository."""
    for sign in ready:
        sign.first.wait_for()
    page.evaluate("Promise.allSettled([...document.images].map((it) => it.decode()))")
    page.evaluate("document.activeElement?.blur()")
    with Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide"))) as shot:
        small = shot.convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    FOLDER.mkdir(parents=True, exist_ok=True)
    target = FOLDER / f"{name}.png"
    small.save(target, optimize=True)
    size = target.stat().st_size
    if size > MAX_BYTES:
        raise SystemExit(f"{target}: {size} bytes, more than {MAX_BYTES}")
    print(f"{target.relative_to(FOLDER.parents[1])}: {size // 1000} kB")


def take(browser: Browser, facts: dict[str, Any]) -> None:
    base_url, sales = facts["base_url"], facts["members"][0]
    conversation, group, owner = tell(browser, facts)

    desk = Person(browser, base_url).sign_in(sales).look(f"/chats/{conversation}", "[data-kind=image] img")
    keep(desk, "staff-desk-light", desk.get_by_text("有人管就放心了").last)

    phone = Person(browser, base_url, phone=True).sign_in(sales).look(f"/chats/{group}", "[data-seq]")
    keep(phone, "staff-phone", phone.get_by_text("周日我也在店里").last)

    page = owner.look(facts["contact_way_url"], "li.message img")
    keep(page, "consumer-phone", page.get_by_text("有人管就放心了"))

    desk.goto(f"/chats/{group}")
    desk.get_by_role("button", name="会话详情").click()
    keep(desk, "group-desk", desk.get_by_text("我周六一早带大家过一遍").last, desk.get_by_role("list", name="群成员"))

    night = Person(browser, base_url, phone=True, is_dark=True).sign_in(sales)
    topic = night.ask("GET", f"/api/conversations/{group}/topics")["items"][-1]["id"]
    small = night.look(f"/chats/{group}/topics/{topic}", "pre")
    keep(small, "topic-phone-dark", small.get_by_text("雪地包"))

    show_the_place(owner)
    at_night = Visitor(browser, base_url, facts["contact_way_url"].rpartition("/")[2], is_dark=True)
    at_night.context.add_cookies(
        [{"name": it["name"], "value": it["value"], "url": base_url} for it in owner.context.cookies()]
    )
    outside = at_night.look(facts["contact_way_url"], "li.message")
    keep(outside, "consumer-phone-dark", outside.get_by_text("灵山服务区").last)

    dark = Person(browser, base_url, is_dark=True).sign_in(sales)
    found_words = dark.look("/chats", "[role=list] a")
    found_words.get_by_role("combobox", name="搜索", exact=True).fill("试驾")
    first = found_words.get_by_role("option", name=re.compile("试驾路线"))
    first.wait_for()
    first.click()
    keep(found_words, "search-desk-dark", found_words.locator("[data-seq]").first)

    found = dark.ask("GET", f"/api/members?q={facts['members'][2]['account']}")["items"][0]
    department = dark.ask("GET", f"/api/members/{found['id']}")["departments"][0]["id"]
    directory = dark.look(f"/directory/{department}?member={found['id']}", "aside dl")
    keep(
        directory,
        "staff-desk-dark",
        directory.get_by_role("treeitem", selected=True),
        directory.get_by_role("heading", name=re.compile(found["name"])),
    )


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("demo", type=Path, help="the demo.json of a running demo")
    parser.add_argument("--base-url", help="where it runs, if not where demo.json says")
    options = parser.parse_args(arguments)
    facts = json.loads(options.demo.read_text())
    if options.base_url:
        facts["contact_way_url"] = facts["contact_way_url"].replace(facts["base_url"], options.base_url)
        facts["base_url"] = options.base_url
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--no-proxy-server"])
        try:
            take(browser, facts)
        finally:
            browser.close()


if __name__ == "__main__":
    main()
