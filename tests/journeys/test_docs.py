"""The API's own page: every operation, from our own files, with nothing to complain about."""

import re

from playwright.async_api import expect

from tests.journeys.conftest import OpenPage


async def test_the_api_page_shows_the_operations(open_page: OpenPage) -> None:
    page = await open_page(None, "/api/docs")
    strangers: list[str] = []
    base = page.url.split("/api/")[0]
    page.on(
        "request",
        lambda request: None if request.url.startswith((base, "data:", "blob:")) else strangers.append(request.url),
    )
    await page.reload(wait_until="networkidle")
    for path in ("/api/session", "/api/conversations", "/api/consumer/{way}"):
        await expect(page.get_by_text(path, exact=True).first).to_be_attached()
    await expect(page.get_by_text(re.compile(r"^(GET|POST|PUT|PATCH|DELETE)$", re.I)).first).to_be_visible()
    assert not strangers
