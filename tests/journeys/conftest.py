"""Browsers for the journeys: Debian's Chromium, one context a person, no error in any page's console."""

import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, Literal, Protocol

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    ViewportSize,
    async_playwright,
    expect,
)

from tests.notifications.pushed import PushService
from tests.people import Caller

CHROMIUM = os.environ.get("HUTONG_CHROMIUM") or "/usr/bin/chromium"
# The same engine without a window around it, at three quarters of the cost. It has no microphone and no push.
SHELL = "/usr/bin/chromium-headless-shell"
# Nothing may leave this machine, and Chromium likes to talk to its makers.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-default-apps",
    "--disable-features=OptimizationHints,MediaRouter,Translate",
    "--no-first-run",
    # It beeps once a second. Whether a page may listen is asked for each context, as ever.
    "--use-fake-device-for-media-stream",
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
DESK: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
# The browser reports every refused request; the pages show those as sentences, and the tests look at them there.
REFUSED = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")
AXE_RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}


# What one waits for comes at once or not at all; the rest is for a machine with much to do.
PATIENCE_MS = 15_000
expect.set_options(timeout=PATIENCE_MS)


ANIMATIONS_END = """() => Promise.all(document.getAnimations()
  .filter((it) => Number.isFinite(it.effect?.getComputedTiming().endTime ?? Infinity))
  .map((it) => it.finished.catch(() => null)))"""
Accessible = Callable[[Page], Awaitable[None]]


class OpenPage(Protocol):
    """`page = await open_page(lin, "/chats")`: a window of that person, with their cookies and nobody else's."""

    def __call__(
        self,
        who: Caller | None,
        path: str = "/",
        *,
        phone: bool = False,
        scheme: Literal["light", "dark"] = "light",
        language: str = "zh-CN",
        expect_errors: str | None = None,
    ) -> Awaitable[Page]: ...


@pytest.fixture(scope="session")
async def browsers() -> AsyncIterator[Callable[[str], Awaitable[Browser]]]:
    """Each is started once, when it is first asked for."""
    started: dict[str, Browser] = {}
    async with async_playwright() as playwright:

        async def start(path: str) -> Browser:
            if path not in started:
                started[path] = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
            return started[path]

        yield start
        for browser in started.values():
            await browser.close()


@pytest.fixture
async def chromium(request: pytest.FixtureRequest, browsers: Callable[[str], Awaitable[Browser]]) -> Browser:
    """`@pytest.mark.whole_browser` wants the whole one."""
    wants_whole = "HUTONG_CHROMIUM" in os.environ or request.node.get_closest_marker("whole_browser") is not None
    return await browsers(CHROMIUM if wants_whole or not os.access(SHELL, os.X_OK) else SHELL)


@pytest.fixture
async def push_service() -> AsyncIterator[PushService]:
    async with PushService.running() as service:
        yield service


@pytest.fixture
async def open_page(
    chromium: Browser, base_url: str, request: pytest.FixtureRequest, tmp_path: Path
) -> AsyncIterator[OpenPage]:
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    async def open_one(
        who: Caller | None,
        path: str = "/",
        *,
        phone: bool = False,
        scheme: Literal["light", "dark"] = "light",
        language: str = "zh-CN",
        expect_errors: str | None = None,
    ) -> Page:
        context = await chromium.new_context(
            base_url=base_url,
            locale=language,
            timezone_id="Asia/Shanghai",
            color_scheme=scheme,
            viewport=PHONE if phone else DESK,
            has_touch=phone,
            is_mobile=phone,
            device_scale_factor=2 if phone else 1,
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        context.on("page", lambda page: watch(page, errors, expect_errors))
        if who is not None:
            await context.add_cookies(
                [{"name": it.name, "value": it.value or "", "url": base_url} for it in who.http.cookies.jar]
            )
        page = await context.new_page()
        await page.goto(path)
        return page

    failures_before = request.session.testsfailed
    yield open_one
    if request.session.testsfailed > failures_before or errors:
        for number, context in enumerate(contexts):
            for page in context.pages:
                await page.screenshot(path=tmp_path / f"page-{number}.png")
        print(f"screenshots: {tmp_path}")
    for context in contexts:
        await context.close()
    assert not errors, "\n".join(errors)


def watch(page: Page, errors: list[str], expected: str | None) -> None:
    """Every uncaught error and every line of error in the console, unless `expected` finds it."""

    def note(text: str) -> None:
        if not (expected and re.search(expected, text)):
            errors.append(f"{page.url}: {text}")

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and not REFUSED.search(message.text):
            note(message.text)

    page.on("console", on_console)
    page.on("pageerror", lambda error: note(f"uncaught: {error.stack or error}"))


@pytest.fixture
def accessible() -> Accessible:
    """`await accessible(page)`: axe finds nothing against WCAG A and AA in the page as it stands."""

    async def check(page: Page) -> None:
        # Half faded in, nothing has the contrast that it will have.
        await page.evaluate(ANIMATIONS_END)
        # evaluate() goes through the debugger, which the page's CSP does not bind.
        results = await Axe().run(page, options=AXE_RULES)
        assert not results.response["violations"], describe(results.response["violations"])

    return check


def describe(violations: list[dict[str, Any]]) -> str:
    lines = []
    for violation in violations:
        lines.append(f"{violation['id']} ({violation['impact']}): {violation['help']}")
        lines += [f"    {node['html'][:160]}\n    {node['failureSummary']}" for node in violation["nodes"][:5]]
    return "\n".join(lines)
