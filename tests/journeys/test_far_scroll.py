"""Scrolling far in a chat: the page stays as light as at the first look, and what one reads stays in its place."""

import asyncio
import re

import pytest
from playwright.async_api import Locator, Page, expect

from tests.journeys import staff
from tests.journeys.conftest import OpenPage
from tests.people import Json, Member

COUNT = 900
MOST = 600
PAGE = 100
FROM_TOP = "box => box.scrollHeight - box.clientHeight + box.scrollTop"
TOP = "row => row.getBoundingClientRect().top"
IN_SIGHT = """box => {
  const { top, bottom } = box.getBoundingClientRect();
  const rows = [...box.querySelectorAll("[data-seq]")];
  const isInside = (it) => it.top > top + 100 && it.bottom < bottom;
  return +rows.find((it) => isInside(it.getBoundingClientRect())).dataset.seq;
}"""


@pytest.fixture
async def talk(lin: Member, zhao: Member) -> Json:
    talk = await lin.direct(zhao)
    async with lin.socket() as socket:
        for number in range(1, COUNT + 1):
            await socket.say(talk, f"第 {number} 句" + "，说得长一些" * (number % 23))
    return talk


def region(page: Page) -> Locator:
    return page.get_by_role("region", name="聊天记录")


async def wheel_until(page: Page, pixels: int, text: str) -> None:
    """Turns the wheel until that message is in sight; all the while the page holds an unbroken run of not too many."""
    await region(page).hover()
    wanted = staff.messages(page).get_by_text(re.compile(f"^{text}"))
    for _ in range(400):
        await page.mouse.wheel(0, pixels)
        await asyncio.sleep(0.03)
        loaded = await staff.seqs(page)
        assert loaded == list(range(loaded[0], loaded[-1] + 1)), "a hole in what is shown"
        assert len(loaded) <= MOST + 2 * PAGE, "what was scrolled through stays in the page"
        if (
            await wanted.count()
            and await region(page).evaluate(FROM_TOP if pixels < 0 else "box => -box.scrollTop") < 30
        ):
            return
    raise AssertionError(f"{text} never came")


async def test_however_far_one_scrolls_the_page_stays_small_and_whole(
    open_page: OpenPage, lin: Member, zhao: Member, talk: Json
) -> None:
    page = await open_page(zhao, f"/chats/{talk['id']}")
    await expect(staff.messages(page).get_by_text(f"第 {COUNT} 句")).to_be_in_viewport()
    await wheel_until(page, -1500, "第 1 句")
    assert (await staff.seqs(page))[-1] < COUNT, "everything that was scrolled through is still here"
    # What is said meanwhile comes when one does.
    await lin.say(talk, "车到了")
    await expect(staff.row(page, "林晓")).to_contain_text("车到了")
    await wheel_until(page, 1500, "车到了")
    await expect(page.get_by_role("button", name="回到最新消息")).to_have_count(0)
    assert (await staff.seqs(page))[-1] == COUNT + 1
    await lin.say(talk, "停在门口")
    await expect(staff.messages(page).get_by_text("停在门口")).to_be_in_viewport()


async def test_what_one_reads_stays_in_its_place_while_what_is_far_is_let_go(
    open_page: OpenPage, zhao: Member, talk: Json
) -> None:
    page = await open_page(zhao, f"/chats/{talk['id']}")
    await expect(staff.messages(page).get_by_text(f"第 {COUNT} 句")).to_be_in_viewport()
    await region(page).hover()
    while len(await staff.seqs(page)) < 400 and (await staff.seqs(page))[-1] == COUNT:
        await page.mouse.wheel(0, -1200)
        await asyncio.sleep(0.02)
    read = await region(page).evaluate(IN_SIGHT)
    row = staff.messages(page).locator(f"[data-seq='{read}']")
    # The wheel's own motion has ended.
    top = await row.evaluate(TOP)
    while (moved := await row.evaluate(TOP)) != top:
        top = moved
        await asyncio.sleep(0.1)
    await expect(staff.messages(page).locator(f"[data-seq='{COUNT}']")).to_have_count(0)
    assert abs(await row.evaluate(TOP) - top) <= 1, "what one reads was pushed away by what was let go"
    assert len(await staff.seqs(page)) < 360


async def test_who_looks_at_the_top_is_not_carried_to_the_beginning_of_time(
    open_page: OpenPage, zhao: Member, talk: Json
) -> None:
    page = await open_page(zhao, f"/chats/{talk['id']}")
    await expect(staff.messages(page).get_by_text(f"第 {COUNT} 句")).to_be_in_viewport()
    first = (await staff.seqs(page))[0]
    await region(page).evaluate("box => (box.scrollTop = -box.scrollHeight)")
    await expect(staff.messages(page).locator(f"[data-seq='{first - PAGE}']")).to_be_attached()
    await asyncio.sleep(1)
    assert await region(page).evaluate(IN_SIGHT) in range(first, first + 10)
    assert (await staff.seqs(page))[0] > COUNT // 2, "page after page was fetched though nobody scrolled"


async def test_who_left_far_up_comes_back_to_the_newest(
    open_page: OpenPage, lin: Member, zhao: Member, talk: Json
) -> None:
    other = await zhao.group("周末试驾", lin)
    page = await open_page(zhao, f"/chats/{talk['id']}/100")
    await expect(staff.messages(page).locator("[data-seq='100'][data-marked=true]")).to_be_in_viewport()
    await staff.row(page, "周末试驾").click()
    await expect(page).to_have_url(re.compile(f"/chats/{other['id']}$"))
    await staff.row(page, "林晓").click()
    await expect(staff.messages(page).get_by_text(f"第 {COUNT} 句")).to_be_in_viewport()
    await expect(page.get_by_role("button", name="回到最新消息")).to_have_count(0)
