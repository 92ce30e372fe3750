"""The staff app as its users call it: where they look, and the few things every journey does."""

import re
from contextlib import suppress

from playwright.async_api import Locator, Page, expect

from tests.cast import PASSWORD


async def sign_in(page: Page, login: str, password: str = PASSWORD) -> None:
    await page.get_by_label("账号或手机号").fill(login)
    await page.get_by_label("密码", exact=True).fill(password)
    await page.get_by_role("button", name="登录", exact=True).click()


async def sees_sign_in(page: Page) -> None:
    await expect(page.get_by_role("button", name="登录", exact=True)).to_be_visible()


async def is_inside(page: Page) -> None:
    await expect(page.get_by_role("heading", name="消息", exact=True)).to_be_visible()


def row(page: Page, title: str) -> Locator:
    """A conversation in the list. A preview may hold the same name, so the title must come first."""
    return page.get_by_role("list", name="会话列表").get_by_role("link", name=re.compile(f"^{re.escape(title)}"))


def messages(page: Page) -> Locator:
    return page.get_by_role("list", name="消息列表")


def bubble(page: Page, text: str) -> Locator:
    return messages(page).get_by_role("listitem").filter(has_text=text)


async def choose(page: Page, text: str, deed: str) -> None:
    """From the menu of a message."""
    await bubble(page, text).last.hover()
    await bubble(page, text).last.get_by_role("button", name="消息操作").click()
    await page.get_by_role("menuitem", name=deed, exact=True).click()


def field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="输入消息")


async def say(page: Page, text: str) -> None:
    await field(page).fill(text)
    await field(page).press("Enter")


async def seqs(page: Page) -> list[int]:
    """Of the messages in the page, in the order they stand in."""
    found: list[int] = (
        await messages(page).locator("[data-seq]").evaluate_all("all => all.map((it) => +it.dataset.seq)")
    )
    return found


async def type_until(field: Locator, key: str, sign: Locator) -> None:
    """Keeps typing until the other side shows it: what was typed before their line stood is told to nobody."""
    for _ in range(30):
        await field.press_sequentially(key)
        with suppress(AssertionError):
            await expect(sign).to_be_visible(timeout=500)
            return
    raise AssertionError("nobody sees the typing")
